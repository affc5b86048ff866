"""The rows of each section of the report page, from the published warehouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from tasks.report.attention import list_attention
from warehouse.store import read_sql

# Runs a query with its values; its rows as mappings.
Fetch = Callable[[str, Mapping[str, Any] | None], list[dict[str, Any]]]

# The rows of a list beyond which the page would grow too large: the warehouse has them all.
MOST = {
    "documents": 1500,
    "entities": 150,
    "names": 1500,
    "pairs": 100,
    "disagreements": 100,
    "speakers": 80,
    "quotes": 8,
    "days": 40,
    "matrix": 20,
    "columns": 12,
}


def read_sections(fetch: Fetch, run_id: str) -> dict[str, Any]:
    """The rows of each section of the page; `fetch` reads a connection that has the macro describe_question."""
    runs = fetch_section(fetch, "run", run_id=run_id)
    days = fetch_section(fetch, "days")
    sections: dict[str, Any] = {
        "run": runs[0] if runs else None,
        "rejected": fetch_section(fetch, "rejected", run_id=run_id),
        "all_days": days,
        "days": _rank_days(days),
        "people": fetch_section(fetch, "entities", labels="PER", most=MOST["entities"]),
        "places": fetch_section(fetch, "entities", labels="LOC ORG MISC", most=MOST["entities"]),
        "names": fetch_section(fetch, "named", most=MOST["names"]),
    }
    for section in ("pairs", "disagreements"):
        sections[section] = fetch_section(fetch, section, most=MOST[section])
    sections["speakers"] = fetch_section(fetch, "speakers", most=MOST["speakers"], most_quotes=MOST["quotes"])
    for section in ("sources", "rejections", "trends", "drift", "runs"):
        sections[section] = fetch_section(fetch, section)
    checks = fetch_section(fetch, "checks", run_id=run_id)
    sections["failed"] = [check for check in checks if not check["success"]]
    sections["passed"] = [check for check in checks if check["success"]]
    sections["trend_of"] = {row["check"]: row["trend"] for row in sections["trends"]}
    sections["attention"] = list_attention(sections["failed"])
    named = sorted(sections["people"] + sections["places"], key=lambda row: -row["count_documents"])
    sections["matrix"] = [row | {"by_source": group_by_source(row["places"])} for row in named[: MOST["matrix"]]]
    sections["matrix_sources"] = _choose_columns(sections["matrix"], sections["sources"])
    return sections


def fetch_section(fetch: Fetch, section: str, **values: Any) -> list[dict[str, Any]]:
    """The rows of the query of a section."""
    return fetch(read_sql("tasks.report", f"sql/page/{section}"), values or None)


def group_by_source(places: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The places of a row by the source of their document, the source with most first."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for place in places:
        groups.setdefault(place["source_id"], []).append(place)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def _choose_columns(
    matrix: Sequence[Mapping[str, Any]], sources: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The sources that name most of the rows of the matrix, in the order of `sources`."""
    counts = {
        source["source_id"]: sum(len(row["by_source"].get(source["source_id"], ())) for row in matrix)
        for source in sources
    }
    most = sorted(counts, key=lambda source_id: -counts[source_id])[: MOST["columns"]]
    return [source for source in sources if source["source_id"] in most and counts[source["source_id"]]]


def _rank_days(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The days that most documents refer to, those of most first, each with its places."""
    days: dict[date, list[Mapping[str, Any]]] = {}
    for row in rows:
        days.setdefault(row["day"], []).append(row)
    most = sorted(days, key=lambda day: (-len(days[day]), -day.toordinal()))[: MOST["days"]]
    return [{"day": day, "places": days[day]} for day in most]
