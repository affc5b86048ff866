"""`revue explain`: everything the warehouse holds about one document, published or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from warehouse.browse.limits import MOST_ROWS, SECONDS, open_limited
from warehouse.errors import UsageError
from warehouse.facts import FACT_KINDS, FactKind
from warehouse.store import fetch_rows, quote_name, read_sql
from warehouse.uris import normalize_name

if TYPE_CHECKING:
    import duckdb


class UnknownDocumentError(UsageError):
    """Raised when a name fits no document."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known about one document: its outcome, its description, its lines, its facts and the evidence."""

    doc_id: str
    uri: str
    is_published: bool
    outcome: str
    description: dict[str, Any] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def explain_document(warehouse: Path, name: str, *, seconds: float = SECONDS) -> Explanation:
    """Find a document by its doc_id, the beginning of its doc_id, its uri or its file name, and return all about it.

    Of an input that was rejected as a whole the reason is all there is. Raises `UnknownDocumentError` when the name fits no
    document and no rejected input, another `UsageError` when it fits more than one, or when reading takes longer than `seconds`.
    """
    with open_limited(warehouse, seconds=seconds) as connection:
        try:
            place = find_document(connection, name)
        except UnknownDocumentError:
            return explain_rejection(connection, name)
        doc_id = place["doc_id"]
        lines = fetch_rows(
            connection,
            "select line_no, line, kind, is_kept, reason, score from lines where doc_id = ? order by line_no",
            [doc_id],
            most=MOST_ROWS,
        )
        documents = fetch_rows(connection, _read_query("description"), {"doc_id": doc_id})
        facts = {
            kind.table: fetch_rows(connection, _facts_query(kind), {"doc_id": doc_id}, most=MOST_ROWS)
            for kind in FACT_KINDS
        }
        facts["evidence"] = fetch_rows(connection, _read_query("evidence"), {"doc_id": doc_id})
    return Explanation(
        doc_id, place["uri"], place["place"] == "documents", place["outcome"],
        {key: value for key, value in documents[0].items() if value not in (None, [])} if documents else {}, lines, facts,
    )  # fmt: skip


def _facts_query(kind: FactKind) -> str:
    """The query for a document's facts of one kind, as the registry declares it."""
    if not kind.shown:
        return _read_query(kind.table)
    columns = ", ".join(map(quote_name, kind.shown))
    return f"select {columns} from {quote_name(kind.table)} where doc_id = $doc_id order by {quote_name(kind.number)}"


def _read_query(name: str) -> str:
    return read_sql("warehouse.browse", f"sql/explain/{name}")


def explain_rejection(connection: duckdb.DuckDBPyConnection, name: str) -> Explanation:
    """Why a record or a whole input was rejected, found by its doc_id, uri or file name; raises as `explain_document`.

    `connection` has `rejections`: those of a warehouse, or with those of runs that did not publish.
    """
    place = _find(fetch_rows(connection, _read_query("rejected")), name)
    return Explanation(place["doc_id"], place["uri"], False, place["outcome"])


def _is_one_with_versions(found: list[dict[str, Any]]) -> bool:
    """Whether places of one name are those of a published document and of its older texts."""
    published = {place["doc_id"] for place in found if place.get("place") == "documents"}
    others = [place for place in found if place["doc_id"] not in published]
    return len(published) == 1 and all(place["outcome"] == f"an older text of {min(published)}" for place in others)


def find_document(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    """The record of a document by its doc_id, the beginning of it, its uri or its file name; raises as `explain_document`."""
    return _find(fetch_rows(connection, _read_query("places")), name)


def _find(places: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    name = normalize_name(name)
    tests = (
        lambda place: place["doc_id"] == name,
        lambda place: place["uri"] == name,
        lambda place: place["uri"] + f"#{place['record_no']}" == name,
        lambda place: PurePosixPath(place["uri"]).name == PurePosixPath(name).name,
        lambda place: len(name) >= 4 and place["doc_id"].startswith(name),
    )
    for test in tests:
        found = [place for place in places if test(place)]
        ids = {place["doc_id"] or (place["uri"], place["record_no"]) for place in found}
        if len(ids) == 1 or _is_one_with_versions(found):
            return found[0]  # a published document comes before others
        if ids:
            listed = ", ".join(f"{place['doc_id'][:8]} ({place['uri']}#{place['record_no']})" for place in found[:8])
            raise UsageError(
                f"{len(ids)} documents are called {name}: {listed}. Name one by the beginning of its doc_id."
            )
    raise UnknownDocumentError(
        f'No document is called {name}. List them with `revue query "select doc_id, uri, title from documents"`, '
        "and what was rejected with `revue rejected`."
    )
