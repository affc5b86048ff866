"""Quotes and their speakers."""

from __future__ import annotations

import re

import pytest

from tasks.extract.fr.quotes import find_quotes
from tasks.extract.sentences import cut_sentences
from warehouse.facts import Mention, Quote

NAMES = {"Odile Marchand": "PER", "Karim Sellier": "PER", "Banque du Nord": "ORG", "Rennes": "LOC"}


def mentions(text: str) -> list[Mention]:
    return [
        Mention(match.start(), match.end(), name, label, label, "test")
        for name, label in NAMES.items()
        for match in re.finditer(name, text)
    ]


def quotes(text: str) -> list[Quote]:
    found = find_quotes(text, cut_sentences(text), mentions(text))
    assert all(each.surface == text[each.start_char : each.end_char] for each in found)
    return found


@pytest.mark.parametrize(
    ("text", "surface", "speaker", "verb"),
    [
        (
            "« Nous rouvrirons en mai », a déclaré Odile Marchand.",
            "Nous rouvrirons en mai",
            "Odile Marchand",
            "a déclaré",
        ),
        ("Karim Sellier a répondu : « La digue tiendra. »", "La digue tiendra.", "Karim Sellier", "a répondu"),
        ("“Rien n'est perdu”, assure Odile Marchand.", "Rien n'est perdu", "Odile Marchand", "assure"),
        ('Karim Sellier juge que "la route est sûre".', "la route est sûre", "Karim Sellier", "juge"),
        ("« Tout est prêt », a-t-elle soufflé.", "Tout est prêt", None, "a-t-elle soufflé"),
        ("Selon Odile Marchand, « la pluie a tout noyé ».", "la pluie a tout noyé", "Odile Marchand", "selon"),
        ("« Les taux baisseront », indique la Banque du Nord.", "Les taux baisseront", "Banque du Nord", "indique"),
        ("« Venez tôt », a dit à Rennes Karim Sellier.", "Venez tôt", "Karim Sellier", "a dit"),
        ("« On attend », confie un proche de Karim Sellier.", "On attend", None, "confie"),
    ],
)
def test_speaker_and_verb(text: str, surface: str, speaker: str | None, verb: str) -> None:
    (found,) = quotes(text)
    assert (found.surface, found.speaker, found.verb) == (surface, speaker, verb)


def test_speaker_mention_is_the_one_beside_the_verb() -> None:
    text = (
        "Odile Marchand aime Rennes. Karim Sellier part. « Tout est prêt », dit Odile Marchand. « Elle ne part pas. »"
    )
    assert [(each.speaker, each.speaker_mention_no) for each in quotes(text)] == [("Odile Marchand", 4)] * 2
    assert [each.speaker_mention_no for each in quotes("« Tout est prêt », a-t-elle soufflé à Odile Marchand.")] == [
        None
    ]


def test_speaker_after_the_rest_of_the_sentence() -> None:
    (found,) = quotes('Il faut une "digue haute et solide" pour Rennes, indique Odile Marchand.')
    assert (found.speaker, found.verb) == ("Odile Marchand", "indique")


def test_the_subject_of_reported_speech_is_not_the_speaker() -> None:
    (found,) = quotes("Elle a annoncé que Karim Sellier partirait « dans l'espoir de convaincre ».")
    assert (found.speaker, found.verb) == (None, "a annoncé")


def test_speaker_inside_the_marks() -> None:
    (found,) = quotes("« Le quai, assure Karim Sellier, sera sec. »")
    assert (found.speaker, found.verb) == ("Karim Sellier", "assure")


def test_a_quote_may_hold_sentences_and_another_quote() -> None:
    (found,) = quotes("« Il m'a dit “jamais”. J'ai ri. Puis plus rien », raconte Odile Marchand.")
    assert found.surface == "Il m'a dit “jamais”. J'ai ri. Puis plus rien"


def test_a_quote_may_run_over_paragraphs() -> None:
    (found,) = quotes("« La crue monte vite.\n« Il faut partir », prévient Karim Sellier.")
    assert found.surface.startswith("La crue") and found.surface.endswith("partir")
    assert found.speaker == "Karim Sellier"


def test_the_next_quote_of_the_paragraph_has_the_same_speaker() -> None:
    first, second = quotes("« Le lac gèle », dit Odile Marchand. « Personne n'y patine encore. »")
    assert (first.speaker, second.speaker, second.verb) == ("Odile Marchand", "Odile Marchand", None)


@pytest.mark.parametrize(
    "text",
    [
        "La troupe joue « Le Songe d'hiver » demain.",
        "Une « bulle » selon certains.",
        "Karim Sellier parle d'une « bulle ».",
        "Karim Sellier a lancé l'opération « Vents du large » mardi.",
        'Il court le tour en 43"18 puis en 44"02.',
        "Une marque « oubliée court sans fin.",
    ],
)
def test_other_words_in_marks_are_not_quotes(text: str) -> None:
    assert quotes(text) == []
