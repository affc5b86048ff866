"""Near copies: which texts are one story, and that a batch compared with the warehouse gives the stories of a full comparison."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator, Mapping

import duckdb
import pytest

from benchmarks.copies import EDITS, add_documents, open_empty
from tasks.load import delete_documents
from tasks.resolve import resolve_stories

DISPATCH = """Un incendie s'est déclaré dans la nuit de mardi à mercredi dans un entrepôt de meubles de Brévenne-sur-Loue.
Une soixantaine de pompiers ont lutté jusqu'à l'aube contre les flammes, attisées par un vent du nord, a indiqué la préfecture.
Le bâtiment de 4 200 mètres carrés, propriété du groupe Maillard, a été entièrement détruit. Aucun blessé n'est à déplorer.
Les riverains de la rue des Tanneurs ont été hébergés au gymnase municipal. « Nous avons vu les tôles se tordre en quelques minutes »,
raconte Simone Garaud, qui habite en face depuis trente ans. L'école voisine restera fermée jusqu'à lundi par précaution.
Une enquête a été ouverte par le parquet de Saulnes pour déterminer l'origine du sinistre. Le directeur du site, Hervé Lantier,
évoque un court-circuit dans l'atelier de vernissage, remis en service la semaine dernière après des travaux."""
OTHER_PAPER = """À Brévenne-sur-Loue, les habitants se sont réveillés mercredi sous une épaisse fumée. L'entrepôt du groupe Maillard, qui
employait quarante personnes, n'est plus qu'un amas de ferraille. Hervé Lantier, le directeur, cherche déjà des locaux pour reprendre
la production avant la fin du mois. Les salariés, réunis devant les grilles, craignent pour leur emploi : « On ne sait rien, on attend »,
souffle l'un d'eux. La maire, Odette Ferrand, promet une réunion publique vendredi avec les services de la préfecture et les assureurs.
Simone Garaud, une riveraine, a dormi au gymnase municipal avec ses voisins de la rue des Tanneurs, sans savoir quand elle rentrera."""
STAGE = """{winner} a remporté {day} la {number}e étape du Tour de la Loue, disputée sur {km} kilomètres entre {start} et {end}. Le coureur de
l'équipe {team} a devancé au sprint {second} et {third}. Au classement général, {leader} conserve le maillot de leader avec {gap} secondes
d'avance sur {runner_up}. Le départ de la prochaine étape sera donné demain à midi sur la place du marché, et l'arrivée est prévue
vers dix-sept heures. La course est retransmise en direct à la radio et sur le site de l'organisateur."""
STAGES = [
    STAGE.format(
        winner="Luca Brandi", day="mardi", number=4, km=182, start="Saulnes", end="Brévenne", team="Cyclor",
        second="Paul Astier", third="Jan Dekkers", leader="Yves Morand", gap=12, runner_up="Tim Olsen",
    ),
    STAGE.format(
        winner="Marc Delval", day="jeudi", number=6, km=147, start="Vernay", end="Port-Lannec", team="Velosport",
        second="Igor Petrak", third="Ruben Salas", leader="Luca Brandi", gap=41, runner_up="Yves Morand",
    ),
]  # fmt: skip
FILLER = """Retrouvez toute l'actualité de votre commune et des environs sur notre site internet, dans notre application mobile et dans votre journal
papier distribué chaque matin."""
SHORT = " ".join(DISPATCH.split()[:45])
WORDS = (OTHER_PAPER + STAGES[0]).split()


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with open_empty() as connection:
        yield connection


def stories(connection: duckdb.DuckDBPyConnection) -> set[frozenset[str]]:
    """The documents of every story, by name."""
    rows = connection.execute("select list(uri) from documents group by story_id").fetchall()
    return {frozenset(names) for (names,) in rows}


def resolve(connection: duckdb.DuckDBPyConnection, texts: Mapping[str, str], run_id: str) -> set[frozenset[str]]:
    add_documents(connection, texts, run_id)
    resolve_stories(connection, run_id)
    return stories(connection)


