"""Records taken from the warehouse: shards as read writes them, with the raw text put together from `lines`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from tasks.read import source_key
from tasks.read.shard import RecordShard, incoming_schema, line_schema, record_schema
from tasks.recall.shard_tree import ShardTable, write_tree
from tasks.runtime.run_folder import RunFolder
from warehouse.store import read_query

if TYPE_CHECKING:
    import duckdb
    import pyarrow

# The fields of `evidence` and the names under which a record gives them.
_GIVEN = {"title": "title", "author": "author", "published": "date", "source": "source", "language": "language"}
_INCOMING = (
    "select shard_no, uri, record_no, doc_id, null::text as reason, null::text as detail from scratch.recalled_shards "
    "order by shard_no, uri, record_no, doc_id"
)


def recall_records(
    connection: duckdb.DuckDBPyConnection, folder: RunFolder, *, shard_bytes: int
) -> tuple[list[RecordShard], list[RecordShard]]:
    """Write the documents of `scratch.recalled` as records: those that are stripped again, and those that are not.

    The latter have a place in the run and no content. Lines are not counted again: `line_counts` knows them.
    """
    incoming, lines = ShardTable(incoming_schema(), _INCOMING), ShardTable(line_schema())
    again = {
        "records": ShardTable(record_schema(), read_query("tasks.recall", "records"), _make_records),
        "incoming": incoming,
        "record_lines": lines,
    }
    as_it_is = {"records": ShardTable(record_schema()), "incoming": incoming, "record_lines": lines}
    return (
        _list(connection, folder, again, shard_bytes, is_stripped_again=True),
        _list(connection, folder, as_it_is, shard_bytes, is_stripped_again=False),
    )


def _list(
    connection: duckdb.DuckDBPyConnection,
    folder: RunFolder,
    tables: Mapping[str, ShardTable],
    shard_bytes: int,
    *,
    is_stripped_again: bool,
) -> list[RecordShard]:
    step = "recall_records" if is_stripped_again else "recall_places"
    folders = write_tree(connection, folder, step, tables, is_stripped_again=is_stripped_again, shard_bytes=shard_bytes)
    counts = connection.execute("select count(*) from scratch.recalled_shards group by shard_no order by shard_no")
    return [RecordShard(str(path), count) for path, (count,) in zip(folders, counts.fetchall(), strict=True)]


def _make_records(rows: pyarrow.Table) -> pyarrow.Table:
    import pyarrow

    return pyarrow.Table.from_pylist([_make_record(row) for row in rows.to_pylist()], schema=record_schema())


def _make_record(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `records`: what the record itself gave stands in `evidence` with the method record."""
    given: dict[str, list[str]] = {}
    for one in row["given"]:
        given.setdefault(one["field"], []).append(one["value"])
    url = given.get("url", [None])[0]
    fields = {name: "; ".join(given[field]) for field, name in _GIVEN.items() if field in given}
    if "date" in fields:
        fields["date"] = _restore_zone(given["published"][0], row)
    return {
        **{name: row[name] for name in ("doc_id", "uri", "record_no", "content", "encoding", "is_clean")},
        "kind": "text",
        "url": url,
        "source_key": source_key(row["uri"], url, fields.get("source")),
        "given": json.dumps(fields),
    }


def _restore_zone(value: str, row: Mapping[str, Any]) -> str:
    """The date that a record gave, with its zone: `evidence` has the local time alone, `documents` the moment."""
    if row["published_zone"] != "given" or row["published_at"] is None:
        return value
    local = datetime.fromisoformat(value)
    offset = local - row["published_at"]
    if local.date() != row["published_on"] or abs(offset) >= timedelta(hours=24):
        return value
    return local.replace(tzinfo=timezone(offset) if offset else UTC).isoformat()
