"""The Prefect task of the step strip."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from tasks.read.shard import RecordShard
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import shard_key
from tasks.runtime.workers import Workers
from tasks.strip.shard import strip_shard


@task(name="strip", task_run_name="strip {number}", **OPTIONS)
def strip(
    number: int,
    shards: Sequence[RecordShard],
    folder: RunFolder,
    workers: Workers,
    sources: Path,
    recipe: str,
    basis: str,
) -> list[Path]:
    """Separate article and chrome in the fresh records of some shards, and describe their pages."""
    targets: list[Path] = []
    for shard in shards:
        key = shard_key("strip", shard.folder_key, recipe, basis)
        target = folder.shard("strip", key)
        if not target.is_dir():
            arguments = (Path(shard.folder), target, folder.fates, folder.repeated, sources, recipe)
            workers.run_guarded(strip_shard, folder.journal(key), *arguments)
        targets.append(target)
    return targets
