"""The candidate: a copy of the published file that nobody else opens, with the shard files of the run merged into it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.identify import identify_again
from tasks.load.rejections import record_rejections
from tasks.read.shard import incoming_schema, line_schema
from tasks.runtime.candidate import write_scratch
from tasks.runtime.history import write_run
from tasks.runtime.manifest import Manifest
from tasks.runtime.shards import list_shard_files, rejection_schema
from tasks.strip.shard import page_schema
from warehouse.rows import Input, Run
from warehouse.store import (
    DOCUMENT_TABLES,
    FACT_TABLES,
    arrow_schema,
    connect,
    create_tables,
    insert_rows,
    quote_name,
    run_sql,
    transaction,
    view_parquet,
)
from warehouse.upgrades import upgrade_tables
from warehouse.uris import split_uri

if TYPE_CHECKING:
    import duckdb
    import pyarrow


def make_candidate(published: Path, candidate: Path, *, created_at: datetime) -> None:
    """Copy the published file, if there is one, and bring its tables and views up to this version.

    Raises `UsageError` when the published file was written by a newer revue.
    """
    candidate.unlink(missing_ok=True)
    if published.is_file():
        shutil.copyfile(published, candidate)
    with connect(candidate) as connection:
        upgrade_tables(connection)
        create_tables(connection, created_at=created_at)


def load_candidate(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, *, sources: Sequence[Mapping[str, Any]], run: Run
) -> None:
    """Merge a run's shard files into the open candidate: documents and facts, rejections, duplicates, inputs, sources.

    `connection` has a scratch database attached (`open_candidate`). The records are identified again, because another run
    may have published in the meantime: a candidate rebuilt on a newer file counts each record once.
    """
    recipe = manifest.recipe
    write_run(connection, run)
    _view_shards(connection, manifest)
    identify_again(connection, recipe, run_id=run.run_id, retried=manifest.retried)
    run_sql(connection, "tasks.load", "prepare")
    _renew_sources(connection, sources)
    delete_documents(connection, "fresh_documents", DOCUMENT_TABLES)
    _list_inputs(connection, manifest.inputs, recipe.name, run)
    with transaction(connection):  # after the deletion is committed: DuckDB checks keys against deleted rows too
        run_sql(connection, "tasks.load", "merge", {"run_id": run.run_id, "recipe_extract": recipe.extract})
        _merge_facts(connection)
        record_rejections(connection, run_id=run.run_id, recipe=recipe.name, rejected_at=run.started_at)
        run_sql(connection, "tasks.load", "renew_inputs", {"recipe_strip": recipe.strip, "recipe": recipe.name})
        run_sql(connection, "tasks.load", "same_sources")


def delete_documents(
    connection: duckdb.DuckDBPyConnection, listed: str, tables: Sequence[str] = ("documents", *FACT_TABLES)
) -> None:
    """Delete the rows of the documents in the scratch table `listed`, by default all but their lines and evidence."""
    doc_ids = f"select doc_id from scratch.{quote_name(listed)}"
    for table in tables:
        connection.execute(f"delete from {quote_name(table)} where doc_id in ({doc_ids})")


def _view_shards(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    """Make a view of every table of the run's shards: `incoming_records`, and `shard_<table>` for the others."""

    def view(name: str, folders: Sequence[Path], table: str, schema: pyarrow.Schema) -> None:
        if folders:
            view_parquet(connection, name, list_shard_files(folders, table))
        else:
            connection.register(name, schema.empty_table())

    view("incoming_records", manifest.record_folders, "incoming", incoming_schema())
    view("shard_record_lines", manifest.record_folders, "record_lines", line_schema())
    view("shard_pages", manifest.strip_folders, "pages", page_schema())
    view("shard_strip_rejected", manifest.strip_folders, "rejected", rejection_schema())
    view("shard_new_sources", manifest.strip_folders, "new_sources", arrow_schema("sources"))
    for table in ("lines", "evidence"):
        view(f"shard_{table}", manifest.strip_folders, table, arrow_schema(table))
    view("shard_extract_rejected", manifest.extract_folders, "rejected", rejection_schema())
    for table in FACT_TABLES:
        view(f"shard_{table}", manifest.extract_folders, table, arrow_schema(table))


def _merge_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the facts of the documents in `scratch.extracted_documents` to the candidate."""
    for table in FACT_TABLES:
        connection.execute(
            f"insert into {quote_name(table)} by name select * from {quote_name(f'shard_{table}')} "
            "semi join scratch.extracted_documents as extracted using (doc_id)"
        )


def _list_inputs(connection: duckdb.DuckDBPyConnection, inputs: Sequence[Input], recipe: str, run: Run) -> None:
    """Make `scratch.run_inputs`: the inputs as rows of `inputs`, with the number of records met in each.

    An input that vanished or changed before it was read is none of them: the bytes of its hash were not met.
    """
    rows_met = connection.execute("select uri, reason from scratch.record_status").fetchall()
    counts = Counter(split_uri(uri)[0] for uri, _ in rows_met)
    missed = {uri for uri, reason in rows_met if reason in ("unreadable", "changed")}
    rows = [
        {
            "input_uri": item.uri, "content_hash": item.content_hash, "recipe": recipe,
            "count_records": counts[item.uri], "run_id": run.run_id, "read_at": run.started_at,
        }
        for item in inputs
        if not (item.content_hash and item.uri in missed)
    ]  # fmt: skip
    write_scratch(connection, "run_inputs", rows, arrow_schema("inputs"))


def _renew_sources(connection: duckdb.DuckDBPyConnection, sources: Sequence[Mapping[str, Any]]) -> None:
    """Replace the listed sources by those of the user's `sources.csv`; sources met on pages are added as unlisted."""
    connection.execute("delete from sources where is_listed")
    connection.execute(
        "delete from sources where source_id in (select unnest(?))", [[row["source_id"] for row in sources]]
    )
    insert_rows(connection, "sources", sources)
    run_sql(connection, "tasks.load", "sources")
