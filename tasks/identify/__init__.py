"""identify: give every record read its status: fresh, unchanged or duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.runtime.recipe import Recipe
from tasks.runtime.shards import list_shard_files
from warehouse.rows import Place
from warehouse.store import attach, connect, read_query, read_table_sql, view_parquet

if TYPE_CHECKING:
    import duckdb

__all__ = ["identify_again", "identify_records"]

# The tables that hold what is known of earlier records; the query reads each as `known_<table>`.
_KNOWN_TABLES = ("documents", "duplicates", "rejections", "lines", "runs", "forgotten")


def identify_records(
    base: Path | None,
    record_folders: Sequence[Path],
    target: Path,
    recipe: Recipe,
    *,
    run_id: str,
    retried: Sequence[Place] = (),
) -> None:
    """Write the status of every record read to the Parquet file `target`; `identify.sql` defines its columns.

    Records at the places `retried` are fresh although they were rejected under the same recipe.
    """
    with connect() as connection:
        view_parquet(connection, "incoming_records", list_shard_files(record_folders, "incoming"))
        present: set[str] = set()
        if base is not None:
            attach(connection, base, "published")
            listed = "select table_name from duckdb_tables() where database_name = 'published'"
            present = {name for (name,) in connection.execute(listed).fetchall()}
        for table in _KNOWN_TABLES:
            if table not in present:  # nothing is published, or it is of a schema before this table
                connection.execute(read_table_sql(table))
            origin = f"published.{table}" if table in present else table
            connection.execute(f"create temp view known_{table} as select * from {origin}")
        _list_retried(connection, retried)
        connection.execute(
            f"copy ({read_query('tasks.identify', 'identify')}) to $file (format parquet)",
            {"file": str(target), **_values(recipe, run_id)},
        )


def identify_again(
    connection: duckdb.DuckDBPyConnection, recipe: Recipe, *, run_id: str, retried: Sequence[Place]
) -> None:
    """Make `scratch.record_status` from the view `incoming_records` and what the open candidate knows.

    Another run may have published after the records were identified: what it published is known by now.
    """
    for table in _KNOWN_TABLES:
        connection.execute(f"create or replace temp view known_{table} as select * from {table}")
    _list_retried(connection, retried)
    connection.execute(
        f"create or replace table scratch.record_status as {read_query('tasks.identify', 'identify')}",
        _values(recipe, run_id),
    )


def _list_retried(connection: duckdb.DuckDBPyConnection, retried: Sequence[Place]) -> None:
    connection.execute("create or replace temp table retried (uri text, record_no integer)")
    if retried:
        connection.executemany("insert into retried values (?, ?)", retried)


def _values(recipe: Recipe, run_id: str) -> dict[str, Any]:
    return {"run_id": run_id, "recipe_strip": recipe.strip, "recipe_extract": recipe.extract, "recipe": recipe.name}
