"""resolve: recompute what depends on the whole corpus: versions, near-duplicates, entities and every count over them.

The result is a function of the set of texts and the user's `aliases.csv` alone, whatever the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from tasks.load import delete_documents
from tasks.resolve.entities import Judgement, Name, Resolved, resolve_names
from warehouse.store import run_sql

if TYPE_CHECKING:
    import duckdb


def resolve_corpus(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement] = ()) -> None:
    """Bring the open candidate's versions, stories and entities up to date.

    `connection` has a scratch database attached (`open_candidate`).
    """
    _resolve_versions(connection)
    _resolve_stories(connection)
    _resolve_entities(connection, judgements)


def cluster(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The smallest member of the connected component of each member of the pairs (union-find)."""
    leaders: dict[str, str] = {}

    def find(member: str) -> str:
        while leaders.setdefault(member, member) != member:
            leaders[member] = leaders[leaders[member]]
            member = leaders[member]
        return member

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        leaders[second] = first
    return {member: find(member) for member in leaders}


def _resolve_versions(connection: duckdb.DuckDBPyConnection) -> None:
    run_sql(connection, "tasks.resolve", "versions")
    delete_documents(connection, "superseded_documents")


def _resolve_stories(connection: duckdb.DuckDBPyConnection) -> None:
    import pyarrow

    run_sql(connection, "tasks.resolve", "near")
    stories = cluster(connection.execute("select doc_id, first_id from scratch.near_pairs").fetchall())
    rows = [{"doc_id": doc_id, "story_id": story_id} for doc_id, story_id in sorted(stories.items())]
    text = pyarrow.string()
    connection.register(
        "stories", pyarrow.Table.from_pylist(rows, schema=pyarrow.schema({"doc_id": text, "story_id": text}))
    )
    run_sql(connection, "tasks.resolve", "stories")
    connection.unregister("stories")


def _resolve_entities(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement]) -> None:
    import pyarrow

    distinct = connection.execute(
        "select doc_id, label_extracted, surface, count(*), is_demonym from mentions group by all"
    ).fetchall()
    resolved = resolve_names([Name(*row) for row in distinct], judgements)
    columns = {name: pyarrow.string() for name in Resolved.__dataclass_fields__} | {"is_demonym": pyarrow.bool_()}
    schema = pyarrow.schema(columns)
    connection.register("resolved_names", pyarrow.Table.from_pylist([asdict(one) for one in resolved], schema=schema))
    run_sql(connection, "tasks.resolve", "entities")
    connection.unregister("resolved_names")
