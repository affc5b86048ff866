"""The Prefect task of the step identify."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from tasks.identify import identify_records
from tasks.read.shard import RecordShard
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from warehouse.rows import Place


@task(name="identify", task_run_name="identify", **OPTIONS)
def identify(
    folder: RunFolder,
    base: Path | None,
    shards: Sequence[RecordShard],
    recipes: dict[str, str],
    retried: Sequence[Place] = (),
) -> dict[str, int]:
    """Say of every record whether it is fresh, unchanged or a duplicate."""
    folders = [Path(shard.folder) for shard in shards]
    return identify_records(base, folders, folder.fates, recipes, run_id=folder.run_id, retried=retried)
