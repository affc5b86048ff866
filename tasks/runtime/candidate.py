"""The candidate of a run, opened with its scratch database beside it.

Tables that one query makes for the next stand in the database `scratch`, a file of the run folder, so that the candidate
holds what would be published and nothing else. One transaction of DuckDB writes to one database only: what a
transaction on the candidate reads from `scratch` must be made before it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.runtime.run_folder import RunFolder
from warehouse.store import attach, connect, quote_name

if TYPE_CHECKING:
    import duckdb
    import pyarrow


@contextmanager
def open_candidate(folder: RunFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the candidate of a run, with its scratch database attached."""
    with connect(folder.candidate) as connection:
        attach_scratch(connection, folder.scratch)
        yield connection


def attach_scratch(connection: duckdb.DuckDBPyConnection, path: Path | str = ":memory:") -> None:
    """Attach a scratch database as `scratch`; without a path it lives in memory and ends with the connection."""
    attach(connection, path, "scratch", read_only=False)


def write_scratch(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]], schema: pyarrow.Schema
) -> None:
    """Make the table `scratch.<table>` of these rows."""
    import pyarrow

    connection.register("incoming_rows", pyarrow.Table.from_pylist([dict(row) for row in rows], schema=schema))
    try:
        connection.execute(f"create or replace table scratch.{quote_name(table)} as select * from incoming_rows")
    finally:
        connection.unregister("incoming_rows")
