"""`revue diff`: what changed between a document and its older text, its near copy, or another document."""

from __future__ import annotations

import json

import pytest
from small_warehouse import name_id, write_warehouse

from warehouse.browse.diff import Change, compare_document
from warehouse.errors import UsageError
from warehouse.store import connect, insert_rows


def test_an_older_text_is_compared_from_either_side(published, rows):
    [(old, new)] = rows(published, "select doc_id, duplicate_of from duplicates where kind = 'version'")
    [[one], [other]] = (compare_document(published, name) for name in (old, new))
    assert one == other
    assert (one.before_id, one.after_id, one.kind) == (old, new, "version")
    assert one.changes and one.count_equal > 0
    assert all(change.before != change.after for change in one.changes)


def test_a_near_copy_is_compared_with_its_partner(published, rows):
    [(copy,)] = rows(published, "select doc_id from documents where uri like '04%'")
    [(partner,)] = rows(published, "select doc_id from documents where uri like '03%'")
    [difference] = compare_document(published, copy)
    assert (difference.before_id, difference.after_id, difference.kind) == (partner, copy, "near")
    assert 0.3 < difference.similarity <= 1
    assert "title" in difference.description


def test_sentences_that_share_most_words_are_one_change(published, rows):
    [(old, new)] = rows(published, "select doc_id, duplicate_of from duplicates where kind = 'version'")
    [difference] = compare_document(published, new, old)
    text = {
        doc_id: " ".join(
            line for (line,) in rows(published, f"select line from lines where doc_id = '{doc_id}' and is_kept")
        )
        for doc_id in (old, new)
    }
    for change in difference.changes:
        assert change.before in " ".join(text[old].split()) and change.after in " ".join(text[new].split())
        assert change != Change("", "")


def test_two_documents_that_are_no_copies_are_compared(published):
    [difference] = compare_document(
        published, "01_crue-ardive-premier-bilan.txt", "05_ligne-port-aubry-montreval-rouvre.txt"
    )
    assert (difference.kind, difference.similarity, difference.count_equal) == ("", None, 0)


def test_a_document_without_partner_is_refused(published):
    with pytest.raises(UsageError, match="no older text and no near copy"):
        compare_document(published, "01_crue-ardive-premier-bilan.txt")


def test_the_command_prints_the_changes(revue, published_folder):
    done = revue("diff", "13_records.jsonl#6", cwd=published_folder)
    text = done.stdout.decode()
    assert done.returncode == 0 and "is a newer text of" in text
    assert "  - " in text or "  + " in text
    [difference] = json.loads(revue("diff", "13_records.jsonl#6", "--json", cwd=published_folder).stdout)
    assert difference["kind"] == "version" and difference["changes"]
    assert revue("diff", "nobody", cwd=published_folder).returncode == 2


def test_typographic_variants_are_no_change(tmp_path):
    texts = ["L’usine « ouvre » l’été.", "L'usine \"ouvre\" l'été."]
    path = write_warehouse(tmp_path / "revue.duckdb", [{"text": text} for text in texts])
    with connect(path) as connection:
        for text in texts:
            connection.execute(
                "insert into lines by name select ? as doc_id, 1 as line_no, 0 as raw_start, 1 as raw_end, ? as line, "
                "0 as text_start, 1 as text_end, 'body' as kind, true as is_kept, 'prose' as reason, 1.0 as score",
                [name_id(text), text],
            )
    [difference] = compare_document(path, name_id(texts[0]), name_id(texts[1]))
    assert (difference.changes, difference.count_equal) == ([], 2)  # a quotation mark may end a sentence


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        (("credit", "copy"), {}),
        (("copy", None), {}),
        (("credit", None), {"agency": Change("AFP", "")}),
        ((None, "credit"), {"agency": Change("", "AFP")}),
    ],
)
def test_an_agency_credited_from_a_copy_is_no_difference(tmp_path, methods, expected):
    texts = ["Le maire parle.", "Le maire a parlé."]
    path = write_warehouse(tmp_path / "revue.duckdb", [{"text": text} for text in texts])
    with connect(path) as connection:
        for text, method in zip(texts, methods, strict=True):
            if method:
                row = {"doc_id": name_id(text), "evidence_no": 1, "field": "agency", "value": "AFP", "method": method}
                insert_rows(connection, "evidence", [row | {"confidence": 0.9, "is_chosen": True}])
    [difference] = compare_document(path, *map(name_id, reversed(texts)))
    assert difference.description == expected
