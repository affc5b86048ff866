"""`revue query`: any SQL on the published warehouse, read-only."""

from __future__ import annotations

import difflib
import functools
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.browse.limits import MOST_ROWS, SECONDS, open_limited
from warehouse.errors import UsageError
from warehouse.store import describe_error, is_damaged, is_interruption, is_out_of_memory

if TYPE_CHECKING:
    import duckdb

# Column names, and the rows.
Rows = tuple[list[str], list[tuple[Any, ...]]]

_UNKNOWN_COLUMN = re.compile(r'column (?:named )?"([^"]{1,100})"', re.IGNORECASE)
_UNKNOWN_TABLE = re.compile(r"Table with name \"?(\w{1,100})", re.IGNORECASE)
_SUGGESTION = re.compile(r'Did you mean "([^"\n]{1,100})"')
_WORD = re.compile(r"\w+")
_BATCH_ROWS = 10_000
_ADVICE = "Ask for less, such as with a `where`, or allow more with --seconds."


def run_query(warehouse: Path, sql: str, *, seconds: float = SECONDS) -> Rows:
    """Run a query; returns its column names and rows.

    Raises `UsageError` with DuckDB's message when it fails, takes longer than `seconds`, or gives more than `MOST_ROWS` rows.
    """
    with open_limited(warehouse, seconds=seconds, advice=_ADVICE) as connection:
        try:
            cursor = connection.execute(sql)
            if cursor is None:  # nothing but white space and comments
                raise UsageError('No query was given. Write one: `revue query "select title from documents"`.')
            rows: list[tuple[Any, ...]] = []
            while batch := cursor.fetchmany(_BATCH_ROWS):
                rows += batch
                if len(rows) > MOST_ROWS:
                    raise UsageError(
                        f"The answer has more than {MOST_ROWS:,} rows. Add a `limit`, or write tables to files with `revue export csv`."
                    )
            return [column[0] for column in cursor.description or ()], rows
        except UsageError:
            raise
        except Exception as error:
            if is_interruption(error) or is_damaged(error):
                raise
            if is_out_of_memory(error):
                raise UsageError(
                    "This needs more memory than a query may use. Ask for less, such as with a `where`."
                ) from error
            raise UsageError(f"{describe_error(error)} {_advise(connection, sql, str(error))}") from error


def _advise(connection: duckdb.DuckDBPyConnection, sql: str, message: str) -> str:
    """What to type instead: the column or table probably meant, else where the columns are described."""
    if (table := _UNKNOWN_TABLE.search(message)) and (meant := _read_guesses()["tables"].get(table[1].lower())):
        return f"Did you mean {meant[0]}?"
    if suggested := _SUGGESTION.search(message):
        return f"Did you mean {suggested[1]}?"
    general = "The tables are described in docs/tables.md; `describe documents` lists the columns of one."
    unknown = _UNKNOWN_COLUMN.search(message)
    if unknown is None:
        return general
    columns = _columns_of(connection, set(map(str.lower, _WORD.findall(sql))))
    meant = [
        f"{table}.{column}" for table, names in columns.items() for column in _guess_columns(unknown[1].lower(), names)
    ]
    if meant:
        return f"Did you mean {' or '.join(meant[:3])}?"
    return " ".join(f"Columns of {table}: {', '.join(names)}." for table, names in columns.items()) or general


def _columns_of(connection: duckdb.DuckDBPyConnection, words: set[str]) -> dict[str, list[str]]:
    """The columns of the tables and views whose names are among the words of a query."""
    found: dict[str, list[str]] = {}
    query = "select table_name, column_name from duckdb_columns() where not internal order by table_name, column_index"
    for table, column in connection.execute(query).fetchall():
        if table.lower() in words:
            found.setdefault(table, []).append(column)
    return found


def _guess_columns(unknown: str, columns: list[str]) -> list[str]:
    """The columns that an unknown name probably means, the likeliest first."""
    known = [name for name in _read_guesses()["columns"].get(unknown, []) if name in columns]
    return known[:1] or difflib.get_close_matches(unknown, columns, n=1, cutoff=0.75)


@functools.cache
def _read_guesses() -> dict[str, dict[str, list[str]]]:
    """What people call tables and columns, and their names."""
    text = files("warehouse.browse").joinpath("name_guesses.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
