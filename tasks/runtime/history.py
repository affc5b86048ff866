"""History of runs that did not publish: their rows of `runs`, `checks` and `rejections` enter the warehouse with the next run that does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.runtime.run_folder import RunFolder, list_unpublished
from tasks.runtime.shards import write_shard
from warehouse.browse.limits import limit_time
from warehouse.errors import UsageError
from warehouse.rows import Run
from warehouse.store import (
    attach,
    connect,
    describe_error,
    fetch_rows,
    insert_rows,
    is_database_error,
    is_interruption,
    is_out_of_memory,
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
    """Write the row of `runs`, in place of an earlier one of the same run."""
    connection.execute("delete from runs where run_id = ?", [run.run_id])
    insert_rows(connection, "runs", [run_row(run)])


def record_history(
    folder: RunFolder,
    run: Run,
    *,
    checks: Sequence[Mapping[str, Any]] = (),
    rejections: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Write the rows of a run that does not publish into its folder."""
    write_shard(folder.history, {"runs": [run_row(run)], "checks": checks, "rejections": rejections})


def read_rejections(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """The rejections a run made, from its open candidate."""
    return fetch_rows(connection, "select * from rejections where run_id = ?", [run_id])


def read_audits(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """The results of earlier audits of a run, from its open candidate."""
    return fetch_rows(connection, "select * from checks where run_id = ?", [run_id])


@contextmanager
def open_rejections(
    published: Path, runs: Path, *, seconds: float | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose `rejections` and `runs` include those of runs that did not publish, and which has `documents`.

    It has no access to files but those of the runs. Raises `UsageError` when no run has read anything for this warehouse yet, or when
    reading takes longer than `seconds`.
    """
    is_published = published.is_file()
    if is_published or not any(list_unpublished(runs)):
        open_warehouse(published).close()  # raises what is wrong with the file, or that there is none
    with connect() as connection, limit_time(connection, seconds=seconds):
        for table in _TABLES:
            connection.execute(read_table_sql(table))
        if is_published:
            attach(connection, published, "published")
        # a published file of unknown origin may have a view that reads other files in the place of a table
        connection.execute("set allowed_directories = $folders", {"folders": [f"{runs.resolve()}/", f"{runs}/"]})
        connection.execute("set enable_external_access = false")
        if is_published:
            _copy_published(published, connection)
            connection.execute("create view documents as select * from published.documents")
        else:
            connection.execute(read_table_sql("documents"))
        carry_history(connection, runs)
        yield connection


def _copy_published(published: Path, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        for table in ("runs", "rejections"):
            connection.execute(f"insert into {table} by name select * from published.{table}")
    except Exception as error:
        if not is_database_error(error) or is_interruption(error) or is_out_of_memory(error):
            raise
        raise UsageError(
            f"The runs and rejections of {published} cannot be read: {describe_error(error)} Name another file with --warehouse."
        ) from error


def list_killed(runs: Path) -> Iterator[tuple[RunFolder, Run]]:
    """Earlier runs whose process was killed before it could record how the run ended."""
    for folder in list_unpublished(runs):
        plan = folder.read_plan()
        if plan is not None and not folder.history.is_dir():
            yield folder, plan.make_run("failed", flow_run_id=plan.flow_run_id)


def is_history_complete(published: Path, runs: Path) -> bool:
    """Whether the published file has the rows of every earlier run that did not publish."""
    if not any(folder.history.is_dir() for folder in list_unpublished(runs)):
        return True
    with connect(published, read_only=True) as connection:
        return not _list_missing(connection, runs)


def carry_checks(connection: duckdb.DuckDBPyConnection, folder: RunFolder) -> None:
    """Add the results of earlier audits of this run to its open candidate, where they are missing."""
    if folder.history.is_dir():
        view_parquet(connection, "earlier_checks", [folder.history / "checks.parquet"])
        connection.execute("insert into checks by name select * from earlier_checks on conflict do nothing")


def carry_history(connection: duckdb.DuckDBPyConnection, runs: Path) -> int:
    """Add the rows of earlier runs that did not publish to the open candidate; returns how many runs were new to it."""
    missing = _list_missing(connection, runs)
    if missing:
        for table in _TABLES:
            view_parquet(connection, f"earlier_{table}", [history / f"{table}.parquet" for history in missing])
        run_sql(connection, "tasks.runtime", "history")
    return len(missing)


def _list_missing(connection: duckdb.DuckDBPyConnection, runs: Path) -> list[Path]:
    """The history folders of earlier runs that did not publish and are not among the runs of an open file."""
    known = {run_id for (run_id,) in connection.execute("select run_id from runs").fetchall()}
    return [
        folder.history for folder in list_unpublished(runs) if folder.run_id not in known and folder.history.is_dir()
    ]
