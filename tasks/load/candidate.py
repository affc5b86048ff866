"""load: make the candidate, a copy of the published file nobody else opens, and merge the shard files into it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.identify import KNOWN_TABLES, see_retried
from tasks.read.shard import incoming_schema, line_schema
from tasks.runtime.history import run_row
from tasks.runtime.manifest import Ingredients
from tasks.runtime.shards import list_shard_files, rejection_schema
from tasks.strip.shard import page_schema
from warehouse.errors import RevueError
from warehouse.rows import Input, Run
from warehouse.store import (
    DOCUMENT_TABLES,
    FACT_TABLES,
    arrow_schema,
    connect,
    create_tables,
    insert_rows,
    quote_name,
    read_sql,
    run_sql,
    transaction,
    view_parquet,
)
from warehouse.upgrades import upgrade_tables

if TYPE_CHECKING:
    import duckdb

_STRIPPED = {
    "pages": "shard_pages",
    "lines": "shard_lines",
    "evidence": "shard_evidence",
    "rejected": "shard_strip_rejected",
}
_EXTRACTED = {name: f"shard_{name}" for name in FACT_TABLES} | {"rejected": "shard_extract_rejected"}


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
    connection: duckdb.DuckDBPyConnection, ingredients: Ingredients, *, sources: Sequence[Mapping[str, Any]], run: Run
) -> None:
    """Merge a run's shard files into the open candidate: documents and facts, rejections, duplicates, inputs, sources.

    What another run published since this one identified its records is identified again here, so that a candidate
    rebuilt on a newer file counts each record once.
    """
    values = {"run_id": run.run_id, "recipe": ingredients.recipe, "rejected_at": run.started_at, **ingredients.recipes}
    connection.execute("delete from runs where run_id = ?", [run.run_id])  # it may be known as one that was refused
    insert_rows(connection, "runs", [run_row(run)])
    _see_shards(connection, ingredients.record_folders, ingredients.strip_folders, ingredients.extract_folders)
    see_retried(connection, ingredients.retried)
    run_sql(connection, "tasks.identify", "identify", values)
    run_sql(connection, "tasks.load", "load", values)
    _renew_sources(connection, sources)
    delete_documents(connection, "fresh", DOCUMENT_TABLES)
    _see_inputs(connection, ingredients.inputs, values, run.started_at)
    with transaction(connection):  # after the deletion has been committed: DuckDB checks keys against deleted rows too
        run_sql(connection, "tasks.load", "merge", values)
        _merge_facts(connection)
        run_sql(connection, "tasks.load", "reject", values)


def _merge_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Insert the shards' sentences, facts and signatures of the documents in `extracted`: the views `shard_<table>`."""
    for table in FACT_TABLES:
        shards = quote_name(_EXTRACTED[table])
        connection.execute(
            f"insert into {quote_name(table)} by name "
            f"select * from {shards} semi join extracted on extracted.doc_id = {shards}.doc_id"
        )


def delete_documents(
    connection: duckdb.DuckDBPyConnection, ids: str, tables: Sequence[str] = ("documents", *FACT_TABLES)
) -> None:
    """Delete the rows of the documents listed in the table `ids`, by default all but their lines and evidence."""
    for table in tables:
        connection.execute(f"delete from {quote_name(table)} where doc_id in (select doc_id from {quote_name(ids)})")


def count_outcomes(connection: duckdb.DuckDBPyConnection, run: Run, ingredients: Ingredients) -> Run:
    """The run with what became of every record it read. Raises `RevueError` when one is unaccounted for."""
    counts = dict(connection.execute(read_sql("tasks.load", "outcomes"), {"run_id": run.run_id}).fetchall())
    for table in ("fates", "tried"):  # they have served from load to here; nobody is to find them in the published file
        connection.execute(f"drop table {table}")
    if lost := counts.pop("lost", 0):
        raise RevueError(
            f"{lost} records are unaccounted for, so nothing was published. Run the same command again, and report this."
        )
    counts["unchanged"] = counts.get("unchanged", 0) + ingredients.count_unchanged
    return replace(
        run, count_read=sum(counts.values()), **{f"count_{outcome}": count for outcome, count in counts.items()}
    )


def _see_shards(
    connection: duckdb.DuckDBPyConnection,
    record_folders: Sequence[Path],
    strip_folders: Sequence[Path],
    extract_folders: Sequence[Path],
) -> None:
    import pyarrow

    def see(view: str, folders: Sequence[Path], table: str, schema: pyarrow.Schema) -> None:
        if folders:
            view_parquet(connection, view, list_shard_files(folders, table))
        else:
            connection.register(view, schema.empty_table())

    see("incoming_records", record_folders, "incoming", incoming_schema())
    see("shard_record_lines", record_folders, "record_lines", line_schema())
    see("shard_new_sources", strip_folders, "new_sources", arrow_schema("sources"))
    for table, view in _STRIPPED.items():
        special = {"pages": page_schema, "rejected": rejection_schema}.get(table)
        see(view, strip_folders, table, special() if special else arrow_schema(table))
    for table, view in _EXTRACTED.items():
        see(view, extract_folders, table, rejection_schema() if table == "rejected" else arrow_schema(table))
    for table in KNOWN_TABLES:
        connection.execute(f"create or replace temp view known_{table} as select * from {table}")


def _see_inputs(
    connection: duckdb.DuckDBPyConnection, inputs: Sequence[Input], values: Mapping[str, Any], read_at: datetime
) -> None:
    import pyarrow

    counts = dict(connection.execute("select split_part(uri, '!/', 1), count(*) from fates group by all").fetchall())
    rows = [
        {
            "input_uri": item.uri, "content_hash": item.content_hash, "recipe": values["recipe"],
            "count_records": counts.get(item.uri, 0), "run_id": values["run_id"], "read_at": read_at,
        }
        for item in inputs
    ]  # fmt: skip
    connection.register("run_inputs", pyarrow.Table.from_pylist(rows, schema=arrow_schema("inputs")))


def _renew_sources(connection: duckdb.DuckDBPyConnection, sources: Sequence[Mapping[str, Any]]) -> None:
    """`sources.csv` is the user's and wins; sources met on pages come in as unlisted."""
    connection.execute("delete from sources where is_listed")
    connection.execute(
        "delete from sources where source_id in (select unnest(?))", [[row["source_id"] for row in sources]]
    )
    insert_rows(connection, "sources", sources)
    run_sql(connection, "tasks.load", "sources")
