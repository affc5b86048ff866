"""The Prefect task of the step identify."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from tasks.identify import identify_records
from tasks.read.shard import RecordShard
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.recipe import Recipe
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import RunFile, rows_key
from warehouse.rows import Place


@task(name="identify", task_run_name="identify", **OPTIONS)
def identify(
    shards: Sequence[RecordShard], folder: RunFolder, base: Path | None, recipe: Recipe, retried: Sequence[Place] = ()
) -> RunFile:
    """Give every record its status: fresh, unchanged or duplicate. Returns the file of the statuses."""
    target = folder.record_status
    record_folders = [Path(shard.folder) for shard in shards]
    identify_records(base, record_folders, target, recipe, run_id=folder.run_id, retried=retried)
    # A retry is to improve on earlier outcomes, so it takes over none: its key is like no other.
    return RunFile(target, rows_key(target) + (folder.run_id if retried else ""))
