"""Interruption: a run that receives SIGINT, SIGTERM or SIGHUP ends at once, and leaves no process and no running flow run.

The flow engine waits for its task runs before it lets an exception through. Here the thread that receives the signal ends what
has to be ended, and ends the process. Nothing is lost by that: a run that ends at any point is continued by the same command.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import NoReturn

from flows.runtime.signals import STATUSES, watch_signals
from tasks.runtime.history import record_history
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.workers import kill_workers
from warehouse.rows import Run

_LONGEST_REQUEST_SECONDS = 2.0
_LONGEST_DELIVERY_SECONDS = 1.0
_CLEAR_LINE, _SHOW_CURSOR = "\r\x1b[2K", "\x1b[?25h"

_running: list[tuple[Run, RunFolder]] = []
_has_published = threading.Event()
_is_ending = threading.Event()


def enter_run(run: Run, folder: RunFolder) -> None:
    """Note the run of this process, which an interruption records as ended."""
    _has_published.clear()
    _running.append((run, folder))


def leave_run(*, is_published: bool = False) -> None:
    """Forget the run of this process: it has ended, or has published and only its report is missing."""
    _running.clear()
    if is_published:
        _has_published.set()


@contextmanager
def end_at_signals(stop: Callable[[], None] = lambda: None) -> Iterator[None]:
    """End this process at SIGINT, SIGTERM or SIGHUP, whatever its threads do; `stop` ends what else belongs to it.

    Does nothing outside the main thread, where signals cannot be received.
    """

    def end(received: signal.Signals) -> None:
        _is_ending.set()
        _end(received, stop)

    hook, threading.excepthook = threading.excepthook, _print_unless_ending
    with watch_signals(end):
        try:
            yield
        finally:
            threading.excepthook = hook
            if _is_ending.is_set():
                threading.Event().wait()  # the other thread ends the process


def _print_unless_ending(raised: threading.ExceptHookArgs) -> None:
    """Print the exception of a thread, unless it is that of a process that the signal ended too, such as the fork server."""
    if not _is_ending.wait(_LONGEST_DELIVERY_SECONDS):
        threading.__excepthook__(raised)


def _end(received: signal.Signals, stop: Callable[[], None]) -> None:
    end_process(describe_interruption(), STATUSES[received], stop, f"The run received {received.name}.")


def describe_interruption() -> str:
    """What an interruption of this process left undone, and the next step."""
    if _has_published.is_set():
        return (
            "Interrupted after the run had published; only its report may be missing. The same command writes it again."
        )
    return "Interrupted; nothing was published. Run the same command again; it continues."


def end_process(sentence: str, status: int, stop: Callable[[], None], message: str) -> NoReturn:
    """End this process at once with a sentence and an exit status, and all that belongs to it; callable from any thread.

    The run is recorded as failed, and its flow run is Cancelled with the message where the server still answers.
    """
    try:
        if sys.stderr.isatty():
            sys.stderr.write(_CLEAR_LINE + _SHOW_CURSOR)
        print(f"revue: {sentence}", file=sys.stderr, flush=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # what other threads meet now is no news
        kill_workers()
        for run, folder in _running:
            with suppress(Exception):
                record_history(folder, replace(run, state="failed", finished_at=datetime.now(UTC)))
            with suppress(Exception):
                _cancel(run, message)
        with suppress(Exception):
            stop()
    finally:
        kill_workers()  # again: the main thread may have started them meanwhile
        os._exit(status)


def _cancel(run: Run, message: str) -> None:
    """Set the flow run to Cancelled, with a request of its own: Prefect's client may be in use by the thread it stopped."""
    state = {"type": "CANCELLED", "name": "Cancelled", "message": message}
    request = urllib.request.Request(
        f"{os.environ['PREFECT_API_URL']}/flow_runs/{run.flow_run_id}/set_state",
        data=json.dumps({"state": state, "force": True}).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    urllib.request.urlopen(request, timeout=_LONGEST_REQUEST_SECONDS).close()
