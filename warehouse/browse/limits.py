"""Limits for what reads a warehouse of unknown origin: its views may be written to use up memory, disk or time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.errors import UsageError
from warehouse.store import is_interruption, open_warehouse

if TYPE_CHECKING:
    import duckdb

SECONDS = 60.0
MOST_ROWS = 1_000_000


@contextmanager
def open_limited(warehouse: Path, *, seconds: float = SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection without access to files and network, whose queries are interrupted after `seconds`.

    Raises `UsageError` when that happens.
    """
    with open_warehouse(warehouse) as connection:
        timer = threading.Timer(seconds, connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield connection
        except Exception as error:
            if not is_interruption(error):
                raise
            raise UsageError(
                f"This took longer than {seconds:g} seconds and was stopped. Ask for less, such as with a `where`, or allow "
                "more with --seconds."
            ) from error
        finally:
            timer.cancel()
