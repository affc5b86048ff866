"""`revue forget`: take a document out of a warehouse for good, with its older versions and everything made of them.

The candidate is written as a new file, not changed in place: DuckDB leaves deleted text in the blocks of a file.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.runtime.traces import Traces, remove_artifacts, remove_files
from flows.runtime.warehouse_lock import hold_idle_warehouse
from tasks.load import delete_documents, make_candidate
from tasks.publish import BaseChanged, publish_candidate
from tasks.resolve import resolve_corpus
from tasks.resolve.entities import read_overrides
from tasks.runtime.candidate import open_candidate
from tasks.runtime.history import carry_history
from tasks.runtime.published_file import fingerprint, wait_for_writer
from tasks.runtime.run_folder import RunFolder, name_run
from warehouse.browse.explain import find_document
from warehouse.companions import Companions
from warehouse.errors import RevueError, UsageError
from warehouse.store import (
    DOCUMENT_TABLES,
    TABLES,
    attach,
    connect,
    create_tables,
    fetch_rows,
    open_warehouse,
    quote_name,
    read_sql,
    run_sql,
    transaction,
)

if TYPE_CHECKING:
    import duckdb

    from flows.runtime.server import Server

_MOST_REBUILDS = 5


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten: the document and its older versions; `near_copies` are the published documents like it."""

    doc_id: str
    uri: str
    title: str | None
    older_versions: tuple[str, ...]
    near_copies: tuple[str, ...]
    is_repeated: bool = False


def find_forgotten(companions: Companions, name: str) -> Forgotten:
    """The document called `name`, as `revue explain` finds it, with its older versions.

    A document that was forgotten before is found too, by its doc_id or uri: what an interrupted command left is then removed.
    Raises `UsageError` when no document is called so, or several are.
    """
    with open_warehouse(companions.path) as connection:
        try:
            place = find_document(connection, name)
        except UsageError:
            if earlier := _find_earlier(connection, name):
                return earlier
            raise
        values = {"doc_id": place["doc_id"]}
        older = fetch_rows(connection, read_sql("flows", "forget_versions"), values)
        copies = fetch_rows(connection, read_sql("warehouse.browse", "sql/diff/partners"), values)
        titles = fetch_rows(connection, "select title from documents where doc_id = $doc_id", values)
    return Forgotten(
        place["doc_id"],
        place["uri"],
        titles[0]["title"] if titles else None,
        tuple(row["doc_id"] for row in older),
        tuple(row["doc_id"] for row in copies if row["kind"] == "near"),
    )


def _find_earlier(connection: duckdb.DuckDBPyConnection, name: str) -> Forgotten | None:
    if not fetch_rows(connection, "select 1 from duckdb_tables() where table_name = 'forgotten'"):
        return None
    known = fetch_rows(
        connection,
        "select doc_id, uri from forgotten where uri = $name or len($name) >= 4 and starts_with(doc_id, $name)",
        {"name": name},
    )
    return Forgotten(known[0]["doc_id"], known[0]["uri"], None, (), (), is_repeated=True) if len(known) == 1 else None


def forget(companions: Companions, found: Forgotten, server: Server, *, because: str, by: str) -> None:
    """Publish the warehouse without a document, then remove what other files and Prefect hold of it.

    Raises `UsageError` while a run of this warehouse is under way, whose files hold the document.
    """
    with hold_idle_warehouse(companions.runs, "revue forget"):
        if found.is_repeated:
            traces = _list_earlier(companions)
        else:
            traces = _publish_without(companions, found, because=because, by=by)
        remove_artifacts(companions, traces, server.wait())
        remove_files(companions, traces)


def _list_earlier(companions: Companions) -> Traces:
    """What names the documents forgotten so far; their titles and names are no longer known."""
    with open_warehouse(companions.path) as connection:
        rows = fetch_rows(connection, "select doc_id, uri from forgotten")
    return Traces(tuple(row["doc_id"] for row in rows), tuple(row["uri"] for row in rows))