@pytest.mark.parametrize("edit", EDITS)
def test_a_changed_text_is_one_story_with_its_original(connection: duckdb.DuckDBPyConnection, edit: str) -> None:
    changed = EDITS[edit](DISPATCH, random.Random(5), WORDS)
    assert changed != DISPATCH
    assert resolve(connection, {"original": DISPATCH, "changed": changed}, "run") == {
        frozenset(("original", "changed"))
    }
    [(similarity,)] = connection.execute("select similarity from duplicates where kind = 'near'").fetchall()
    assert 0.3 < similarity < 1


@pytest.mark.parametrize("edit", EDITS)
def test_a_changed_short_text_is_one_story_with_its_original(connection: duckdb.DuckDBPyConnection, edit: str) -> None:
    changed = EDITS[edit](SHORT, random.Random(5), WORDS)
    assert len(resolve(connection, {"original": SHORT, "changed": changed}, "run")) == 1


@pytest.mark.parametrize("form", ["{body} {filler}", "{filler} {body}"])
def test_short_texts_that_share_a_line_of_the_site_are_as_many_stories(
    connection: duckdb.DuckDBPyConnection, form: str
) -> None:
    bodies = [" ".join(text.split()[start:][:24]) for text in (DISPATCH, OTHER_PAPER, STAGES[0]) for start in (0, 30)]
    texts = {str(number): form.format(body=body, filler=FILLER) for number, body in enumerate(bodies)}
    assert {len(names) for names in resolve(connection, texts, "run")} == {1}


@pytest.mark.parametrize(
    "texts",
    [(DISPATCH, OTHER_PAPER), tuple(STAGES), ("La séance est levée.", "La séance est levée à midi."), ("", "Bref.")],
    ids=["another article on one event", "one form with other names", "very short texts", "an empty text"],
)
def test_texts_that_are_no_copies_are_two_stories(
    connection: duckdb.DuckDBPyConnection, texts: tuple[str, str]
) -> None:
    assert resolve(connection, {"one": texts[0], "two": texts[1]}, "run") == {frozenset(("one",)), frozenset(("two",))}


def test_equal_texts_are_one_story_however_short(connection: duckdb.DuckDBPyConnection) -> None:
    text = "La séance est levée."
    assert resolve(connection, {"one": text, "two": text}, "run") == {frozenset(("one", "two"))}
    assert connection.execute("select kind, similarity from duplicates").fetchall() == [("near", 1.0)]


