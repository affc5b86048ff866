"""The view v_disagreements: facts are read from sentences of two newsrooms, and the view finds those that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
from planted import without_guards

from tasks.extract import read_facts
from warehouse.facts import Facts
from warehouse.store import TABLES, connect, insert_rows, list_views, read_table_sql, read_view_sql

FIRST = date(2025, 3, 3)  # a Monday
# Sentences of two newsrooms, the second a day after the first: of each pair only one can be right.
CONTRADICTIONS = {
    "one topic in other words": (
        "31 communes ont été touchées, selon la préfecture.",
        "Vingt-huit communes sont sinistrées, selon l'association des maires.",
    ),
    "money": (
        "Les dégâts sont évalués à 2,4 millions d'euros.",
        "Les assureurs chiffrent les dommages à 2,1 millions d'euros.",
    ),
    "the same words": (
        "Le pont suspendu accueille chaque semaine 340 cyclistes venus du littoral.",
        "Le pont suspendu accueille chaque semaine 430 cyclistes venus du littoral.",
    ),
    "a sum and its noun": ("La crue a fait 12 morts.", "Les secours donnent un bilan de 15 morts."),
    "more than what the other counts": ("Plus de 300 personnes ont été évacuées.", "250 personnes ont été évacuées."),
    "the same place": ("À Vannes, 40 maisons ont été détruites.", "À Vannes, la tempête a détruit 60 maisons."),
}
# Pairs about two different things, or that can both be right.
COMPATIBLE = {
    "at least as many": ("Plus de 250 personnes ont été évacuées.", "312 personnes ont été évacuées."),
    "at most as many": ("Moins de 400 personnes ont été évacuées.", "312 personnes ont été évacuées."),
    "about as many": ("Environ 300 personnes ont été évacuées.", "312 personnes ont été évacuées."),
    "a rounded number": (
        "Les dégâts sont évalués à 2,4 millions d'euros.",
        "Les dégâts sont évalués à 2 380 000 euros.",
    ),
    "what is owned by those counted": (
        "31 communes ont été touchées.",
        "Les écoles de sept communes touchées resteront fermées.",
    ),
    "a place, not a sum": ("31 communes sont inondées.", "L'eau monte encore dans quatre communes inondées."),
    "a part": ("31 communes ont été touchées.", "Trois communes supplémentaires sont touchées."),
    "another topic": ("312 personnes ont été évacuées.", "45 personnes ont été blessées."),
    "no topic in common": (
        "312 personnes ont été évacuées.",
        "220 personnes s'étaient présentées au guichet de la mairie.",
    ),
    "another place": ("À Vannes, 40 maisons ont été détruites.", "À Limoges, 60 maisons ont été détruites."),
    "another subject": ("Alpélec emploie 640 personnes.", "Les deux usines emploient 220 personnes."),
    "a later day": ("312 personnes ont été évacuées.", "250 personnes ont été évacuées le 10 mars 2025."),
    "a later day published first": (
        "250 personnes ont été évacuées le 10 mars 2025.",
        "312 personnes ont été évacuées.",
    ),
    "two days": (
        "Le 1er mars 2025, 900 foyers étaient privés de courant.",
        "Le 3 mars 2025, 4 300 foyers étaient privés de courant.",
    ),
}
NAMES = ("Jeanne Morel", "Alain Destrée", "Sylvie Thuillier")


@pytest.fixture(scope="module")
def facts() -> dict[str, Facts]:
    """The facts of every sentence, as of the day it was published."""
    published_on = {
        text: FIRST + timedelta(days=number)
        for pair in (*CONTRADICTIONS.values(), *COMPATIBLE.values())
        for number, text in enumerate(pair)
    }
    days: list[Any] = list(published_on.values())
    return dict(zip(published_on, read_facts(list(published_on), published_at=days), strict=True))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(tmp_path_factory.mktemp("disagreements") / "empty.duckdb") as connection:
        for table in TABLES:
            connection.execute(without_guards(read_table_sql(table)))
        for view in list_views():
            connection.execute(read_view_sql(view))
        yield connection


def find(
    connection: duckdb.DuckDBPyConnection,
    texts: Sequence[str],
    facts: dict[str, Facts],
    days: Sequence[date | None] = (FIRST, FIRST + timedelta(days=1)),
    sources: Sequence[str] = ("source-0", "source-1"),
) -> list[Any]:
    """The rows of the view for documents of one sentence each that have three names in common, published on `days`."""
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("documents", "sentences", "figures", "mentions", "dates", "entities")
    }
    for number, (text, day, source) in enumerate(zip(texts, days, sources, strict=True)):
        doc = {"doc_id": f"doc-{number}"}
        found = facts[text]
        rows["documents"].append(
            {
                **doc,
                "story_id": doc["doc_id"],
                "source_id": source,
                "published_on": day,
                "text": text,
            }
        )
        [sentence] = found.sentences
        rows["sentences"].append({**doc, "sentence_no": 1, **asdict(sentence)})
        for no, figure in enumerate(found.figures, 1):
            row = {**doc, "figure_no": no, "sentence_no": 1, **asdict(figure)}
            rows["figures"].append(row | {"subject_entity_id": figure.subject})
        rows["dates"] += [
            {**doc, "date_no": no, "sentence_no": 1, **asdict(one)} for no, one in enumerate(found.dates, 1)
        ]
        rows["mentions"] += [
            {**doc, "mention_no": no, "sentence_no": 1, "entity_id": one.surface, **asdict(one)}
            for no, one in enumerate(found.mentions, 1)
        ]
        rows["mentions"] += [
            {**doc, "mention_no": 20 + no, "sentence_no": 2, "entity_id": name, "label": "PER", "is_demonym": False}
            for no, name in enumerate(NAMES)
        ]
    named = {row["entity_id"] for row in rows["mentions"]}
    rows["entities"] = [{"entity_id": name, "name": name, "count_documents": 2} for name in sorted(named)]
    connection.execute("begin")
    for table, added in rows.items():
        insert_rows(connection, table, added)
    found_pairs = connection.execute("select value, other_value from v_disagreements").fetchall()
    connection.execute("rollback")
    return found_pairs


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_a_contradiction_is_found(empty: duckdb.DuckDBPyConnection, facts: dict[str, Facts], case: str) -> None:
    assert len(find(empty, CONTRADICTIONS[case], facts)) == 1
    one, _ = CONTRADICTIONS[case]
    assert find(empty, (one, one), facts) == []


@pytest.mark.parametrize("case", COMPATIBLE)
def test_compatible_sentences_are_no_contradiction(
    empty: duckdb.DuckDBPyConnection, facts: dict[str, Facts], case: str
) -> None:
    assert all(facts[text].figures for text in COMPATIBLE[case])
    assert find(empty, COMPATIBLE[case], facts) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("La halle coûtera 3 millions.", "La halle coûtera 5 millions d'euros."), [("3000000", "5000000")]),
        (("La halle coûtera 3 millions de dollars.", "La halle coûtera 5 millions d'euros."), []),
        (("La halle coûtera 3 millions.", "La piscine coûtera 5 millions d'euros."), []),
        (
            ("La halle coûtera entre 3 et 4 millions d'euros.", "Coût du projet : 5,5 millions d'euros."),
            [("3000000–4000000", "5500000")],
        ),
        (("La halle coûtera entre 3 et 4 millions d'euros.", "La halle coûtera 3,6 millions d'euros."), []),
    ],
)
def test_costs_of_one_thing_are_compared_and_ranges_are_shown_by_their_ends(
    empty: duckdb.DuckDBPyConnection, texts: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    read = dict(zip(texts, read_facts(list(texts)), strict=True))
    assert all(facts.figures for facts in read.values())
    assert find(empty, texts, read) == expected


def test_a_toll_that_rises_above_a_lower_bound_is_an_update(empty: duckdb.DuckDBPyConnection) -> None:
    first, bare = "Le séisme a fait au moins 120 morts.", "Le séisme a fait 214 morts."
    for later, expected in (("Le bilan du séisme s'alourdit à 214 morts.", [("120", "214")]), (bare, [])):
        read = dict(zip((first, later), read_facts([first, later]), strict=True))
        assert find(empty, (first, later), read) == expected


def test_what_stays_true_for_long_is_compared_without_a_day_of_publication(empty: duckdb.DuckDBPyConnection) -> None:
    members = ("La Coalition des Estuaires regroupe 31 pays.", "Les 35 membres de la Coalition des Estuaires votent.")
    created = (
        "La Coalition des Estuaires a été créée en mars 2025.",
        "La Coalition des Estuaires est née en mai 2025.",
    )
    toll = ("Le séisme de Kermorvan a fait 12 morts.", "Le séisme de Kermorvan a fait 15 morts.")
    read = dict(zip(pairs := (*members, *created, *toll), read_facts(list(pairs)), strict=True))
    for days in ((FIRST, None), (None, None)):
        assert find(empty, members, read, days) == [("31", "35")]
        assert find(empty, created, read, days) == [("2025-03", "2025-05")]
        assert find(empty, toll, read, days) == []
    assert find(empty, members, read, (None, FIRST)) == [("35", "31")]  # that with a day first
    assert len(find(empty, toll, read)) == 1


def test_what_a_source_repeats_is_one_disagreement(empty: duckdb.DuckDBPyConnection) -> None:
    texts = ("La Coalition des Estuaires regroupe 31 pays.", "Les 35 membres de la Coalition des Estuaires votent.")
    read = dict(zip(texts, read_facts(list(texts)), strict=True))
    repeated = (texts[0],) * 40 + (texts[1],) * 40
    sources = ("one",) * 40 + ("two",) * 40
    assert find(empty, repeated, read, (FIRST,) * 80, sources) == [("31", "35")]
    unknown = find(empty, repeated[37:43], read, (FIRST,) * 6, ("unknown",) * 6)  # may be six newsrooms
    assert len(unknown) == 9


def test_a_week_of_many_statements_has_no_pairs_of_things_without_a_name(empty: duckdb.DuckDBPyConnection) -> None:
    texts = CONTRADICTIONS["a sum and its noun"]
    read = dict(zip(texts, read_facts(list(texts)), strict=True))
    for count, expected in ((4, 4), (502, 0)):
        half = count // 2
        repeated = (texts[0],) * half + (texts[1],) * half
        found = find(empty, repeated, read, (FIRST,) * count, [f"source-{number}" for number in range(count)])
        assert len(found) == expected
