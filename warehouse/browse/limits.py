"""Limits for what reads a warehouse of unknown origin: its tables and views may be made to use up memory, disk or time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.errors import UsageError
from warehouse.store import is_interruption, is_out_of_memory, open_warehouse

if TYPE_CHECKING:
    import duckdb

SECONDS = 60.0
MOST_ROWS = 1_000_000
_ADVICE = "Allow more with --seconds."


class Deadline:
    """The time at which something must have ended; `seconds` of None is never."""

    def __init__(self, seconds: float | None, advice: str = _ADVICE) -> None:
        """`advice` is the next step, in a sentence."""
        self._ends = None if seconds is None else time.monotonic() + seconds
        self._message = f"This took longer than {seconds or 0.0:g} seconds and was stopped. {advice}"

    def check(self) -> None:
        """Raise `UsageError` when the time has passed; called from loops over what was read."""
        if self._ends is not None and time.monotonic() > self._ends:
            raise self.error()

    def error(self) -> UsageError:
        """What the user is told."""
        return UsageError(self._message)


@contextmanager
def limit_time(
    connection: duckdb.DuckDBPyConnection, *, seconds: float | None = SECONDS, advice: str = _ADVICE
) -> Iterator[Deadline]:
    """Interrupt the queries of a connection once `seconds` have passed, also those that start later.

    Raises `UsageError` when that happens, and when a query needs more memory than it may use.
    """
    deadline = Deadline(seconds, advice)
    ended = threading.Event()

    def interrupt() -> None:
        wait = min(seconds or 0.0, threading.TIMEOUT_MAX)
        while not ended.wait(wait):
            connection.interrupt()
            wait = 0.1

    watch = threading.Thread(target=interrupt, daemon=True)
    if seconds is not None:
        watch.start()
    try:
        yield deadline
    except Exception as error:
        if is_interruption(error):
            raise deadline.error() from error
        if seconds is not None and is_out_of_memory(error):
            raise UsageError(
                "This needs more memory than reading a warehouse may use. Ask for less, such as with `revue query`."
            ) from error
        raise
    finally:
        ended.set()
        if watch.is_alive():
            watch.join()


@contextmanager
def open_limited(
    warehouse: Path, *, seconds: float = SECONDS, advice: str = _ADVICE
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection without access to files and network, with the limits of `limit_time`."""
    with open_warehouse(warehouse) as connection, limit_time(connection, seconds=seconds, advice=advice):
        yield connection
