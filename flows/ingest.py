"""The main job: from files to published facts. The flow below is the DAG, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from prefect import flow, get_run_logger, runtime
from prefect.task_runners import ThreadPoolTaskRunner

from expectations.acceptance import Acceptance, check_rows, list_blocking
from expectations.checks import document_checks, read_checks
from expectations.results import CheckResult
from expectations.validate import read_all_bounds
from flows.runtime.flow_runs import mark_killed_runs, tag_run
from flows.runtime.progress import follow, watcher
from tasks.audit.task import audit
from tasks.discover.task import discover
from tasks.discover.task import plan as plan_shards
from tasks.extract.task import extract
from tasks.identify.task import identify
from tasks.load.task import load
from tasks.publish import BaseChanged
from tasks.publish.task import publish
from tasks.read.shard import RecordShard
from tasks.read.task import read
from tasks.repetition.task import repetition
from tasks.report.task import report
from tasks.report.wording import describe_counts, describe_failure
from tasks.resolve.entities import read_judgements
from tasks.resolve.task import resolve
from tasks.runtime.history import read_audits, read_rejections, record_history, write_run
from tasks.runtime.manifest import Ingredients, write_ingredients
from tasks.runtime.recipe import recipe_extract, recipe_strip
from tasks.runtime.run_folder import RunFolder, name_run
from tasks.runtime.shards import group
from tasks.runtime.workers import Workers
from tasks.screen.task import screen
from tasks.strip.task import strip
from warehouse.companions import Companions
from warehouse.errors import GateRefused, RevueError
from warehouse.rows import Place, Run
from warehouse.settings import Settings
from warehouse.store import connect, open_warehouse

# Tasks wait for worker processes in threads; a thread is made only when there is a task for it.
_TASK_THREADS = 64
# Task runs of one step: each costs the server 7 ms and the UI a bar, so a task of a large run takes several shards.
_MOST_TASKS = 64
# How often a candidate is rebuilt because another run published first.
_MOST_REBUILDS = 5


@flow(
    name="ingest",
    flow_run_name="ingest into {warehouse}",
    description="Read, strip, extract, load, check and publish scraped news.",
    task_runner=ThreadPoolTaskRunner(max_workers=_TASK_THREADS),  # type: ignore[arg-type]
    validate_parameters=True,
    persist_result=False,
)
def ingest(
    inputs: list[str],
    warehouse: str = "revue.duckdb",
    settings: Settings | None = None,
    retried: list[tuple[str, int]] | None = None,
) -> Run:
    """Ingest `inputs` (files, folders, globs, `-`) into `warehouse`; returns the row of `runs`.

    With `retried`, places (uri and record number) of records turned away before, only the inputs these lie in are read,
    and these records are processed whether or not anything about them has changed.

    Raises `GateRefused` when a critical expectation failed and nothing was published, `UsageError` for an input that is
    not there, any other `RevueError` when the run could not finish; the same call continues it.
    """
    settings = (settings or Settings()).model_copy(update={"warehouse": warehouse})
    started_at = datetime.now(UTC)
    companions = Companions(settings.path)
    mark_killed_runs(companions.runs)
    tag_run(runtime.flow_run.id, ["revue", settings.path.stem])
    folder = RunFolder.create(companions.runs, name_run(started_at))
    run = Run(folder.run_id, started_at, None, "running", tuple(inputs), flow_run_id=runtime.flow_run.id)
    with telling(run, folder):
        with Workers.open(settings) as workers:
            places = [Place(*place) for place in retried or []]
            ingredients = _prepare(run, folder, companions, settings, workers, places)
        write_ingredients(folder, ingredients)
        return build_and_publish(run, folder, companions, ingredients)


@contextmanager
def telling(run: Run, folder: RunFolder) -> Iterator[None]:
    """Hold the run's folder, and leave in it how the run ended when it does not publish."""
    with folder.hold():
        try:
            yield
        except BaseException:
            if not folder.history.is_dir():  # what ended the run may have left its history already
                record_history(folder, replace(run, state="failed", finished_at=datetime.now(UTC)))
            raise


