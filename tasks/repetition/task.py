"""The Prefect task of the step repetition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from tasks.read.shard import RecordShard
from tasks.repetition import count_repetition
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import RunFile, list_shard_files, rows_key
from warehouse.settings import Settings


@task(name="repetition", task_run_name="repetition", **OPTIONS)
def repetition(
    shards: Sequence[RecordShard], record_status: RunFile, folder: RunFolder, base: Path | None, settings: Settings
) -> RunFile:
    """Count in how many documents of its source each line stands. Returns the file of the repeated lines."""
    target = folder.repeated_lines
    files = list_shard_files([Path(shard.folder) for shard in shards], "record_lines")
    count_repetition(base, files, record_status.path, target, least_documents=settings.source_min_documents)
    return RunFile(target, rows_key(target))
