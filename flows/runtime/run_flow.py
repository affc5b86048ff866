"""Commands that run a flow: server, imports and model start side by side; then the flow runs, watched; then its outcome is printed."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.runtime.server import Server, prepare_client
from tasks.discover.inputs import find_paths
from tasks.runtime.manifest import find_complete_run
from tasks.runtime.workers import Workers
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.settings import Settings
from warehouse.store import open_warehouse

if TYPE_CHECKING:
    from tasks.discover.replay import Replay
    from warehouse.rows import Run


def run_ingest(
    inputs: list[str], settings: Settings, *, quiet: bool, as_json: bool, environment: Mapping[str, str]
) -> int:
    """Ingest `inputs` and print what became of them; returns the exit status 0. Everything else is raised."""
    find_paths(inputs)  # a wrong path is known before anything is started
    _check_warehouse(settings)
    started_at = datetime.now(UTC)

    def load() -> Callable[[], Run]:
        from flows.ingest import ingest

        return lambda: ingest(inputs, warehouse=settings.warehouse, settings=settings)

    run, count_passed_over = _run_flow(load, environment, settings, quiet=quiet or as_json)
    from flows.cli.terminal import print_run

    print_run(settings, run, started_at, count_passed_over, quiet=quiet, as_json=as_json)
    return 0


def run_retry(replay: Replay, settings: Settings, *, quiet: bool, as_json: bool, environment: Mapping[str, str]) -> int:
    """Try rejected records again and say in one line what became of them; returns the exit status 0."""
    from tasks.discover.replay import count_outcomes, describe_outcomes

    if not replay.places:
        raise UsageError(
            f"None of these {len(replay.gone)} records can be read again: their inputs are no longer where they were "
            "read. Put them back, or run `revue retry` in the folder the earlier command was run in."
        )
    _check_warehouse(settings)

    def load() -> Callable[[], Run]:
        from flows.ingest import ingest

        places = [(place.uri, place.record_no) for place in replay.places]
        return lambda: ingest(list(replay.inputs), warehouse=settings.warehouse, settings=settings, retried=places)

    run, _ = _run_flow(load, environment, settings, quiet=quiet or as_json)
    count_published, count_duplicates, stays = count_outcomes(Companions(settings.path), replay)
    if as_json:
        told = {"retried": {"published": count_published, "duplicates": count_duplicates, "stay": stays}}
        print(json.dumps(asdict(run) | told, default=str, ensure_ascii=False))
    elif not quiet:
        print(describe_outcomes(count_published, count_duplicates, stays))
    return 0


def run_publish(
    name: str,
    settings: Settings,
    *,
    accept: Sequence[str],
    because: str,
    by: str,
    quiet: bool,
    as_json: bool,
    environment: Mapping[str, str],
) -> int:
    """Audit an unpublished run again, publish it and print what it brought; returns the exit status 0."""
    companions = Companions(settings.path)
    _check_warehouse(settings)
    folder, ingredients = find_complete_run(companions.runs, name)
    if accept:
        _check_names(accept, companions)
    started_at = datetime.now(UTC)

    def load() -> Callable[[], Run]:
        from flows.publish import publish

        return lambda: publish(folder.run_id, warehouse=settings.warehouse, accept=list(accept), because=because, by=by)

    run, _ = _run_flow(load, environment, None, quiet=quiet or as_json)
    from flows.cli.terminal import print_run

    print_run(settings, run, started_at, ingredients.count_passed_over, quiet=quiet, as_json=as_json)
    return 0


def _check_names(accept: Sequence[str], companions: Companions) -> None:
    from expectations.validate import list_names

    known = list_names(companions.checks)
    for name in accept:
        if name not in known:
            raise UsageError(f"There is no check {name}. Checks are: {', '.join(sorted(known))}.")


def _run_flow(
    load: Callable[[], Callable[[], Run]], environment: Mapping[str, str], workers: Settings | None, *, quiet: bool
) -> tuple[Run, int]:
    """Run a flow on a server, shown in the terminal; `load` imports it while the server starts.

    `workers` are the settings of its worker processes, if it needs any. Returns the run and how many files it passed over.
    """
    with Server(environment) as server:
        if workers is not None:
            Workers.warm_up(workers)
        prepare_client(server.url)
        from flows.cli.terminal import Bar
        from flows.runtime.progress import watcher
        from tasks.audit.task import warm_up

        warm_up()
        call = load()
        with Bar(quiet=quiet) as bar:
            watcher.set(bar)
            server.wait()
            run = call()
        drain()
    return run, bar.count_passed_over


def _check_warehouse(settings: Settings) -> None:
    if settings.path.exists():
        open_warehouse(settings.path).close()


def drain() -> None:
    """Send what Prefect still holds of logs and events before its server is stopped."""
    from prefect.events.worker import EventsWorker

    for handler in logging.getLogger("prefect.flow_runs").handlers:
        handler.flush()
    EventsWorker.drain_all(timeout=5)
