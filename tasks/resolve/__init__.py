"""resolve: recompute what depends on the whole corpus: versions, near-duplicates, entities and every count over them.

The result is a function of the set of texts and the user's `aliases.csv` alone, whatever the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from tasks.load import delete_documents
from tasks.resolve.entities import AliasOverride, Name, Resolved, resolve_names
from tasks.resolve.union_find import UnionFind
from tasks.runtime.candidate import write_scratch
from warehouse.store import run_sql

if TYPE_CHECKING:
    import duckdb


def resolve_corpus(connection: duckdb.DuckDBPyConnection, overrides: Sequence[AliasOverride] = ()) -> None:
    """Bring the open candidate's versions, stories and entities up to date.

    `connection` has a scratch database attached (`open_candidate`).
    """
    _resolve_versions(connection)
    _resolve_stories(connection)
    _resolve_entities(connection, overrides)


def cluster(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map each member of the pairs to the smallest member of its connected component."""
    sets = UnionFind[str]()
    members: set[str] = set()
    for pair in pairs:
        sets.join(*pair)
        members.update(pair)
    return {member: sets.find(member) for member in members}


def _resolve_versions(connection: duckdb.DuckDBPyConnection) -> None:
    run_sql(connection, "tasks.resolve", "versions")
    delete_documents(connection, "superseded_documents")


def _resolve_stories(connection: duckdb.DuckDBPyConnection) -> None:
    import pyarrow

    run_sql(connection, "tasks.resolve", "near")
    stories = cluster(connection.execute("select doc_id, first_id from scratch.near_pairs").fetchall())
    rows = [{"doc_id": doc_id, "story_id": story_id} for doc_id, story_id in sorted(stories.items())]
    text = pyarrow.string()
    write_scratch(connection, "stories", rows, pyarrow.schema({"doc_id": text, "story_id": text}))
    run_sql(connection, "tasks.resolve", "stories")


def _resolve_entities(connection: duckdb.DuckDBPyConnection, overrides: Sequence[AliasOverride]) -> None:
    import pyarrow

    distinct = connection.execute(
        """
        select doc_id, label_extracted, surface, count(*), is_demonym, bool_and(extractor = 'rule:place')
        from mentions
        group by all
        """
    ).fetchall()
    resolved = resolve_names([Name(*row) for row in distinct], overrides)
    columns = {name: pyarrow.string() for name in Resolved.__dataclass_fields__} | {"is_demonym": pyarrow.bool_()}
    schema = pyarrow.schema(columns)
    connection.register("resolved_names", pyarrow.Table.from_pylist([asdict(one) for one in resolved], schema=schema))
    run_sql(connection, "tasks.resolve", "entities")
    connection.unregister("resolved_names")