def _prepare(
    run: Run,
    folder: RunFolder,
    companions: Companions,
    settings: Settings,
    workers: Workers,
    retried: Sequence[Place],
) -> Ingredients:
    """discover ─▶ read ─▶ repetition ─▶ strip ─▶ extract"""
    companions.copy_seeds()
    read_judgements(companions.aliases)  # a row nobody can understand stops the run before any work
    read_all_bounds(companions.checks)  # as do a check and a bound of the user's
    base = companions.published()
    if base is not None:
        open_warehouse(base).close()  # one of a newer schema, or no warehouse at all, is refused before any work
    recipes = {"recipe_strip": recipe_strip(settings, companions.sources), "recipe_extract": recipe_extract(settings)}

    discovery = discover(run.inputs, folder, retried)
    # what is tried again lies in inputs that are known
    plan, count_unchanged = plan_shards(discovery, None if retried else base, recipes, settings)
    folder.write_plan(
        {
            "run_id": run.run_id,
            "flow_run_id": run.flow_run_id,
            "started_at": run.started_at,
            "inputs": run.inputs,
            "recipes": recipes,
        }
    )

    if seen := watcher.get():
        seen.note_passed_over(discovery.count_passed_over)
    with follow("reading", len(plan)) as progress:
        parts = group(plan, _MOST_TASKS)
        parts_read = progress.gather(
            [read.submit(number, part, folder, workers, settings) for number, part in enumerate(parts, 1)],
            weights=[len(part) for part in parts],
        )
    shards: list[RecordShard] = [shard for part in parts_read for shard in part]
    get_run_logger().info(
        "%d inputs, %d of them new, with %d records",
        len(discovery.inputs),
        sum(map(len, plan)),
        sum(shard.count_records for shard in shards),
    )
    basis = ""
    if shards:
        identify(folder, base, shards, recipes, retried)
        repetition(folder, base, shards, settings)
        # a retry takes over no earlier outcome: that is what it tries to better
        basis = folder.basis() + (folder.run_id if retried else "")

    groups = group(shards, _MOST_TASKS)
    weights = [sum(shard.count_records for shard in part) for part in groups]
    with follow("stripping and extracting", 2 * sum(weights)) as progress:
        stripped = [
            strip.submit(number, part, folder, workers, companions.sources, recipes["recipe_strip"], basis)
            for number, part in enumerate(groups, 1)
        ]
        extracted = [
            # Prefect hands a task the result of a future it is given
            extract.submit(number, cast(list[Path], part), folder, workers, settings, recipes["recipe_extract"])
            for number, part in enumerate(stripped, 1)
        ]
        strip_folders = progress.gather(stripped, weights)  # first, so that what went wrong first is told first
        extract_folders = progress.gather(extracted, weights)

    return Ingredients(
        inputs=tuple(item for part in plan for item in part),
        count_unchanged=count_unchanged,
        count_passed_over=discovery.count_passed_over,
        record_folders=tuple(Path(shard.folder) for shard in shards),
        strip_folders=tuple(path for part in strip_folders for path in part),
        extract_folders=tuple(path for part in extract_folders for path in part),
        recipes=recipes,
        retried=tuple(retried),
    )


def build_and_publish(
    run: Run,
    folder: RunFolder,
    companions: Companions,
    ingredients: Ingredients,
    acceptance: Acceptance | None = None,
) -> Run:
    """load ─▶ screen ─▶ resolve ─▶ audit ─▶ publish ─▶ report; again from load when another run published first"""
    checks = [*document_checks(), *(check for check in read_checks(companions.checks) if check.scope == "document")]
    for _ in range(_MOST_REBUILDS):
        with follow("loading"):
            base = load(run, folder, companions, ingredients)
            screen(run, folder, ingredients, checks)
        with follow("resolving"):
            counted = resolve(run, folder, companions, ingredients)
        get_run_logger().info("%s", describe_counts(counted))
        if base is None or not ingredients.retried:
            _stop_when_all_rejected(counted, folder)
        with follow("checking"):
            results = audit(counted, folder.candidate, companions)
        finished = replace(
            counted, finished_at=datetime.now(UTC), state="published" if counted.count_published else "unchanged"
        )
        _stop_when_refused(finished, folder, companions, results, acceptance)
        try:
            with follow("publishing"):
                publish(finished, folder, companions, base, check_rows(results, acceptance))
        except BaseChanged:
            continue
        with follow("reporting"):
            report(finished, companions)
        return finished
    raise RevueError(
        "Other runs kept publishing to the same warehouse. Run the same command again when they are done; it continues."
    )


def _stop_when_all_rejected(run: Run, folder: RunFolder) -> None:
    if run.count_read and run.count_rejected == run.count_read:
        _leave_history(run, folder, "failed", [])
        raise RevueError(
            f"Every record was rejected ({run.count_rejected}), so nothing was published. See why with `revue rejected`."
        )


def _stop_when_refused(
    run: Run,
    folder: RunFolder,
    companions: Companions,
    results: Sequence[CheckResult],
    acceptance: Acceptance | None,
) -> None:
    failing = list_blocking(results, acceptance)
    if not failing:
        return
    _leave_history(run, folder, "refused", results)
    names = tuple(dict.fromkeys(result.check_name for result in failing))
    raise GateRefused(
        f"Nothing was published: {', '.join(names)} failed. {describe_failure(asdict(failing[0]))} "
        f"Open {companions.docs / 'index.html'}, mend the input, the check or its bound, and run again; or answer for it: "
        f'`revue publish {run.run_id} {" ".join(f"--accept {name}" for name in names)} --because "…"`.',
        checks=names,
        run_id=run.run_id,
    )


def _leave_history(run: Run, folder: RunFolder, state: str, results: Sequence[CheckResult]) -> None:
    ended = replace(run, state=state, finished_at=datetime.now(UTC))
    with connect(folder.candidate) as connection:
        write_run(connection, ended)
        rejections = read_rejections(connection, run.run_id)
        earlier = read_audits(connection, run.run_id)
    record_history(folder, ended, checks=[*earlier, *check_rows(results, None)], rejections=rejections)
