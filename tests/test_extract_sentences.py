"""Sentences end where French ends them, and every character is in one."""

from __future__ import annotations

import pytest
from growth import measure_seconds

from tasks.extract.sentences import cut_sentences


def surfaces(text: str) -> list[str]:
    return [sentence.surface for sentence in cut_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le pont a cédé. Personne n'est blessé.", ["Le pont a cédé.", "Personne n'est blessé."]),
        ("M. Bréal et Mme. Odin sont venus. Ils restent.", ["M. Bréal et Mme. Odin sont venus.", "Ils restent."]),
        ("Le roman de J. Tardif plaît. Il gagne.", ["Le roman de J. Tardif plaît.", "Il gagne."]),
        ("Il faut, p. ex. du sel. Rien de plus.", ["Il faut, p. ex. du sel.", "Rien de plus."]),
        ("L'art. 12 vaut. Le n° 5 aussi.", ["L'art. 12 vaut.", "Le n° 5 aussi."]),
        ("« Viens-tu ? » demande-t-elle. Il part.", ["« Viens-tu ? » demande-t-elle.", "Il part."]),
        ("Elle crie : « Assez ! » Le silence revient.", ["Elle crie : « Assez ! »", "Le silence revient."]),
        ("Il hésite... Puis il saute.", ["Il hésite...", "Puis il saute."]),
        ("Il hésite… puis il saute.", ["Il hésite… puis il saute."]),
        ("Le plan B. Elle y croit.", ["Le plan B.", "Elle y croit."]),
        ("Départ à 18 h. Retour à 23 h.", ["Départ à 18 h.", "Retour à 23 h."]),
        ("Le total atteint 3.5 points. Fin.", ["Le total atteint 3.5 points.", "Fin."]),
        ("Voir www.exemple.fr/a?b=1. Merci.", ["Voir www.exemple.fr/a?b=1.", "Merci."]),
        ("Un titre sans point\nUne phrase", ["Un titre sans point", "Une phrase"]),
        ("La mer. Le vent.", ["La mer.", "Le vent."]),
        ("C'est la fin.Le public sort.", ["C'est la fin.", "Le public sort."]),
        ("1. Le vote\n2. Le budget", ["1. Le vote", "2. Le budget"]),
    ],
)
def test_cuts_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_every_character_is_in_one_sentence() -> None:
    text = "  Un début ?!  (Oui.) « Non. »\r\n\u2028Suite\u00a0: rien. \t\n\n— Bon… »  "
    sentences = cut_sentences(text)
    covered = [place for each in sentences for place in range(each.start_char, each.end_char)]
    assert len(covered) == len(set(covered))
    assert {place for place, letter in enumerate(text) if not letter.isspace()} <= set(covered)
    for each in sentences:
        assert each.surface == text[each.start_char : each.end_char] == each.surface.strip()


def test_white_space_has_no_sentences() -> None:
    assert cut_sentences(" \n\t \n") == []


def test_a_long_run_of_stops_takes_time_in_proportion_to_its_length():
    short, long = (measure_seconds(lambda: cut_sentences("." * count)) for count in (10_000, 40_000))  # noqa: B023
    assert long < 8 * short
