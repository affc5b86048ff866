"""The registry of fact kinds: what it declares is there, and the view `facts` holds the facts of every kind."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from planted import build_warehouse

from tasks.extract.fact_rows import fact_rows
from tasks.extract.recipe import extract_recipe
from tasks.page.lines import PositionMap
from warehouse.browse.explain import explain_document
from warehouse.facts import FACT_KINDS, SENTENCE, DateMention, FactKind, Facts, Figure, Mention, Quote, Role, Sentence
from warehouse.rows import Line
from warehouse.settings import Settings
from warehouse.store import FACT_TABLES, arrow_schema, connect

KINDS = (SENTENCE, *FACT_KINDS)
# What the table adds to the columns of the row class.
ADDED = {"doc_id", "raw_start", "raw_end", "sentence_no"}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory):
    return build_warehouse(tmp_path_factory.mktemp("facts") / "revue.duckdb")


def test_facts_hold_one_field_for_each_kind():
    assert [field.name for field in fields(Facts)] == [kind.table for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_table_of_a_kind_has_the_columns_of_its_row_class(kind: FactKind):
    columns = set(arrow_schema(kind.table).names)
    assert {field.name for field in fields(kind.row)} | ADDED | {kind.number} <= columns
    assert set(kind.shown) <= columns
    assert kind.table in FACT_TABLES


def test_the_view_facts_holds_the_facts_of_every_kind_with_the_same_positions(warehouse):
    shared = "surface, start_char, end_char, raw_start, raw_end, sentence_no"
    with connect(warehouse, read_only=True) as connection:
        counts = dict(connection.execute("select kind, count(*) from facts group by all").fetchall())
        assert counts.keys() == {kind.name for kind in FACT_KINDS}
        for kind in FACT_KINDS:
            held = connection.execute(
                f"select doc_id, {kind.number}, {shared} from {kind.table} order by all"
            ).fetchall()
            found = connection.execute(
                f"select doc_id, no, {shared} from facts where kind = ? order by all", [kind.name]
            )
            assert found.fetchall() == held != []


def test_every_column_of_the_view_facts_has_a_comment(warehouse):
    with connect(warehouse, read_only=True) as connection:
        comments = connection.execute("select column_name, comment from duckdb_columns() where table_name = 'facts'")
        rows = comments.fetchall()
    assert [name for name, comment in rows if not comment] == []
    assert [name for name, _ in rows] == [
        "doc_id",
        "kind",
        "no",
        "surface",
        "start_char",
        "end_char",
        "raw_start",
        "raw_end",
        "sentence_no",
    ]


def test_explain_shows_the_facts_of_every_kind_and_the_columns_declared(warehouse):
    with connect(warehouse, read_only=True) as connection:
        [(doc_id,)] = connection.execute("select min(doc_id) from documents").fetchall()
    facts = explain_document(warehouse, doc_id).facts
    assert list(facts) == [*(kind.table for kind in FACT_KINDS), "evidence"]
    for kind in FACT_KINDS:
        assert facts[kind.table]
        assert not kind.shown or tuple(facts[kind.table][0]) == kind.shown


def test_rows_are_numbered_in_the_order_of_the_text_and_refer_to_their_sentence():
    text = "Il pleut. Odile Kervadec, maire, a dit « non » jeudi à 12 élus."
    line = Line(1, 5, 5 + len(text), text, "body", True, "prose", 1.0, 0, len(text))

    def at(surface: str) -> tuple[int, int, str]:
        start = text.index(surface)
        return start, start + len(surface), surface

    facts = Facts(
        sentences=(Sentence(*at("Il pleut.")), Sentence(*at(text[10:]), language="fr")),
        mentions=(
            Mention(*at("Kervadec"), label="PER", label_extracted="LOC", extractor="by hand"),
            Mention(*at("Odile"), label="PER", label_extracted="PER", extractor="by hand"),
        ),
        dates=(DateMention(*at("jeudi"), timex="2025-05-22", granularity="day", starts_on=date(2025, 5, 22)),),
        figures=(Figure(*at("12"), value=12, kind="count"),),
        quotes=(Quote(*at("« non »")),),
        roles=(Role(*at("Odile Kervadec, maire"), name="Odile Kervadec", role="maire"),),
    )
    tables = fact_rows("d", facts, PositionMap([line]))
    assert list(tables) == [kind.table for kind in KINDS]
    assert [(row["sentence_no"], row["language"]) for row in tables["sentences"]] == [(1, "und"), (2, "fr")]
    assert [(row["mention_no"], row["surface"], row["label_extracted"]) for row in tables["mentions"]] == [
        (1, "Odile", "PER"),
        (2, "Kervadec", "PER"),
    ]
    for kind in KINDS:
        for number, row in enumerate(tables[kind.table], 1):
            assert row["doc_id"] == "d" and row[kind.number] == number
            assert (row["raw_start"], row["raw_end"]) == (row["start_char"] + 5, row["end_char"] + 5)
            assert row["sentence_no"] == (1 if row["surface"] == "Il pleut." else 2)


def test_a_new_kind_changes_the_recipe_of_extract(monkeypatch):
    recipe = extract_recipe(Settings())
    assert extract_recipe(Settings()) == recipe
    monkeypatch.setattr("tasks.extract.recipe.FACT_KINDS", FACT_KINDS[:-1])
    assert extract_recipe(Settings()) != recipe
