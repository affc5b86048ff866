"""The main job: from files to published facts. The two halves below are the DAG, in order."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

from prefect import flow, get_run_logger

from expectations.acceptance import Acceptance, check_rows, read_acceptances
from flows.runtime.basis import Basis, hash_sources, last_day_of, write_basis
from flows.runtime.flow_options import FLOW_OPTIONS
from flows.runtime.flow_runs import begin_run, run_lock
from flows.runtime.interruption import leave_run
from flows.runtime.outcome import REFUSED, describe_failing, end_flow
from flows.runtime.progress import follow
from flows.runtime.refusal import refuse_all_rejected, refuse_failing
from flows.runtime.set_up import check_set_up, describe_own_checks, read_document_checks, warn_of_unread_checks
from flows.runtime.shard_runs import Step, count_rejected, count_unread, count_words, run_shards
from flows.runtime.unchanged import record_unchanged
from flows.runtime.warehouse_lock import hold_warehouse
from flows.runtime.worker_pool import open_workers
from tasks.audit.task import Audited, audit
from tasks.discover.task import discover
from tasks.discover.task import plan as plan_shards
from tasks.extract.recipe import extract_recipe
from tasks.extract.task import extract
from tasks.identify.task import identify
from tasks.load.task import load
from tasks.publish import BaseChanged
from tasks.publish.task import publish
from tasks.read.shard import RecordShard
from tasks.read.task import read
from tasks.recall.task import recall
from tasks.repetition.task import repetition
from tasks.report.task import report
from tasks.report.wording import describe_counts
from tasks.resolve.task import resolve
from tasks.runtime.manifest import Manifest, write_manifest
from tasks.runtime.recipe import Recipe
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.run_plan import RunPlan
from tasks.runtime.shards import RunFile, count_rows
from tasks.runtime.workers import Workers
from tasks.screen.task import screen
from tasks.strip.recipe import strip_recipe
from tasks.strip.task import strip
from warehouse.companions import Companions
from warehouse.errors import RevueError
from warehouse.rows import Place, Run
from warehouse.settings import Settings

# How often a candidate is built again because another run published first.
_MOST_REBUILDS = 5


@flow(
    name="ingest",
    description="Read, strip, extract, load, check and publish scraped news.",
    **FLOW_OPTIONS,
)
def ingest(inputs: list[str], warehouse: str = "revue.duckdb", settings: Settings | None = None) -> Run:
    """Ingest inputs into a warehouse; returns the row of `runs`.

    Raises `GateRefused` when a critical expectation failed and nothing was published, `UsageError` for an input that does
    not exist, any other `RevueError` when the run could not finish; the same call continues it.

    Args:
        inputs: Files, folders or globs to read; what was read before under the same settings is skipped.
        warehouse: The DuckDB file to publish to; the file that the settings name does not count.
        settings: How documents are read; see `revue settings`.
    """
    settings = (settings or Settings()).model_copy(update={"warehouse": warehouse})
    return end_flow(warehouse, partial(ingest_inputs, "ingest", inputs, settings, ()))


def ingest_inputs(
    verb: str, inputs: Sequence[str], settings: Settings, retried: Sequence[Place], warnings: list[str]
) -> Run:
    """Ingest inputs, in the current flow run; the names of Prefect begin with `verb`.

    `retried` are places of records that were rejected before. With them only the inputs that hold these records are read,
    and the records are processed whether or not anything about them has changed.
    """
    companions = Companions(settings.path)
    run, folder = begin_run(companions, inputs, verb)
    with run_lock(run, folder), hold_warehouse(companions.runs, run.run_id):
        with open_workers(settings, companions.runs, run.inputs) as workers:
            manifest = make_shards(run, folder, companions, settings, workers, retried)
        write_manifest(folder, manifest)
        return build_and_publish(run, folder, companions, manifest, warnings)


def make_shards(
    run: Run, folder: RunFolder, companions: Companions, settings: Settings, workers: Workers, retried: Sequence[Place]
) -> Manifest:
    """discover ─▶ read ─▶ identify ─▶ repetition ─▶ recall ─▶ strip ─▶ extract."""
    base = check_set_up(companions)
    recipe = Recipe(strip_recipe(settings, companions.sources), extract_recipe(settings))

    discovery = discover(run.inputs, folder, retried)
    # the inputs of a retry are known, and are read all the same
    shard_plan = plan_shards(discovery, None if retried else base, recipe, settings, workers.count)
    plan = RunPlan(run.run_id, run.started_at, run.inputs, run.flow_run_id, recipe.name, discovery.count_passed_over)
    folder.write_plan(plan)

    sized = settings.model_copy(update={"shard_bytes": shard_plan.shard_bytes})
    reading = Step(read, (folder, workers, sized), count_unread)
    [record_shards] = run_shards("reading", shard_plan.shards, reading, weigh=len, workers=workers.count)
    count_records = sum(shard.count_records for shard in record_shards)
    get_run_logger().info(
        "%d inputs, %d of them new, with %d records", len(discovery.inputs), len(shard_plan.inputs), count_records
    )

    strip_folders: list[Path] = []
    extract_folders: list[Path] = []
    if record_shards:
        record_status = identify(record_shards, folder, base, recipe, retried)
        repeated_lines = repetition(record_shards, record_status, folder, base, settings)
        recalled = recall(record_status, folder, base, settings, workers.count)
        strip_folders, extract_folders = strip_and_extract(
            record_shards, recalled, record_status, repeated_lines, folder, workers, companions, settings, recipe
        )

    return Manifest(
        inputs=shard_plan.inputs,
        record_folders=tuple(Path(shard.folder) for shard in record_shards),
        strip_folders=tuple(strip_folders),
        extract_folders=tuple(extract_folders),
        recipe=recipe,
        count_unchanged=shard_plan.count_unchanged,
        retried=tuple(retried),
    )


def strip_and_extract(
    record_shards: Sequence[RecordShard],
    recalled: Sequence[Path],
    record_status: RunFile,
    repeated_lines: RunFile,
    folder: RunFolder,
    workers: Workers,
    companions: Companions,
    settings: Settings,
    recipe: Recipe,
) -> tuple[list[Path], list[Path]]:
    """strip ─▶ extract; `recalled` are folders of pages that were stripped by an earlier run. Returns the folders of both."""
    strip_arguments = (folder, workers, companions.sources, recipe.strip, record_status, repeated_lines)
    strip_folders, extract_folders = run_shards(
        "stripping and extracting", record_shards,
        Step(strip, strip_arguments, count_rejected),
        Step(extract, (folder, workers, settings, recipe.extract), count_rejected, count_words),
        weigh=lambda shard: shard.count_records, workers=workers.count,
        passed=[(path, count_rows(path, "pages")) for path in recalled],
    )  # fmt: skip
    return strip_folders, extract_folders


def build_and_publish(
    run: Run,
    folder: RunFolder,
    companions: Companions,
    manifest: Manifest,
    warnings: list[str],
    acceptance: Acceptance | None = None,
) -> Run:
    """load ─▶ screen ─▶ resolve ─▶ audit ─▶ publish ─▶ report; again from load when another run published first.

    A run that has read nothing is recorded, and that is all, where these steps would make the same file again.
    What is amiss with a run that published is appended to `warnings`.
    """
    checks = read_document_checks(companions)
    made_from = hash_sources(companions, manifest.recipe)
    get_run_logger().info("Own checks: %s", describe_own_checks(companions))
    warnings += warn_of_unread_checks(companions)
    if manifest.is_empty and acceptance is None:
        with suppress(BaseChanged):
            if (unchanged := record_unchanged(run, folder, companions, manifest, warnings)) is not None:
                return unchanged
    for _ in range(_MOST_REBUILDS):
        with follow("loading"):
            base = load(run, folder, companions, manifest)
            screen(run, folder, manifest.recipe, checks)
        with follow("resolving"):
            counted = resolve(run, folder, companions, manifest)
        get_run_logger().info("%s", describe_counts(counted))
        acceptances = read_acceptances(folder.candidate, acceptance, on=datetime.now(UTC).date())
        if base is None or not manifest.retried:
            refuse_all_rejected(counted, folder)
        with follow("checking"):
            audited = audit(counted, folder.candidate, companions, acceptances, return_state=True)
            results = cast(Audited, audited.result(raise_on_failure=audited.name != REFUSED)).results
        state = "published" if counted.count_published else "unchanged"
        finished = replace(counted, finished_at=datetime.now(UTC), state=state)
        refuse_failing(finished, folder, companions, results, acceptances)
        rows = check_rows(results, acceptances)
        try:
            with follow("publishing"):
                published = publish(finished, folder, companions, base, rows)
        except BaseChanged:
            continue
        leave_run(is_published=True)
        warnings += describe_failing(rows)
        basis = None
        if acceptance is None and published is not None:  # an acceptance may hold for its own run alone
            basis = Basis(made_from, published, run.run_id, run.started_at, last_day_of(rows))
        report_published(finished, companions, basis, warnings)
        return finished
    raise RevueError(
        "Other runs kept publishing to the same warehouse. Run the same command again when they are done; it continues."
    )


def report_published(run: Run, companions: Companions, basis: Basis | None, warnings: list[str]) -> None:
    """report, then a note of what the published file was made from; a failure is a warning: what is published stays published."""
    with follow("reporting"):
        try:
            report(run, companions)
            if basis is not None:
                write_basis(companions, basis)
        except Exception as error:
            warnings.append(
                f"The report was not written ({type(error).__name__}: {error}). Repeat the run to write it."
            )
