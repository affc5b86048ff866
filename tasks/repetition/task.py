"""The Prefect task of the step repetition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from tasks.read.shard import RecordShard
from tasks.repetition import count_repetition
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import list_shard_files
from warehouse.settings import Settings


@task(name="repetition", task_run_name="repetition", **OPTIONS)
def repetition(folder: RunFolder, base: Path | None, shards: Sequence[RecordShard], settings: Settings) -> int:
    """Count in how many documents of its source each line stands."""
    files = list_shard_files([Path(shard.folder) for shard in shards], "record_lines")
    return count_repetition(base, files, folder.fates, folder.repeated, least_documents=settings.source_min_documents)
