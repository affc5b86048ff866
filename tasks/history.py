"""History: a run that did not publish leaves its rows of `runs`, `checks` and `rejections`, and the next that does takes them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.load import run_row
from tasks.runfolder import RunFolder, list_unpublished
from warehouse.rows import Run
from warehouse.shards import write_shard
from warehouse.store import fetch_rows, insert_rows, run_sql, view_parquet

if TYPE_CHECKING:
    import duckdb

_TABLES = ("runs", "checks", "rejections")


def write_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write the row of `runs`, in the place of what it said before."""
    connection.execute("delete from runs where run_id = ?", [run.run_id])
    insert_rows(connection, "runs", [run_row(run)])


def record_history(
    folder: RunFolder, run: Run, *, checks: Sequence[Mapping[str, Any]] = (), rejections: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Leave the rows of a run that does not publish in its folder."""
    write_shard(folder.history, {"runs": [run_row(run)], "checks": checks, "rejections": rejections})


def read_rejections(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    """The rejections a run made, from its open candidate."""
    return fetch_rows(connection, "select * from rejections where run_id = ?", [run_id])


def carry_history(connection: duckdb.DuckDBPyConnection, runs: Path) -> int:
    """Take the rows of earlier runs that did not publish into the open candidate; returns how many runs were new to it.

    A run that was killed left no rows: it comes in as failed, as far as its plan tells.
    """
    known = {run_id for (run_id,) in connection.execute("select run_id from runs").fetchall()}
    missing = [folder for folder in list_unpublished(runs) if folder.run_id not in known]
    written = [folder.history for folder in missing if folder.history.is_dir()]
    if written:
        for table in _TABLES:
            view_parquet(connection, f"earlier_{table}", [history / f"{table}.parquet" for history in written])
        run_sql(connection, "steps/history")
    insert_rows(connection, "runs", [run_row(_killed(folder)) for folder in missing if not folder.history.is_dir()])
    return len(missing)


def _killed(folder: RunFolder) -> Run:
    plan = folder.read_plan()
    started_at = datetime.fromisoformat(plan["started_at"])
    return Run(folder.run_id, started_at, None, "failed", tuple(plan["inputs"]), flow_run_id=plan["flow_run_id"])
