"""History: a run that did not publish leaves its rows of `runs`, `checks` and `rejections`, and the next that does takes them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.runtime.run_folder import RunFolder, list_unpublished
from tasks.runtime.shards import write_shard
from warehouse.rows import Run
from warehouse.store import (
    attach,
    connect,
    fetch_rows,
    insert_rows,
    open_warehouse,
    read_table_sql,
    run_sql,
    view_parquet,
)

if TYPE_CHECKING:
    import duckdb

_TABLES = ("runs", "checks", "rejections")


def run_row(run: Run) -> dict[str, Any]:
    """A run as a row of `runs`."""
    return asdict(run) | {"inputs": list(run.inputs)}


def write_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write the row of `runs`, in the place of what it said before."""
    connection.execute("delete from runs where run_id = ?", [run.run_id])
    insert_rows(connection, "runs", [run_row(run)])


def record_history(
    folder: RunFolder,
    run: Run,
    *,
    checks: Sequence[Mapping[str, Any]] = (),
    rejections: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Leave the rows of a run that does not publish in its folder."""
    write_shard(folder.history, {"runs": [run_row(run)], "checks": checks, "rejections": rejections})


def read_rejections(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """The rejections a run made, from its open candidate."""
    return fetch_rows(connection, "select * from rejections where run_id = ?", [run_id])


def read_audits(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """What earlier audits of a run found, from its open candidate."""
    return fetch_rows(connection, "select * from checks where run_id = ?", [run_id])


@contextmanager
def open_rejections(published: Path, runs: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose `rejections` and `runs` are the present ones, those of runs that did not publish included.

    Raises `UsageError` when nothing has been read into this warehouse yet.
    """
    is_published = published.is_file()
    if is_published or not any(list_unpublished(runs)):
        open_warehouse(published).close()  # says what is wrong with the file, or that there is none
    with connect() as connection:
        for table in _TABLES:
            connection.execute(read_table_sql(table))
        if is_published:
            attach(connection, published, "published")
            for table in ("runs", "rejections"):
                connection.execute(f"insert into {table} by name select * from published.{table}")
            connection.execute("create view documents as select * from published.documents")
        else:
            connection.execute(read_table_sql("documents"))
        carry_history(connection, runs)
        yield connection


def list_killed(runs: Path) -> Iterator[tuple[RunFolder, Run]]:
    """Earlier runs whose process was killed before it could say how the run ended, as far as their plans tell."""
    for folder in list_unpublished(runs):
        if not folder.history.is_dir():
            plan = folder.read_plan()
            started_at = datetime.fromisoformat(plan["started_at"])
            yield folder, Run(folder.run_id, started_at, None, "failed", tuple(plan["inputs"]), plan["flow_run_id"])


def carry_checks(connection: duckdb.DuckDBPyConnection, folder: RunFolder) -> None:
    """Take what earlier audits of this very run found into its open candidate, where they are not there yet."""
    if folder.history.is_dir():
        view_parquet(connection, "earlier_checks", [folder.history / "checks.parquet"])
        connection.execute("insert into checks by name select * from earlier_checks on conflict do nothing")


def carry_history(connection: duckdb.DuckDBPyConnection, runs: Path) -> int:
    """Take the rows of earlier runs that did not publish into the open candidate; returns how many runs were new to it."""
    known = {run_id for (run_id,) in connection.execute("select run_id from runs").fetchall()}
    missing = [
        folder.history for folder in list_unpublished(runs) if folder.run_id not in known and folder.history.is_dir()
    ]
    if missing:
        for table in _TABLES:
            view_parquet(connection, f"earlier_{table}", [history / f"{table}.parquet" for history in missing])
        run_sql(connection, "tasks.runtime", "history")
    return len(missing)
