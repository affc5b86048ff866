"""The views that answer who said what, and who holds which office."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from planted import build_warehouse

from warehouse.store import connect


@pytest.fixture
def connection(tmp_path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(build_warehouse(tmp_path / "revue.duckdb", documents_per_source=2)) as opened:
        yield opened


def test_v_quotes_answers_who_said_what_about_whom(connection):
    doc_id, start = connection.execute("select doc_id, start_char from quotes order by doc_id limit 1").fetchone()
    connection.execute(
        "update mentions set start_char = ?, end_char = ? where doc_id = ? and mention_no = 1",
        [start, start + 3, doc_id],
    )
    name = connection.execute(
        "select name from entities join mentions using (entity_id) where doc_id = ? and mention_no = 1", [doc_id]
    ).fetchone()[0]
    found = connection.execute(
        "select speaker, role, quote, about, doc_id from v_quotes where list_contains(about, ?)", [name]
    ).fetchall()
    surface = connection.execute("select surface from quotes where doc_id = ?", [doc_id]).fetchone()[0]
    assert found == [("Odile Kervadec", "adjointe au maire", surface, [name], doc_id)]
    assert (
        connection.execute("select count(*) from v_quotes").fetchone()
        == connection.execute("select count(*) from quotes").fetchone()
    )


def test_quotes_that_near_copies_repeat_have_one_story(connection):
    connection.execute("update documents set story_id = (select min(doc_id) from documents)")
    [(quotes, stories)] = connection.execute("select count(*), count(distinct story_id) from v_quotes").fetchall()
    assert quotes > 1 and stories == 1


def test_a_speaker_without_a_name_is_quoted_in_its_words(connection):
    connection.execute("update quotes set speaker = 'une voisine', speaker_entity_id = null")
    assert connection.execute("select distinct speaker, role from v_quotes").fetchall() == [("une voisine", None)]


def test_v_offices_follows_an_office_over_time(connection):
    first, last = connection.execute("select doc_id from roles order by doc_id limit 2").fetchall()
    connection.execute("delete from roles where doc_id not in (?, ?)", [first[0], last[0]])
    connection.execute("update roles set organisation = 'Pont-Marin', organisation_entity_id = null, role = 'Maire'")
    connection.execute("update documents set published_on = '2024-01-02' where doc_id = ?", [first[0]])
    connection.execute("update documents set published_on = '2025-06-07' where doc_id = ?", [last[0]])
    query = "select organisation, role, name, first_on::text, last_on::text, count_documents from v_offices"
    assert connection.execute(query).fetchall() == [
        ("Pont-Marin", "maire", "Odile Kervadec", "2024-01-02", "2025-06-07", 2)
    ]
    connection.execute(
        "update roles set name = 'Karim Sellier', entity_id = null, is_former = false where doc_id = ?", [last[0]]
    )
    assert connection.execute(query).fetchall() == [
        ("Pont-Marin", "maire", "Odile Kervadec", "2024-01-02", "2024-01-02", 1),
        ("Pont-Marin", "maire", "Karim Sellier", "2025-06-07", "2025-06-07", 1),
    ]
    connection.execute("update roles set is_former = true")
    assert connection.execute(query).fetchall() == []


def test_v_offices_joins_the_forms_of_one_office(connection):
    first, last = connection.execute("select doc_id from roles order by doc_id limit 2").fetchall()
    connection.execute("delete from roles where doc_id not in (?, ?)", [first[0], last[0]])
    connection.execute("update roles set role = 'Présidente', office = 'president'")
    connection.execute(
        "update roles set name = 'Karim Sellier', entity_id = null, role = 'président', organisation = 'Vannes', "
        "organisation_entity_id = null where doc_id = ?",
        [last[0]],
    )
    query = "select role, name from v_offices order by name"
    connection.execute("update roles set organisation = 'Vannes', organisation_entity_id = null")
    assert connection.execute(query).fetchall() == [("présidente", "Karim Sellier"), ("présidente", "Odile Kervadec")]
    connection.execute("update roles set office = null")
    assert connection.execute(query).fetchall() == [("président", "Karim Sellier"), ("présidente", "Odile Kervadec")]


def test_every_column_of_the_views_has_a_comment(connection):
    for view in ("v_quotes", "v_offices"):
        columns = connection.execute(
            "select column_name, comment from duckdb_columns() where table_name = ? order by column_index", [view]
        ).fetchall()
        assert len(columns) > 5 and all(comment for _, comment in columns)
