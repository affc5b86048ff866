"""The report: one self-contained page, readable offline, made from the published warehouse alone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.report.sparkline import draw_sparkline
from warehouse.store import fetch_rows, open_warehouse, read_sql, revue_version

if TYPE_CHECKING:
    import duckdb

# Each table of the page, in order: the name of its query in sql/page, its heading, what it says.
_TABLES = (
    ("documents", "Documents", "The latest articles, with what was found in them."),
    ("people", "People", "Who is named most, and what the articles say they are."),
    ("places", "Places and organisations", "What else is named most."),
    ("timeline", "Timeline", "The days the articles speak of most."),
    ("disagreements", "Disagreements", "Figures of two sources that cannot both be right."),
    ("quotes", "Quotes", "The longest passages somebody is quoted with."),
    ("sources", "Sources", "Who published how much, and how much of their pages was removed."),
    ("rejections", "Turned away", "Records that are not among the documents, by reason."),
    ("checks", "Checks", "What Great Expectations measured in the last run, failures first."),
    ("trends", "Trends", "The value of each check over the last runs, oldest left; those that fail or move first."),
    (
        "drift",
        "Drift",
        "What was measured of each source over the last runs, against the middle of those before the last.",
    ),
    ("runs", "Runs", "Every run, the latest first; read is the sum of the other counts."),
)


def write_page(warehouse: Path, target: Path, run_id: str | None = None) -> None:
    """Write the page for the warehouse as it is now, as of a run (default: the last)."""
    with open_warehouse(warehouse) as connection:
        if run_id is None:
            row = connection.execute("select max(run_id) from runs").fetchone()
            run_id = row[0] if row else ""
        content = render_page(connection, warehouse.name, run_id or "")
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.write_text(content, encoding="utf-8")
    os.replace(unfinished, target)


def render_page(connection: duckdb.DuckDBPyConnection, name: str, run_id: str) -> str:
    """The page as HTML. Every value is escaped: it comes from pages, and pages lie."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["shown"] = _show
    environment.filters["drawn"] = draw_sparkline
    environment.tests["day"] = lambda value: isinstance(value, date)
    template = environment.from_string((Path(__file__).parent / "page.html.jinja").read_text(encoding="utf-8"))
    totals = fetch_rows(connection, read_sql("tasks.report", "sql/page/totals"))[0]
    tables = [
        {
            "name": table,
            "heading": heading,
            "about": about,
            "rows": fetch_rows(connection, read_sql("tasks.report", f"sql/page/{table}"), _values(table, run_id)),
        }
        for table, heading, about in _TABLES
    ]
    return template.render(name=name, run_id=run_id, version=revue_version(), totals=totals, tables=tables)


def _values(table: str, run_id: str) -> dict[str, Any]:
    return {"run_id": run_id} if table == "checks" else {}


def _show(value: Any) -> str:
    """A value as people write it: nothing for null, thousands apart, no more than three decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
