"""Stripped pages taken from the warehouse: shards as strip writes them, of which extract makes facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tasks.recall.shard_tree import ShardTable, write_tree
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import rejection_schema
from tasks.strip.shard import page_schema
from warehouse.store import arrow_schema

if TYPE_CHECKING:
    import duckdb

_QUERY = (
    "select recalled.shard_no, {table}.* from published.{table} join scratch.recalled_shards as recalled using (doc_id) "
    "order by recalled.shard_no, recalled.uri, recalled.record_no, doc_id{order}"
)


def recall_pages(connection: duckdb.DuckDBPyConnection, folder: RunFolder, *, shard_bytes: int) -> list[Path]:
    """Write the documents of `scratch.recalled` whose text stays as it is; returns the folders of their shards."""
    tables = {
        "pages": ShardTable(page_schema(), _QUERY.format(table="documents", order="")),
        "lines": ShardTable(arrow_schema("lines"), _QUERY.format(table="lines", order=", line_no")),
        "evidence": ShardTable(arrow_schema("evidence"), _QUERY.format(table="evidence", order=", evidence_no")),
        "rejected": ShardTable(rejection_schema()),
        "new_sources": ShardTable(arrow_schema("sources")),  # they are in the warehouse
    }
    return write_tree(connection, folder, "recall", tables, is_stripped_again=False, shard_bytes=shard_bytes)
