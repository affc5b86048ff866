"""`revue refresh`: what an older recipe made is made again, from the warehouse alone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from prefect import flow, get_run_logger

from flows.ingest import build_and_publish, strip_and_extract
from flows.runtime.flow_options import FLOW_OPTIONS
from flows.runtime.flow_runs import begin_run, run_lock
from flows.runtime.outcome import end_flow
from flows.runtime.set_up import check_set_up
from flows.runtime.warehouse_lock import hold_warehouse
from flows.runtime.worker_pool import open_workers
from tasks.extract.recipe import extract_recipe
from tasks.identify.task import identify
from tasks.recall import list_runs_inputs
from tasks.recall.task import recall_outdated
from tasks.repetition.task import repetition
from tasks.runtime.manifest import Manifest, write_manifest
from tasks.runtime.recipe import Recipe
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.run_plan import RunPlan
from tasks.runtime.workers import Workers
from tasks.strip.recipe import strip_recipe
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.rows import Run
from warehouse.settings import Settings


@flow(
    name="refresh",
    description="Find the facts again, and strip again, where an older model or older rules did it; reads no inputs.",
    **FLOW_OPTIONS,
)
def refresh(warehouse: str = "revue.duckdb", settings: Settings | None = None) -> Run:
    """Redo the documents that an older recipe made, from the warehouse; returns the row of `runs`.

    Raises as the flow ingest does, and `UsageError` when nothing has been published yet.

    Args:
        warehouse: The DuckDB file to refresh; the file that the settings name does not count.
        settings: How documents are read; see `revue settings`.
    """
    settings = (settings or Settings()).model_copy(update={"warehouse": warehouse})
    return end_flow(warehouse, partial(_refresh, settings))


def _refresh(settings: Settings, warnings: list[str]) -> Run:
    companions = Companions(settings.path)
    base = check_set_up(companions)
    if base is None:
        raise UsageError(f"There is no warehouse at {companions.path}. Run `revue run INPUT...` first.")
    recipe = Recipe(strip_recipe(settings, companions.sources), extract_recipe(settings))
    run, folder = begin_run(companions, list_runs_inputs(base, recipe), "refresh")
    with run_lock(run, folder), hold_warehouse(companions.runs, run.run_id):
        with open_workers(settings, companions.runs, ()) as workers:
            manifest = _make_shards(run, folder, companions, settings, workers, recipe)
        write_manifest(folder, manifest)
        return build_and_publish(run, folder, companions, manifest, warnings)


def _make_shards(
    run: Run, folder: RunFolder, companions: Companions, settings: Settings, workers: Workers, recipe: Recipe
) -> Manifest:
    """recall ─▶ identify ─▶ repetition ─▶ strip ─▶ extract."""
    folder.write_plan(RunPlan(run.run_id, run.started_at, run.inputs, run.flow_run_id, recipe.name, verb="refresh"))
    base = Path(companions.path)  # another run may have published while this one waited for the warehouse
    again, as_it_is, recalled = recall_outdated(folder, base, recipe, settings, workers.count)
    count_again = sum(shard.count_records for shard in again)
    get_run_logger().info(
        "%d documents to strip again, %d more to extract again",
        count_again,
        sum(shard.count_records for shard in as_it_is),
    )
    strip_folders: list[Path] = []
    extract_folders: list[Path] = []
    if again or recalled:
        record_status = identify([*again, *as_it_is], folder, base, recipe)
        repeated_lines = repetition([*again, *as_it_is], record_status, folder, base, settings)
        strip_folders, extract_folders = strip_and_extract(
            again, recalled, record_status, repeated_lines, folder, workers, companions, settings, recipe
        )
    return Manifest(
        inputs=(),
        record_folders=tuple(Path(shard.folder) for shard in (*again, *as_it_is)),
        strip_folders=tuple(strip_folders),
        extract_folders=tuple(extract_folders),
        recipe=recipe,
    )
