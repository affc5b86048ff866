"""Commands that run a flow: server, imports and worker processes start side by side; then the flow runs, with its progress shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from flows.runtime.interruption import end_at_signals
from flows.runtime.places import require_writable_warehouse
from flows.runtime.server import Server, prepare_client
from flows.runtime.server_watch import watch_server
from flows.runtime.worker_pool import warm_up_workers
from tasks.audit import import_engine
from warehouse.companions import Companions
from warehouse.settings import Settings
from warehouse.store import open_warehouse

if TYPE_CHECKING:
    from flows.runtime.progress import Watcher
    from warehouse.rows import Run


def run_flow(
    load: Callable[[], Callable[[], Run]],
    environment: Mapping[str, str],
    show_progress: Callable[[], AbstractContextManager[Watcher]],
    *,
    workers: Settings | None,
    expects_nothing: Callable[[], bool] = lambda: False,
) -> Run:
    """Run a flow on the user's Prefect server, or on one of its own, and return its run.

    `load` imports the flow while the server starts, and returns the call of it. `show_progress` opens what shows its
    progress. `workers` are the settings of its worker processes, None when it needs none. Where `expects_nothing`, what only
    new documents need is not loaded before it is used.
    """
    server = Server(environment)
    with end_at_signals(server.kill), server:
        if not expects_nothing():
            if workers is not None:
                warm_up_workers(workers)
            import_engine()
        prepare_client(server.url)
        from flows.runtime.progress import watcher

        call = load()
        with show_progress() as shown:
            watcher.set(shown)
            server.wait()
            try:
                with watch_server(server.url, server.kill):
                    return call()
            finally:  # also of a run that fails, whose log would else be sent to a server that is gone
                drain()


def check_warehouse(settings: Settings) -> None:
    """Raise `UsageError` when the published file cannot be read, or nothing can be written beside it, before anything is started."""
    if settings.path.exists():
        open_warehouse(settings.path).close()
    require_writable_warehouse(Companions(settings.path))


def drain() -> None:
    """Send the logs and events that Prefect still holds, before its server is stopped."""
    from prefect.events.worker import EventsWorker

    for handler in logging.getLogger("prefect.flow_runs").handlers:
        handler.flush()
    EventsWorker.drain_all(timeout=5)