# A chain: the first and the last have too little in common to be copies by themselves.
WHOLE = DISPATCH.split()
CHAIN = {
    "first": " ".join(WHOLE[: len(WHOLE) // 2]),
    "whole": DISPATCH,
    "last": " ".join(WHOLE[len(WHOLE) // 2 :]),
    "other": OTHER_PAPER,
}


@pytest.mark.parametrize("order", list(itertools.permutations(("first", "whole", "last"))))
def test_batches_in_any_order_make_the_same_stories(
    connection: duckdb.DuckDBPyConnection, order: tuple[str, ...]
) -> None:
    resolve(connection, {"other": OTHER_PAPER}, "run 0")
    for number, name in enumerate(order, 1):
        found = resolve(connection, {name: CHAIN[name]}, f"run {number}")
    assert found == {frozenset(order), frozenset(("other",))}
    rows = sorted(connection.execute("select doc_id, duplicate_of, similarity from duplicates").fetchall())
    resolve_stories(connection, None)
    assert stories(connection) == found
    assert sorted(connection.execute("select doc_id, duplicate_of, similarity from duplicates").fetchall()) == rows
    story_id = min(hashlib.md5(name.encode()).hexdigest() for name in order)
    assert {duplicate_of for _, duplicate_of, _ in rows} == {story_id}


def test_a_story_falls_apart_when_the_document_that_joined_it_leaves(connection: duckdb.DuckDBPyConnection) -> None:
    resolve(connection, CHAIN, "run 1")
    connection.execute("create table scratch.gone as select doc_id from documents where uri = 'whole'")
    delete_documents(connection, "gone")
    resolve_stories(connection, "run 2")
    assert stories(connection) == {frozenset(("first",)), frozenset(("last",)), frozenset(("other",))}
    assert connection.execute("select * from duplicates").fetchall() == []


def test_documents_without_bands_are_compared(connection: duckdb.DuckDBPyConnection) -> None:
    add_documents(connection, CHAIN, "before an upgrade")
    bands = connection.execute("select * from bands order by all").fetchall()
    connection.execute("delete from bands")
    resolve_stories(connection, "run")
    assert connection.execute("select * from bands order by all").fetchall() == bands
    assert stories(connection) == {frozenset(("first", "whole", "last")), frozenset(("other",))}


def test_only_documents_of_the_run_are_compared_again(connection: duckdb.DuckDBPyConnection) -> None:
    resolve(connection, CHAIN, "run 1")
    resolve(connection, {"new": STAGES[0]}, "run 2")
    compared = connection.execute("select uri from scratch.compared_documents inner join documents using (doc_id)")
    assert compared.fetchall() == [("new",)]


def credit(connection: duckdb.DuckDBPyConnection, name: str, agency: str) -> None:
    """Let the page of a document name an agency."""
    connection.execute("update documents set agency = ? where uri = ?", [agency, name])
    connection.execute(
        "insert into evidence by name select doc_id, 1 as evidence_no, 'agency' as field, agency as value, 'credit' as method, "
        "0.8 as confidence, true as is_chosen from documents where uri = ?",
        [name],
    )


def agencies(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str | None, str | None]]:
    """The agency of every document and how it was found, by name."""
    rows = connection.execute("select uri, agency, method from documents left join evidence using (doc_id)").fetchall()
    return {name: (agency, method) for name, agency, method in rows}


def test_the_agency_of_a_story_is_credited_on_its_copies(connection: duckdb.DuckDBPyConnection) -> None:
    add_documents(connection, {"dispatch": DISPATCH, "copy": DISPATCH + "\nÀ suivre.", "other": OTHER_PAPER}, "run")
    credit(connection, "dispatch", "AFP")
    resolve_stories(connection, "run")
    expected = {"dispatch": ("AFP", "credit"), "copy": ("AFP", "copy"), "other": (None, None)}
    assert agencies(connection) == expected
    resolve_stories(connection, "run")
    assert agencies(connection) == expected


def test_a_story_that_two_agencies_claim_credits_none_on_its_copies(connection: duckdb.DuckDBPyConnection) -> None:
    texts = {name: f"{DISPATCH}\n{name}" for name in ("one", "two", "copy")}
    add_documents(connection, texts, "run")
    credit(connection, "one", "AFP")
    resolve_stories(connection, "run")
    assert agencies(connection)["copy"] == ("AFP", "copy")
    connection.execute("delete from evidence where doc_id = md5('two')")
    credit(connection, "two", "Reuters")
    resolve_stories(connection, "run")
    assert agencies(connection) == {"one": ("AFP", "credit"), "two": ("Reuters", "credit"), "copy": (None, None)}


def test_an_agency_credited_by_copy_leaves_with_the_page_that_names_it(connection: duckdb.DuckDBPyConnection) -> None:
    add_documents(connection, {"dispatch": DISPATCH, "copy": DISPATCH + "\nÀ suivre."}, "run")
    credit(connection, "dispatch", "AFP")
    resolve_stories(connection, "run")
    assert agencies(connection)["copy"] == ("AFP", "copy")
    connection.execute("create or replace table scratch.gone as select md5('dispatch') as doc_id")
    delete_documents(connection, "gone")
    resolve_stories(connection, "later")
    assert agencies(connection) == {"copy": (None, None)}
