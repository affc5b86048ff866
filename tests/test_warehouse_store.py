"""The connection to DuckDB: what is quoted, what is read, and what a file may lack."""

from __future__ import annotations

import pyarrow
import pytest
from pyarrow import parquet

from warehouse.store import connect, quote_name, quote_text, view_parquet


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
