"""report: what a run did, for people: artifacts in the Prefect UI, and one self-contained page beside the warehouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.results import CheckResult
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.store import fetch_rows, open_warehouse, read_sql

# Prefect's artifacts are read in a browser; beyond this many rows the warehouse is the place to look.
_MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run published, turned away and checked: rows as mappings, ready to be shown."""

    run: Run
    documents: list[dict[str, Any]]
    rejections: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    entities: list[dict[str, Any]]
    count_passed_over: int = 0


def summarise(warehouse: Path, run: Run, *, count_passed_over: int = 0) -> Summary:
    """Read a run's summary from the published warehouse."""
    with open_warehouse(warehouse) as connection:
        tables = {
            name: fetch_rows(connection, read_sql("tasks.report", f"sql/summary/{name}"), {"run_id": run.run_id})
            for name in ("documents", "rejections", "checks", "entities")
        }
    return Summary(run, **tables, count_passed_over=count_passed_over)


def describe_counts(run: Run) -> str:
    """What became of every record, as an equation."""
    outcomes = ("published", "unchanged", "duplicates", "rejected", "quarantined")
    return f"{run.count_read} records read = " + " + ".join(
        f"{getattr(run, f'count_{name}')} {name}" for name in outcomes
    )


def describe_check(check: Mapping[str, Any]) -> str:
    """A check that failed, in words: its name, its source, and what is wrong."""
    name = f"{check['check_name']}, {check['source_id']}" if check["source_id"] else check["check_name"]
    return f"{name}: {describe_failure(check)}"


def describe_failure(check: Mapping[str, Any]) -> str:
    """The sentence of a check that failed, the value measured beside those that pass, and who answers for it.

    Where the value is the number of rows that fail, the sentence tells it.
    """
    value, low, high = check["value"], check["low"], check["high"]
    is_count = value == check["count_unexpected"] and low is None and high is not None and float(high).is_integer()
    measured = "" if value is None or is_count else f" (measured {value:.3g}, passes {_bounds(low, high)})"
    accepted = f" Accepted by {check['accepted_by']}: {check['accepted_because']}" if check.get("accepted_by") else ""
    return f"{check['sentence']}{measured}{accepted}"


def _bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "always"
    if low is None:
        return f"up to {high:.3g}"
    return f"from {low:.3g}" if high is None else f"{low:.3g} to {high:.3g}"


def report(run: Run, companions: Companions, results: Sequence[CheckResult], count_passed_over: int) -> None:
    """Write the report page and the artifacts of a published run."""
    from tasks.report.artifacts import write_artifacts
    from tasks.report.page import write_page

    summary = summarise(companions.path, run, count_passed_over=count_passed_over)
    write_page(companions.path, companions.report, run.run_id)
    write_artifacts(summary, companions)


def clip(rows: Sequence[Mapping[str, Any]], most: int = _MOST_ROWS) -> list[dict[str, Any]]:
    """The first rows, as plain values that JSON can hold."""
    return [
        {key: value if isinstance(value, int | float | bool | None) else str(value) for key, value in row.items()}
        for row in rows[:most]
    ]
