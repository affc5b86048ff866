"""Which documents of the published file are taken from it: those an older recipe made, those of a run stripped before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.runtime.candidate import attach_scratch
from tasks.runtime.recipe import Recipe
from warehouse.store import attach, connect, run_sql, view_parquet

if TYPE_CHECKING:
    import duckdb


@contextmanager
def find_outdated(base: Path, recipe: Recipe) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the published file in which `scratch.recalled` lists the documents that an older recipe made."""
    with _open_base(base) as connection:
        values = {"recipe_strip": recipe.strip, "recipe_extract": recipe.extract}
        run_sql(connection, "tasks.recall", "outdated", values)
        yield connection


@contextmanager
def find_stripped(base: Path, record_status: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the published file in which `scratch.recalled` lists the documents of a run with the status stripped."""
    with _open_base(base) as connection:
        view_parquet(connection, "record_status", [record_status])
        run_sql(connection, "tasks.recall", "stripped")
        yield connection


def count_characters(connection: duckdb.DuckDBPyConnection) -> int:
    """The characters in the texts of the documents of `scratch.recalled`."""
    [(count,)] = connection.execute("select coalesce(sum(count_characters), 0) from scratch.recalled").fetchall()
    return int(count)


def list_runs_inputs(base: Path, recipe: Recipe) -> tuple[str, ...]:
    """The inputs that were given to the runs whose documents an older recipe made: what a retry of one looks for."""
    with find_outdated(base, recipe) as connection:
        rows = connection.execute(
            "select distinct unnest(inputs) as given from published.runs "
            "where run_id in (select run_id from scratch.recalled) order by given"
        ).fetchall()
    return tuple(given for (given,) in rows)


@contextmanager
def _open_base(base: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as connection:
        attach(connection, base, "published")
        attach_scratch(connection)
        yield connection
