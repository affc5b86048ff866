"""The summary of one run: what it published, rejected and checked, as rows to show in the terminal and in artifacts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.rows import Run
from warehouse.store import fetch_rows, open_warehouse, read_sql


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run published, rejected and checked, and the entities it mentions most: rows as mappings.

    `count_rejected_before` is the number of records that other runs rejected or quarantined and that are not published.
    """

    run: Run
    documents: list[dict[str, Any]]
    rejections: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    entities: list[dict[str, Any]]
    count_rejected_before: int


def summarise(warehouse: Path, run: Run) -> Summary:
    """Read a run's summary from the published warehouse."""
    with open_warehouse(warehouse) as connection:
        tables = {
            name: fetch_rows(connection, read_sql("tasks.report", f"sql/summary/{name}"), {"run_id": run.run_id})
            for name in ("documents", "rejections", "checks", "entities")
        }
        [[count]] = connection.execute(
            read_sql("tasks.report", "sql/summary/rejected_before"), {"run_id": run.run_id}
        ).fetchall()
    return Summary(run, **tables, count_rejected_before=count)
