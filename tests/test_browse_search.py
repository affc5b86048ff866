"""`revue search`: inflected forms, accents, order, the sentence shown, and an index that follows the warehouse."""

from __future__ import annotations

import importlib.util
import re

import pytest
from small_warehouse import name_id, write_warehouse

from flows.cli.search import search as search_command
from warehouse.browse import search_index
from warehouse.browse.search import fold, search
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.store import connect

PORT = "Le port de Brévenne rouvre lundi.\n\nLes équipages demandent une garantie de sécurité.\n\nRien d'autre."
TREATY = "Les garanties offertes portent sur la sécurité des élus de Saulnes.\n\nLe maire s'en félicite."
COAST = "L'œuvre du sculpteur est exposée.\n\nLa sécurité du musée est renforcée en 2025."
NAMES = {name_id(PORT): "port", name_id(TREATY): "treaty", name_id(COAST): "coast"}

needs_fts = pytest.mark.skipif(
    importlib.util.find_spec("duckdb_extension_fts") is None, reason="duckdb-extension-fts is not installed"
)


@pytest.fixture
def warehouse(tmp_path):
    texts = (PORT, TREATY, {"text": COAST, "title": "Élections reportées"})
    return write_warehouse(
        tmp_path / "revue.duckdb", [one if isinstance(one, dict) else {"text": one} for one in texts]
    )


def ask(warehouse, words, limit=10, progress=lambda done, total: None):
    answer = search(warehouse, words, limit=limit, progress=progress)
    return answer, [NAMES[found.doc_id] for found in answer.found]


@pytest.fixture
def plain(monkeypatch):
    monkeypatch.setattr(search_index, "load_extension", lambda connection, name: False)


def marked(found) -> list[str]:
    return [found.sentence[start:end] for start, end in found.marks]


@needs_fts
def test_inflected_forms_are_found_and_marked_in_the_sentence_that_fits_best(warehouse):
    answer, names = ask(warehouse, "garanties de sécurité")
    assert answer.method == "stemmed" and answer.is_all and sorted(names) == ["port", "treaty"]
    found = {NAMES[one.doc_id]: one for one in answer.found}
    assert found["port"].sentence == "Les équipages demandent une garantie de sécurité."
    assert marked(found["port"]) == ["garantie", "sécurité"] and found["port"].sentence_no == 2
    assert marked(found["treaty"]) == ["garanties", "sécurité"]


@needs_fts
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("GARANTIE SECURITE", ["port", "treaty"]),
        ("oeuvre", ["coast"]),
        ("ŒUVRES", ["coast"]),
        ("elections", ["coast"]),
        ("2025", ["coast"]),
        ("l'équipage", ["port"]),
        ("équipage sculpteur", ["coast", "port"]),
        ("licorne", []),
    ],
)
def test_accents_case_ligatures_and_articles_do_not_count(warehouse, words, names):
    assert sorted(ask(warehouse, words)[1]) == names


@needs_fts
def test_documents_with_some_of_the_words_are_shown_when_none_has_all(warehouse):
    assert not ask(warehouse, "équipage sculpteur")[0].is_all


@needs_fts
def test_the_index_is_made_once_for_each_publication(warehouse):
    seen = []
    ask(warehouse, "port", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 3), (3, 3)]
    ask(warehouse, "port", progress=lambda done, total: seen.append((done, total)))
    assert len(seen) == 2
    with connect(warehouse) as connection:
        connection.execute("delete from documents where contains(text, 'sculpteur')")
    assert ask(warehouse, "musée", progress=lambda done, total: seen.append((done, total)))[1] == []
    assert seen[2:] == [(0, 2), (2, 2)]


@needs_fts
def test_a_damaged_index_is_made_again(warehouse):
    index = Companions(warehouse).search_index
    index.write_bytes(b"not a database")
    assert ask(warehouse, "musée")[1] == ["coast"]
    assert not list(index.parent.glob("*.unfinished*"))


def test_without_the_extension_a_plain_search_answers_and_says_so(warehouse, plain):
    answer, names = ask(warehouse, "SECURITE garantie")
    assert answer.method == "plain" and names == ["treaty", "port"]  # the latest first
    assert marked(answer.found[1]) == ["garantie", "sécurité"]
    assert ask(warehouse, "oeuvre")[1] == ["coast"]
    assert ask(warehouse, "curité")[1] == []


def test_the_limit_leaves_out_the_last(warehouse, plain):
    answer, names = ask(warehouse, "sécurité", limit=2)
    assert answer.count == 3 and len(names) == 2


def test_nothing_to_search_for_is_an_error(warehouse):
    with pytest.raises(UsageError, match="No word"):
        ask(warehouse, " «» - ")


def test_the_example_of_the_help_finds_sample_pages_and_marks_no_function_word(published_copy):
    [words] = re.findall(r'`revue search "([^"]+)"`', search_command.__doc__ or "")
    answer = search(published_copy / "revue.duckdb", words, limit=10, progress=lambda done, total: None)
    assert answer.count > 1 and answer.is_all
    marks = {fold(word) for found in answer.found for word in marked(found)}
    assert {"digue", "roseliere"} <= marks and not marks & {"de", "la"}


def test_a_word_is_folded():
    assert [fold(word) for word in ("Élus", "ŒUVRE", "naïve", "2025", "ß")] == ["elus", "oeuvre", "naive", "2025", "ß"]
