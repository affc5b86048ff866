"""The text toolkit: folding, words, phrases and data files."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from tasks.text.data_files import merge_languages, read_by_language
from tasks.text.folding import fold_name, fold_text, fold_word, lower_text
from tasks.text.phrases import PhraseIndex, alternation
from tasks.text.remembered import LONGEST, RememberedBatch, remember_short
from tasks.text.words import remember_words, split_folded_words, split_words, word_key


@pytest.mark.parametrize("text", ["L’Année\u00a0DERNIÈRE", "İSTANBUL, İzmir", "Straße\tœuvre", "plain ascii"])
def test_folded_and_lowered_texts_keep_every_position(text: str) -> None:
    assert len(fold_text(text)) == len(lower_text(text)) == len(text)


def test_the_four_ways_of_folding_differ_in_what_they_keep() -> None:
    assert fold_text("L’Année\u00a0DERNIÈRE") == "l'annee derniere"
    assert lower_text("L’Année\u00a0DERNIÈRE") == "l'année dernière"
    assert fold_word("élève") == "eleve"
    assert fold_name("L’Œuvre  de Søren-Łukasz") == "l'oeuvre de soren lukasz"
    assert fold_text("cœur") == "cour"  # two letters for one would move what follows


def test_words_are_separated_by_apostrophes_and_hyphens() -> None:
    assert split_words("L’été, rendez-vous !") == ["l", "été", "rendez", "vous"]
    assert split_folded_words("L’ÉTÉ, rendez-vous !") == ["l", "ete", "rendez", "vous"]
    assert split_folded_words("cou\u00adrant d’é\u200bté") == ["courant", "d", "ete"]
    for text in ("L’ÉTÉ, rendez-vous !", "cou\u00adrant d’é\u200bté", "\u212a, plain ascii", ""):
        assert list(remember_words(text)) == split_folded_words(text)
    assert word_key("  Le Monde. ") == word_key("le monde") == "le monde"


def test_phrases_are_found_as_whole_words_in_a_row() -> None:
    index = PhraseIndex([("À lire aussi", "related"), ("à lire", "pointer"), ("abonné", "paywall")])
    words = split_folded_words("Menu. A lire aussi : les ABONNÉS, un abonné, à liremoi")
    assert list(index.find(words)) == [(1, 3, "related"), (1, 2, "pointer"), (7, 1, "paywall")]
    assert list(index.find(split_folded_words("rien à dire"))) == []
    assert list(index.find([])) == []


def test_phrases_of_one_position_come_in_the_order_given_wherever_their_longest_word_stands() -> None:
    index = PhraseIndex([("le plus lu", 1), ("le plus", 2), ("plus", 3), ("le", 4), ("lu le plus", 5), ("a a", 6)])
    words = split_folded_words("Le plus lu, le plus : a a a")
    assert list(index.find(words)) == [
        (0, 3, 1), (0, 2, 2), (0, 1, 4), (1, 1, 3), (2, 3, 5), (3, 2, 2), (3, 1, 4), (4, 1, 3), (5, 2, 6), (6, 2, 6),
    ]  # fmt: skip


def test_phrases_are_filed_under_a_common_word_only_where_they_have_no_other() -> None:
    phrases = [("les mer", 1), ("pour les", 2), ("ok pour moi", 3)]
    index = PhraseIndex(phrases, {"les", "pour", "moi"})
    assert index.rarest_words == {"mer", "pour", "ok"}
    words = split_folded_words("Pour les mers : les mer, ok pour moi, pour les ok")
    assert index.find(words) == PhraseIndex(phrases).find(words) == [(0, 2, 2), (3, 2, 1), (5, 3, 3), (8, 2, 2)]


def test_results_for_several_short_texts_are_remembered_and_equal_texts_are_read_once() -> None:
    asked: list[list[str]] = []

    @RememberedBatch
    def measure(texts: Sequence[str]) -> list[int]:
        asked.append([*texts])
        return [len(text) for text in texts]

    short, other, long = "Accueil", "Plan", "x" * (LONGEST + 1)
    assert measure([short, long, short]) == [7, LONGEST + 1, 7]
    assert measure([other, long, short]) == [4, LONGEST + 1, 7]
    assert measure([short]) == [7] and measure([]) == []
    assert asked == [[short, long], [other, long]]
    measure.cache_clear()
    assert measure([short]) == [7] and asked[2:] == [[short]]
    RememberedBatch.batches.remove(measure)


def test_results_for_short_texts_are_remembered() -> None:
    asked: list[str] = []

    @remember_short
    def measure(text: str) -> int:
        asked.append(text)
        return len(text)

    short, long = "Accueil", "x" * (LONGEST + 1)
    assert [measure(text) for text in (short, long, short, long)] == [7, LONGEST + 1, 7, LONGEST + 1]
    assert asked == [short, long, long]


def test_the_first_phrase_given_that_opens_a_text_wins() -> None:
    index = PhraseIndex([("inscrivez-vous", 1), ("inscrivez-vous à", 2), ("lire", 3)])
    assert index.opening(split_folded_words("Inscrivez-vous à notre lettre")) == 1
    assert index.opening(split_folded_words("Pour lire")) is None
    assert index.opening([]) is None


def test_an_alternation_takes_the_longest_phrase_and_any_white_space() -> None:
    pattern = re.compile(alternation(["mis à jour", "mis à jour le", "mar", "mars", "(c)"]))
    assert [match.group() for match in pattern.finditer("mis  à jour le 3 mars (c)")] == [
        "mis  à jour le",
        "mars",
        "(c)",
    ]


def test_files_of_languages_are_merged_and_told_apart(tmp_path) -> None:
    (tmp_path / "fr.toml").write_text('labels = ["publié", "date"]\n[months]\n1 = ["janvier"]\n', encoding="utf-8")
    (tmp_path / "en.toml").write_text('labels = ["date", "posted"]\n[months]\n1 = ["january"]\n', encoding="utf-8")
    assert merge_languages(tmp_path) == {
        "labels": ["date", "posted", "publié"],
        "months": {"1": ["january", "janvier"]},
    }
    assert list(read_by_language(tmp_path)) == ["en", "fr"]
    assert read_by_language(tmp_path)["en"]["labels"] == ["date", "posted"]


def test_two_values_for_one_key_are_an_error(tmp_path) -> None:
    (tmp_path / "fr.toml").write_text('[zones]\nest = "Europe/Paris"\n', encoding="utf-8")
    (tmp_path / "en.toml").write_text('[zones]\nest = "America/New_York"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="'est' two values"):
        merge_languages(tmp_path)
