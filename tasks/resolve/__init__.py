"""resolve: recompute what depends on the whole corpus: versions, near-duplicates, entities and every count over them.

The result is a function of the set of texts and the user's `aliases.csv` alone, whatever the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from tasks.load import delete_documents
from tasks.resolve.entities import AliasOverride, Name, Resolved, resolve_names
from tasks.resolve.union_find import UnionFind
from tasks.runtime.candidate import write_scratch
from tasks.text.bands import band_rows
from warehouse.store import insert_rows, run_sql

if TYPE_CHECKING:
    import duckdb

_BATCH_DOCUMENTS = 1000


def resolve_corpus(
    connection: duckdb.DuckDBPyConnection, overrides: Sequence[AliasOverride] = (), *, run_id: str | None = None
) -> None:
    """Bring the open candidate's versions, stories and entities up to date.

    The documents of the run `run_id` are compared with all others to find near copies; without one, all are compared, with the
    same result. `connection` has a scratch database attached (`open_candidate`).
    """
    run_sql(connection, "tasks.resolve", "shingles")
    _resolve_versions(connection)
    resolve_stories(connection, run_id)
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


def resolve_stories(connection: duckdb.DuckDBPyConnection, run_id: str | None) -> None:
    """Find the near copies of the documents of a run, or of all documents; write stories, `duplicates` and agencies credited.

    Needs the functions that `shingles.sql` makes.
    """
    import pyarrow

    run_sql(connection, "tasks.resolve", "compared", {"run_id": run_id})
    _add_bands(connection)
    run_sql(connection, "tasks.resolve", "near")
    pairs = connection.execute(
        "select doc_id, other_id from scratch.near_pairs union all "
        "select doc_id, story_id from documents anti join scratch.compared_documents using (doc_id) where doc_id <> story_id"
    ).fetchall()
    stories = cluster(pairs)
    rows = [{"doc_id": doc_id, "story_id": story_id} for doc_id, story_id in sorted(stories.items())]
    text = pyarrow.string()
    write_scratch(connection, "stories", rows, pyarrow.schema({"doc_id": text, "story_id": text}))
    run_sql(connection, "tasks.resolve", "stories")
    run_sql(connection, "tasks.resolve", "agencies")


def _add_bands(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the bands of documents without: they come from a warehouse in which texts were compared in another way."""
    without = connection.execute("select doc_id from scratch.compared_documents where not has_bands").fetchall()
    for start in range(0, len(without), _BATCH_DOCUMENTS):
        doc_ids = [doc_id for (doc_id,) in without[start : start + _BATCH_DOCUMENTS]]
        texts = connection.execute(
            "select doc_id, text from documents where doc_id in (select unnest(?))", [doc_ids]
        ).fetchall()
        insert_rows(connection, "bands", [row for doc_id, text in texts for row in band_rows(doc_id, text)])


def _resolve_entities(connection: duckdb.DuckDBPyConnection, overrides: Sequence[AliasOverride]) -> None:
    import pyarrow

    distinct = connection.execute(
        """
        select doc_id, label_extracted, surface, count(*), is_demonym, bool_and(extractor = 'rule:place')
        from mentions
        group by all
        order by doc_id, label_extracted, surface, is_demonym -- sorting sorted names again costs little
        """
    ).fetchall()
    resolved = resolve_names([Name(*row) for row in distinct], overrides)
    types = {name: pyarrow.string() for name in Resolved.__dataclass_fields__} | {"is_demonym": pyarrow.bool_()}
    # by column: a mapping for each row takes ten times as long
    columns = {
        name: pyarrow.array(map(attrgetter(name), resolved), type_, size=len(resolved)) for name, type_ in types.items()
    }
    connection.register("resolved_names", pyarrow.table(columns))
    run_sql(connection, "tasks.resolve", "entities")
    connection.unregister("resolved_names")