def _publish_without(companions: Companions, found: Forgotten, *, because: str, by: str) -> Traces:
    """Replace the published file by one without the document; returns what to look for elsewhere."""
    folder = RunFolder.create(companions.runs, f"{name_run(datetime.now(UTC))}.forget")
    try:
        for _ in range(_MOST_REBUILDS):
            wait_for_writer(companions.path)
            base = fingerprint(companions.path)
            traces = _build(companions, folder, found, {"because": because, "forgotten_by": by})
            try:
                publish_candidate(folder.candidate, companions.path, None, base)
            except BaseChanged:
                continue
            return traces
    finally:
        shutil.rmtree(folder.path)
    raise RevueError("Runs kept publishing to the same warehouse. Run the same command again when they are done.")


def _build(companions: Companions, folder: RunFolder, found: Forgotten, reason: Mapping[str, str]) -> Traces:
    """Write the candidate without the document and return what names it elsewhere."""
    edited = folder.path / "edited.duckdb"
    now = datetime.now(UTC)
    make_candidate(companions.path, folder.candidate, created_at=now)
    with open_candidate(folder) as connection:
        carry_history(connection, companions.runs)
        connection.execute("create or replace table scratch.forgotten_documents (doc_id text, uri text)")
        uris = _list_uris(connection, found)
        connection.executemany("insert into scratch.forgotten_documents values (?, ?)", list(uris.items()))
        traces = Traces(tuple(uris), _list_words(connection, uris))
        entities = dict(connection.execute("select entity_id, name from entities").fetchall())
        names = {name for (name,) in connection.execute("select name from entity_names").fetchall()}
        delete_documents(connection, "forgotten_documents", DOCUMENT_TABLES)
        with transaction(connection):
            run_sql(connection, "flows", "forget", {**reason, "forgotten_at": now})
        resolve_corpus(connection, read_overrides(companions.aliases), run_id=folder.run_id)
        left = {entity_id for (entity_id,) in connection.execute("select entity_id from entities").fetchall()}
        names -= {name for (name,) in connection.execute("select name from entity_names").fetchall()}
        traces = replace(traces, words=(*traces.words, *sorted(names)))
        ids = [*traces.doc_ids, *(entities.keys() - left)]
        run_sql(
            connection,
            "flows",
            "forget_traces",
            {"ids": ids, "words": [word for word in traces.words if len(word) > 2]},
        )
    _rewrite(folder, edited)
    return traces


def _list_uris(connection: duckdb.DuckDBPyConnection, found: Forgotten) -> dict[str, str]:
    """The documents to forget, and where each was read: published, rejected, or as an older version."""
    places = fetch_rows(connection, read_sql("warehouse.browse", "sql/explain/places"))
    uris = {place["doc_id"]: place["uri"] for place in reversed(places)}
    return {doc_id: uris.get(doc_id, found.uri) for doc_id in (found.doc_id, *found.older_versions)}


def _list_words(connection: duckdb.DuckDBPyConnection, uris: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses and titles by which a page or an example of a check may name the documents."""
    rows = connection.execute(
        "select title, url from documents where doc_id in (select unnest($ids)) union all "
        "select value, null from evidence where field = 'title' and doc_id in (select unnest($ids))",
        {"ids": list(uris)},
    ).fetchall()
    return tuple(sorted({word for row in rows for word in row if word} | set(uris.values())))


def _rewrite(folder: RunFolder, edited: Path) -> None:
    """Write the candidate anew from its rows."""
    folder.candidate.rename(edited)
    with connect(folder.candidate) as connection:
        create_tables(connection)
        connection.execute("delete from meta")
        attach(connection, edited, "edited")
        for table in TABLES:
            connection.execute(f"insert into {quote_name(table)} by name select * from edited.{quote_name(table)}")
        connection.execute("checkpoint")
    edited.unlink()
