"""The report page: one self-contained HTML file, readable offline, made from the published warehouse alone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.report.sparkline import draw_sparkline
from warehouse.facts import FACT_KINDS
from warehouse.store import fetch_rows, open_warehouse, read_sql, revue_version

if TYPE_CHECKING:
    import duckdb

# Each table of the page, in order: the name of its query in sql/page, its heading, what it shows.
_TABLES = (
    ("documents", "Documents", "The latest articles."),
    ("people", "People", "The people named most, with the roles the articles state."),
    ("places", "Places and organisations", "The places and organisations named most."),
    ("timeline", "Timeline", "The days the articles refer to most."),
    ("disagreements", "Disagreements", "Figures of two sources that contradict each other."),
    ("quotes", "Quotes", "The longest attributed quotes."),
    ("sources", "Sources", "How much each source published, and the share of its lines that was removed."),
    ("rejections", "Rejections", "Records that are not among the documents, by reason."),
    ("checks", "Checks", "What Great Expectations measured in the last run, failures first."),
    (
        "trends",
        "Trends",
        "The value of each check over the last runs, the oldest on the left; failures first, then those that vary.",
    ),
    (
        "drift",
        "Drift",
        "What was measured of each source in the last run, compared with the median of the runs before.",
    ),
    ("runs", "Runs", "Every run, the latest first; read is the sum of the other counts."),
)


def write_page(warehouse: Path, target: Path, run_id: str | None = None) -> None:
    """Write the page for the warehouse as it is now, with the checks of a run (default: the last)."""
    with open_warehouse(warehouse) as connection:
        if run_id is None:
            row = connection.execute("select max(run_id) from runs").fetchone()
            run_id = row[0] if row else ""
        content = render_page(connection, warehouse.name, run_id or "")
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.write_text(content, encoding="utf-8")
    os.replace(unfinished, target)


def render_page(connection: duckdb.DuckDBPyConnection, name: str, run_id: str) -> str:
    """The page as HTML. Every value is escaped: it comes from pages and cannot be trusted."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["shown"] = _show
    environment.filters["drawn"] = draw_sparkline
    environment.tests["day"] = lambda value: isinstance(value, date)
    template = environment.from_string((Path(__file__).parent / "page.html.jinja").read_text(encoding="utf-8"))
    totals = fetch_rows(connection, read_sql("tasks.report", "sql/page/totals"))[0] | _count_facts(connection)
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


def _count_facts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The number of facts of each kind, by the name of its table."""
    counts = dict(connection.execute(read_sql("tasks.report", "sql/page/fact_counts")).fetchall())
    return {kind.table: counts.get(kind.name, 0) for kind in FACT_KINDS}


def _values(table: str, run_id: str) -> dict[str, Any]:
    return {"run_id": run_id} if table == "checks" else {}


def _show(value: Any) -> str:
    """A value formatted for reading: empty for null, with thousands separators, at most three decimals."""
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
