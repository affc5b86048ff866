"""`revue explain`: one document, published or not, as the warehouse knows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from warehouse.errors import UsageError
from warehouse.store import fetch_rows, open_warehouse, read_sql

if TYPE_CHECKING:
    import duckdb

_FACTS = ("mentions", "dates", "figures", "quotes", "roles", "evidence")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known of one document: what became of it, its description, its lines and its facts."""

    doc_id: str
    uri: str
    is_published: bool
    outcome: str
    description: dict[str, Any] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def explain_document(warehouse: Path, name: str) -> Explanation:
    """Find a document by doc_id, the beginning of one, uri or file name, and tell all about it.

    Raises `UsageError` when nothing, or more than one document, is called that.
    """
    with open_warehouse(warehouse) as connection:
        place = _find(connection, name)
        doc_id = place["doc_id"]
        lines = fetch_rows(
            connection,
            "select line_no, line, kind, is_kept, reason, score from lines where doc_id = ? order by line_no",
            [doc_id],
        )
        documents = fetch_rows(connection, read_sql("warehouse.browse", "sql/explain/description"), {"doc_id": doc_id})
        facts = {
            name: fetch_rows(connection, read_sql("warehouse.browse", f"sql/explain/{name}"), {"doc_id": doc_id})
            for name in _FACTS
        }
    return Explanation(
        doc_id, place["uri"], place["place"] == "documents", place["outcome"],
        {key: value for key, value in documents[0].items() if value not in (None, [])} if documents else {}, lines, facts,
    )  # fmt: skip


def _find(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    places = fetch_rows(connection, read_sql("warehouse.browse", "sql/explain/places"))
    tests = (
        lambda place: place["doc_id"] == name,
        lambda place: place["uri"] == name,
        lambda place: place["uri"] + f"#{place['record_no']}" == name,
        lambda place: PurePosixPath(place["uri"]).name == PurePosixPath(name).name,
        lambda place: len(name) >= 4 and place["doc_id"].startswith(name),
    )
    for test in tests:
        found = [place for place in places if test(place)]
        ids = {place["doc_id"] for place in found}
        if len(ids) == 1:
            return found[0]
        if ids:
            listed = ", ".join(f"{place['doc_id'][:8]} ({place['uri']}#{place['record_no']})" for place in found[:8])
            raise UsageError(
                f"{len(ids)} documents are called {name}: {listed}. Name one by the beginning of its doc_id."
            )
    raise UsageError(
        f'No document is called {name}. List them with `revue query "select doc_id, uri, title from documents"`.'
    )
