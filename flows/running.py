"""`revue run`: server, imports and model start side by side; then the flow runs, watched; then its summary is printed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.server import Server, prepare_client
from tasks.discover import find_paths
from tasks.workers import Workers
from warehouse.settings import Settings
from warehouse.store import open_warehouse

if TYPE_CHECKING:
    from warehouse.rows import Run


def run_ingest(
    inputs: list[str], settings: Settings, *, quiet: bool, as_json: bool, environment: Mapping[str, str]
) -> int:
    """Ingest `inputs` and print what became of them; returns the exit status 0. Everything else is raised."""
    find_paths(inputs)  # a wrong path is known before anything is started
    _check_warehouse(settings)
    started_at = datetime.now(UTC)
    with Server(environment) as server:
        Workers.warm_up(settings)
        prepare_client(server.url)
        run, count_passed_over = _run_flow(inputs, settings, server, quiet=quiet or as_json)
        drain()
    from flows.terminal import print_run

    print_run(settings, run, started_at, count_passed_over, quiet=quiet, as_json=as_json)
    return 0


def _run_flow(inputs: list[str], settings: Settings, server: Server, *, quiet: bool) -> tuple[Run, int]:
    from flows.audit import warm_up
    from flows.ingest import ingest
    from flows.progress import watcher
    from flows.terminal import Bar

    warm_up()
    with Bar(quiet=quiet) as bar:
        watcher.set(bar)
        server.wait()
        run = ingest(inputs, warehouse=settings.warehouse, settings=settings)
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
