"""The signals that end a process, received by a thread of its own. Imports nothing that takes time.

A Python signal handler waits until the main thread returns from what it does, which can be a long query, and DuckDB may lose the
exception that the handler raises. The thread is woken by the signal itself (`signal.set_wakeup_fd`).
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# Exit statuses as shells give them: 128 and the number of the signal.
STATUSES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
# How long the main thread may take to clean up.
_PATIENCE_SECONDS = 2.0

Handler = Callable[[int, FrameType | None], object]


def list_handled() -> list[signal.Signals]:
    """The signals that end this process: all but those it was started to ignore, as `nohup` does with SIGHUP.

    SIGINT is never left out: shells let what a script starts in the background ignore it.
    """
    return [number for number in STATUSES if number == signal.SIGINT or signal.getsignal(number) != signal.SIG_IGN]


@contextmanager
def watch_signals(on_signal: Callable[[signal.Signals], None], handler: Handler = lambda *_: None) -> Iterator[None]:
    """Call `on_signal` in a thread of its own at a signal that ends this process, and `handler` in the main thread once it can.

    Does nothing outside the main thread, where signals cannot be received.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    readable, writable = os.pipe()
    os.set_blocking(writable, False)
    wakeup = signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
    handlers = {number: signal.signal(number, handler) for number in list_handled()}
    threading.Thread(target=_wait, args=[readable, on_signal], daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, previous in handlers.items():
            signal.signal(number, previous)
        os.close(writable)


@contextmanager
def raise_at_signals(end: Callable[[signal.Signals], None]) -> Iterator[list[signal.Signals]]:
    """Raise `KeyboardInterrupt` at a signal that ends this process, and call `end` when that has not ended the block soon.

    Yields the signals received so far.
    """
    received: list[signal.Signals] = []

    def raise_interrupt(number: int, frame: FrameType | None) -> None:
        received.append(signal.Signals(number))
        raise KeyboardInterrupt

    def end_late(number: signal.Signals) -> None:
        time.sleep(_PATIENCE_SECONDS)
        end(number)

    with watch_signals(end_late, raise_interrupt):
        yield received


def _wait(readable: int, on_signal: Callable[[signal.Signals], None]) -> None:
    while received := os.read(readable, 1):
        if received[0] in STATUSES:
            on_signal(signal.Signals(received[0]))
    os.close(readable)
