"""The Prefect tasks of the step discover."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from tasks.discover import Discovery, ShardPlan, discover_inputs, drop_known, known_inputs, plan_shards
from tasks.runtime.prefect_options import OPTIONS, RETRIES
from tasks.runtime.recipe import Recipe
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import fit_shard_bytes
from warehouse.rows import Place
from warehouse.settings import Settings


@task(name="discover", task_run_name="discover", **RETRIES, **OPTIONS)
def discover(given: Sequence[str], folder: RunFolder, retried: Sequence[Place] = ()) -> Discovery:
    """List and hash the inputs; in a retry only those that hold its records."""
    return discover_inputs(given, stdin_file=folder.stdin, only={place.input_uri for place in retried})


@task(name="plan", task_run_name="plan", **OPTIONS)
def plan(discovery: Discovery, base: Path | None, recipe: Recipe, settings: Settings, workers: int) -> ShardPlan:
    """Leave out the inputs met before under the same recipe, and cut the others into shards, some for each of the workers."""
    fresh, count_unchanged = drop_known(discovery.inputs, known_inputs(base, recipe))
    count_bytes = sum(item.count_bytes for item in fresh)
    shard_bytes = fit_shard_bytes(count_bytes, most=settings.shard_bytes, workers=workers)
    shards = plan_shards(fresh, shard_bytes=shard_bytes)
    return ShardPlan(tuple(map(tuple, shards)), count_unchanged, shard_bytes)
