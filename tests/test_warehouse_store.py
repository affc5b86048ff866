"""The connection to DuckDB: what is quoted, what is read, and what a file may lack."""

from __future__ import annotations

import struct

import pyarrow
import pytest
from pyarrow import parquet

from warehouse import store
from warehouse.errors import UsageError
from warehouse.store import TABLES, arrow_schema, connect, open_warehouse, quote_name, quote_text, view_parquet


def test_a_column_that_a_shard_file_does_not_have_is_null(tmp_path):
    old, new = tmp_path / "old.parquet", tmp_path / "new.parquet"
    parquet.write_table(pyarrow.table({"doc_id": ["a"]}), old)
    parquet.write_table(pyarrow.table({"mention_no": [3], "doc_id": ["b"]}), new)
    for files in ([old, new], [new, old]):
        with connect() as connection:
            view_parquet(connection, "shard_roles", files)
            rows = connection.execute("select doc_id, mention_no from shard_roles order by doc_id").fetchall()
        assert rows == [("a", None), ("b", 3)]


@pytest.mark.parametrize("text", ["l'été", "'; drop table meta; --", 'a "name"', ""])
def test_quoted_texts_and_names_stand_for_themselves(text):
    with connect() as connection:
        assert connection.execute(f"select {quote_text(text)}").fetchall() == [(text,)]
        if text:
            cursor = connection.execute(f"select 1 as {quote_name(text)}")
            assert [column[0] for column in cursor.description] == [text]


def _with_version(content: bytes, version: int) -> bytes:
    """A DuckDB file with another storage version in its header, and the checksum of that."""
    head = bytearray(content[:4096])
    head[12:20] = struct.pack("<Q", version)
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", head[8:]):
        checksum ^= word * 0xBF58476D1CE4E5B9 & 2**64 - 1
    head[:8] = struct.pack("<Q", checksum)
    return bytes(head) + content[4096:]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda content: _with_version(content, 39), "another version of DuckDB (storage version 39)"),
        (lambda content: _with_version(content, 99), "another version of DuckDB (storage version 99)"),
        (lambda content: content[:40] + b"xxxx" + content[44:], "is damaged"),
        (lambda content: content[:20_000], "is damaged"),
        (lambda content: b"no database at all, " * 99, "is not a revue warehouse"),
        (lambda content: b"", "is not a revue warehouse"),
    ],
    ids=["older", "newer", "damaged", "cut", "text", "empty"],
)
def test_a_file_that_cannot_be_opened_is_described(tmp_path, change, sentence):
    path = tmp_path / "w.duckdb"
    with connect(path) as connection:
        connection.execute("create table numbers as select range as number from range(100000)")
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(UsageError) as raised:
        open_warehouse(path)
    assert sentence in str(raised.value)
    assert "Another program" not in str(raised.value)


def test_the_sentence_about_a_damaged_file_names_the_last_file_it_replaced(tmp_path):
    path = tmp_path / "w.duckdb"
    with connect(path) as connection:
        connection.execute("create table numbers as select 1 as number")
    for run_id in ("20260101T000000-bbbb", "20260102T000000-aaaa"):
        kept = tmp_path / "w.duckdb.runs" / run_id / "previous.duckdb"
        kept.parent.mkdir(parents=True)
        kept.write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises(UsageError, match=r"20260102T000000-aaaa/previous\.duckdb over it"):
        open_warehouse(path)


def test_the_schemas_of_all_tables_are_read_through_one_connection(monkeypatch):
    opened = []

    def count(*given, **named):
        opened.append(connect(*given, **named))
        return opened[-1]

    monkeypatch.setattr(store, "connect", count)
    store._arrow_schemas.cache_clear()
    assert all(arrow_schema(table).names for table in TABLES)
    assert arrow_schema("entities").field("aliases").type == pyarrow.list_(pyarrow.string())
    assert len(opened) == 1
    with pytest.raises(Exception, match="closed"):
        opened[0].execute("select 1")
