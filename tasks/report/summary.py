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
    A run that changed nothing is not checked: `checks` are those of `checked_run`, the last run that was, and hold for it.
    """

    run: Run
    documents: list[dict[str, Any]]
    rejections: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    entities: list[dict[str, Any]]
    count_rejected_before: int
    checked_run: str


def summarise(warehouse: Path, run: Run) -> Summary:
    """Read a run's summary from the published warehouse."""
    with open_warehouse(warehouse) as connection:

        def fetch(name: str, run_id: str = run.run_id) -> list[dict[str, Any]]:
            return fetch_rows(connection, read_sql("tasks.report", f"sql/summary/{name}"), {"run_id": run_id})

        checked_run = fetch("checked_run")[0]["run_id"] if run.state == "unchanged" else run.run_id
        return Summary(
            run,
            documents=fetch("documents"),
            rejections=fetch("rejections"),
            checks=fetch("checks", checked_run),
            entities=fetch("entities"),
            count_rejected_before=fetch("rejected_before")[0]["count_records"],
            checked_run=checked_run,
        )
