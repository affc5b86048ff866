"""The Prefect tasks of the step recall."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.read.shard import RecordShard
from tasks.recall import count_characters, find_outdated, find_stripped, recall_pages, recall_records
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.recipe import Recipe
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import RunFile, fit_shard_bytes
from warehouse.settings import Settings


@task(name="recall", task_run_name="recall", **OPTIONS)
def recall(
    record_status: RunFile, folder: RunFolder, base: Path | None, settings: Settings, workers: int
) -> list[Path]:
    """Take the pages of a run that were stripped before from the warehouse. Returns the folders of their shards."""
    if base is None:
        return []
    with find_stripped(base, record_status.path) as connection:
        shard_bytes = fit_shard_bytes(count_characters(connection), most=settings.shard_bytes, workers=workers)
        return recall_pages(connection, folder, shard_bytes=shard_bytes)


@task(name="recall", task_run_name="recall outdated", **OPTIONS)
def recall_outdated(
    folder: RunFolder, base: Path, recipe: Recipe, settings: Settings, workers: int
) -> tuple[list[RecordShard], list[RecordShard], list[Path]]:
    """Take the documents that an older recipe made from the warehouse.

    Returns the shards of records that are stripped again, those of records that are not, and the folders of the latter's pages.
    """
    with find_outdated(base, recipe) as connection:
        shard_bytes = fit_shard_bytes(count_characters(connection), most=settings.shard_bytes, workers=workers)
        again, as_it_is = recall_records(connection, folder, shard_bytes=shard_bytes)
        return again, as_it_is, recall_pages(connection, folder, shard_bytes=shard_bytes)
