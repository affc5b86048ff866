"""Interruption: a run that receives SIGINT, SIGTERM or SIGHUP ends at once, and leaves no process and no running flow run.

A Python signal handler waits until the main thread returns from what it does, which can be a long query; and the flow
engine waits for its task runs before it lets an exception through. Here a thread of its own is woken by the signal
(`signal.set_wakeup_fd`), ends what has to be ended, and ends the process. Nothing is lost by that: a run that ends at any
point is continued by the same command.
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

from tasks.runtime.history import record_history
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.workers import kill_workers
from warehouse.rows import Run

# Exit statuses as shells give them: 128 and the number of the signal.
STATUSES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
_LONGEST_REQUEST_SECONDS = 2.0
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
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    readable, writable = os.pipe()
    os.set_blocking(writable, False)
    wakeup = signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
    handlers = {number: signal.signal(number, lambda *_: None) for number in STATUSES}
    threading.Thread(target=_wait, args=[readable, stop], daemon=True).start()
    try:
        yield
    finally:
        if _is_ending.is_set():
            threading.Event().wait()  # the other thread ends the process
        signal.set_wakeup_fd(wakeup)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(writable)


def _wait(readable: int, stop: Callable[[], None]) -> None:
    while received := os.read(readable, 1):
        if received[0] in STATUSES:
            _is_ending.set()
            _end(signal.Signals(received[0]), stop)
    os.close(readable)


def _end(received: signal.Signals, stop: Callable[[], None]) -> None:
    sentence = (
        "Interrupted after the run had published; only its report may be missing. The same command writes it again."
        if _has_published.is_set()
        else "Interrupted; nothing was published. Run the same command again; it continues."
    )
    end_process(sentence, STATUSES[received], stop, f"The run received {received.name}.")


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
