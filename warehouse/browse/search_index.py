"""The full-text index of `revue search`: a DuckDB file beside the warehouse, made by the first search after a publication.

Words are stemmed for French (Snowball, in DuckDB's extension fts) and ranked by BM25. The index is read row by row from the
warehouse, which is opened without access to files: a view of a hostile warehouse reads nothing here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.browse.limits import open_limited
from warehouse.store import connect, is_database_error, load_extension, read_sql, transaction

if TYPE_CHECKING:
    import duckdb

# Receives the number of documents read so far, and of all.
Progress = Callable[[int, int], None]

_VERSION = "1"  # of how the index is made; another one is made again
_BATCH_DOCUMENTS = 1000
_LONGEST_SECONDS = 7200.0
ADVICE = "Search for fewer words, or ask with `revue query`."


def open_index(warehouse: Path, index: Path, progress: Progress) -> duckdb.DuckDBPyConnection | None:
    """A connection to the index of the warehouse as it is now, which is made when there is none or an older one.

    None when the extension is not installed, or the index cannot be written.
    """
    connection = connect()
    if not load_extension(connection, "fts"):
        connection.close()
        return None
    connection.close()
    with open_limited(warehouse, advice=ADVICE) as published:
        [(count, key)] = published.execute(read_sql("warehouse.browse", "sql/search/key")).fetchall()
    key = f"{_VERSION}:{key}"
    if (found := _open_current(index, key)) is not None:
        return found
    try:
        _make_index(warehouse, index, key, count, progress)
    except OSError:
        return None
    return _open_current(index, key)


def _open_current(index: Path, key: str) -> duckdb.DuckDBPyConnection | None:
    """The index when it is that of the warehouse; None when it is missing, damaged, or of other documents."""
    if not index.is_file():
        return None
    try:
        connection = connect(index, read_only=True)
        if connection.execute("select key from made_of").fetchall() == [(key,)] and load_extension(connection, "fts"):
            return connection
        connection.close()
    except Exception as error:
        if not is_database_error(error):
            raise
    return None


def _make_index(warehouse: Path, index: Path, key: str, count: int, progress: Progress) -> None:
    """Write the index beside the place where it belongs, and move it there when it is whole. Raises `OSError`."""
    unfinished = index.with_name(f"{index.name}.{os.getpid()}.unfinished")
    unfinished.touch()  # raises where DuckDB would raise an error of its own
    unfinished.unlink()
    try:
        with connect(unfinished) as connection:
            load_extension(connection, "fts")
            connection.execute("create table texts (doc_id text primary key, body text)")
            connection.execute("create table made_of (key text)")
            _copy_texts(warehouse, connection, count, progress)
            connection.execute(read_sql("warehouse.browse", "sql/search/make"))
            connection.execute("insert into made_of values (?)", [key])
            connection.execute("checkpoint")
        os.replace(unfinished, index)
    finally:
        for left in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
            left.unlink(missing_ok=True)


def _copy_texts(warehouse: Path, index: duckdb.DuckDBPyConnection, count: int, progress: Progress) -> None:
    with open_limited(warehouse, seconds=_LONGEST_SECONDS, advice=ADVICE) as published:
        cursor = published.execute(read_sql("warehouse.browse", "sql/search/texts"))
        done = 0
        progress(done, count)
        while rows := cursor.fetchmany(_BATCH_DOCUMENTS):
            with transaction(index):
                index.execute(
                    "insert into texts select unnest($ids), unnest($bodies)",
                    {"ids": [row[0] for row in rows], "bodies": [row[1] for row in rows]},
                )
            done += len(rows)
            progress(done, count)
