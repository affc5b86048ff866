"""Documents by name: a file that was read again under the same name is its newest text."""

from __future__ import annotations

import pytest
from small_warehouse import name_id, write_warehouse

from warehouse.browse.explain import find_document
from warehouse.errors import UsageError
from warehouse.store import connect, insert_rows, open_warehouse


def write(path, *, kind, duplicate_of):
    texts = [{"text": "Nouveau.", "uri": "page.txt"}, {"text": "Autre.", "uri": "other.txt"}]
    warehouse = write_warehouse(path, texts)
    older = {"doc_id": name_id("Ancien."), "record_uri": "page.txt", "record_no": 1, "source_id": "unknown"}
    with connect(warehouse) as connection:
        insert_rows(
            connection, "duplicates",
            [{**older, "kind": kind, "duplicate_of": name_id(duplicate_of), "similarity": 0.9, "run_id": "20250401T080000-aaaa"}],
        )  # fmt: skip
    return warehouse


def test_a_name_means_the_published_text_when_the_others_are_its_older_ones(tmp_path):
    with open_warehouse(write(tmp_path / "w.duckdb", kind="version", duplicate_of="Nouveau.")) as connection:
        assert find_document(connection, "page.txt")["doc_id"] == name_id("Nouveau.")
        assert find_document(connection, name_id("Ancien."))["place"] == "duplicates"


def test_a_name_of_two_unrelated_documents_is_ambiguous(tmp_path):
    warehouse = write(tmp_path / "w.duckdb", kind="version", duplicate_of="Autre.")
    with open_warehouse(warehouse) as connection, pytest.raises(UsageError, match="2 documents are called"):
        find_document(connection, "page.txt")
