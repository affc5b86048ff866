"""The Prefect task of the step extract."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from tasks.extract.shard import extract_shard
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import shard_key
from tasks.runtime.workers import Workers
from warehouse.settings import Settings


@task(name="extract", task_run_name="extract {number}", **OPTIONS)
def extract(
    number: int, stripped: Sequence[Path], folder: RunFolder, workers: Workers, settings: Settings, recipe: str
) -> list[Path]:
    """Find the facts in the articles of some shards. Returns the folders of extracted shards, one per stripped shard."""
    targets: list[Path] = []
    for source in stripped:
        key = shard_key("extract", source.name, recipe)
        target = folder.shard("extract", key)
        if not target.is_dir():
            workers.run_guarded(extract_shard, folder.journal(key), source, target, settings.models, settings.ner)
        targets.append(target)
    return targets
