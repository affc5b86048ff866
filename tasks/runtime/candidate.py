"""The candidate of a run, opened with its scratch database beside it.

Tables that one query makes for the next stand in the database `scratch`, a file of the run folder, so that the candidate
holds what would be published and nothing else. One transaction of DuckDB writes to one database only: what a
transaction on the candidate reads from `scratch` must be made before it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.runtime.run_folder import RunFolder
from warehouse.store import attach, connect

if TYPE_CHECKING:
    import duckdb


@contextmanager
def open_candidate(folder: RunFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the candidate of a run, with its scratch database attached."""
    with connect(folder.candidate) as connection:
        attach_scratch(connection, folder.scratch)
        yield connection


def attach_scratch(connection: duckdb.DuckDBPyConnection, path: Path | str = ":memory:") -> None:
    """Attach a scratch database as `scratch`; without a path it lives in memory and ends with the connection."""
    attach(connection, path, "scratch", read_only=False)
