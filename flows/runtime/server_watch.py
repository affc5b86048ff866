"""A Prefect server that dies while a run uses it: the run waits for it to come back, and ends when it does not.

Prefect's client tries each request for a minute and more, one request after the other, so that a run without a server would
seem to hang.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows.runtime.interruption import end_process
from flows.runtime.server import answers

LONGEST_SILENCE_SECONDS = 90.0
_INTERVAL_SECONDS = 5.0


@contextmanager
def watch_server(url: str, stop: Callable[[], None]) -> Iterator[None]:
    """End this process when the server at `url` has not answered for long; `stop` ends what belongs to the process."""

    def end() -> None:
        end_process(
            f"The Prefect server at {url} no longer answers. Start it again, or unset PREFECT_API_URL to let revue start one; then "
            "run the same command again; it continues.",
            3, stop, "The server was lost.",
        )  # fmt: skip

    is_over = threading.Event()
    threading.Thread(target=wait_for_silence, args=[url, is_over, end], daemon=True).start()
    try:
        yield
    finally:
        is_over.set()


def wait_for_silence(
    url: str,
    is_over: threading.Event,
    end: Callable[[], None],
    *,
    silence_seconds: float = LONGEST_SILENCE_SECONDS,
    interval_seconds: float = _INTERVAL_SECONDS,
) -> None:
    """Call `end` once the server has not answered for `silence_seconds`; return when `is_over` is set before."""
    heard_at = time.monotonic()
    while not is_over.wait(interval_seconds):
        if answers(url):
            heard_at = time.monotonic()
        elif time.monotonic() - heard_at > silence_seconds:
            end()
            return
