"""Subjects of figures: only unambiguous ones."""

from __future__ import annotations

import pytest

from tasks.extract.fr.figures import find_figures, with_subjects
from tasks.extract.sentences import cut_sentences
from warehouse.facts import Figure, Mention

NAMES = {
    "Alvane": "ORG",
    "Bertrolle": "ORG",
    "Karim Sellier": "PER",
    "Odile Marchand": "PER",
    "Montclair": "LOC",
    "Saint-Orens": "LOC",
    "Veyrac": "LOC",
}


def figures(text: str, *, demonyms: tuple[str, ...] = ()) -> list[Figure]:
    """The figures of a text with their subjects; the names of a text are those of `NAMES`, wherever they stand."""
    mentions = [
        Mention(start, start + len(name), name, label, label, "test", name in demonyms)
        for name, label in NAMES.items()
        for start in range(len(text))
        if text.startswith(name, start)
    ]
    sentences = cut_sentences(text)
    return with_subjects(text, sentences, find_figures(text, sentences, dates=[]), mentions)


def subjects(text: str, *, demonyms: tuple[str, ...] = ()) -> list[str | None]:
    return [figure.subject for figure in figures(text, demonyms=demonyms)]


def test_the_subject_is_the_mention_of_its_own_clause() -> None:
    text = "Montclair salue Alvane. Alvane emploie 640 personnes. On compte 12 ormes à Montclair."
    assert [(each.subject, each.subject_mention_no) for each in figures(text)] == [("Alvane", 3), (None, None)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Alvane emploie 640 personnes.", "Alvane"),
        ("Le groupe Alvane a perdu 12 millions d'euros.", "Alvane"),
        ("L’équipementier isérois Alvane fournira dix modules.", "Alvane"),
        ("Fondée au bord du lac, Alvane emploie 640 personnes.", "Alvane"),
        ("Alvane, spécialiste du froid, compte 640 salariés.", "Alvane"),
        ("Le client, Alvane, prépare 12 ateliers.", "Alvane"),
        ("Alvane a vendu à Montclair 12 autobus.", "Alvane"),
        ("La ville de Montclair compte 42 000 habitants.", "Montclair"),
        ("Il a visité Montclair (42 000 habitants) à pied.", "Montclair"),
        ("Il vit à Montclair, port de pêche de 3 000 habitants.", "Montclair"),
        ("Odile Marchand, 54 ans, arrive.", "Odile Marchand"),
        ("Il a vu Karim Sellier, qui exploite 96 hectares.", "Karim Sellier"),
    ],
)
def test_subject_is_the_name_that_acts_or_is_described(text: str, subject: str) -> None:
    assert subjects(text) == [subject]


@pytest.mark.parametrize(
    "text",
    [
        "Alvane annonce 640 licenciements.",  # only reports it
        "Selon Alvane, 640 personnes sont parties.",
        "Alvane a indiqué que 640 personnes sont parties.",
        "Le maire de Montclair a planté 640 ormes.",  # the mayor's
        "À Montclair, 640 ormes sont morts.",
        "Alvane et Bertrolle emploient 640 personnes.",  # both
        "Alvane rachète Bertrolle pour 12 millions d'euros.",  # either
        "Alvane recule, mais 640 personnes restent.",
        "Alvane s'inquiète du chantier, estimé à 12 millions d'euros.",
        "Alvane recule et le chantier coûte 12 millions d'euros.",
        "Karim Sellier a aidé une femme de 63 ans.",
        "Il vit près de Veyrac et à Montclair, qui abritent 12 usines.",
        "Il aime Veyrac et Montclair, qui abritent 12 usines.",
        "À Montclair, 3 000 habitants ont fui.",
        "On compte 640 ormes.",
    ],
)
def test_ambiguous_subject_is_null(text: str) -> None:
    assert subjects(text) == [None]


@pytest.mark.parametrize(
    "opening",
    [
        "Elle emploie",
        "L'entreprise emploie",
        "Cette société, née au bord du lac, emploie",
        "Non cotée, la société emploie",
        "À Veyrac, elle emploie",
    ],
)
def test_anaphor_refers_to_the_only_organisation_of_the_sentence_before(opening: str) -> None:
    assert subjects(f"Alvane ouvre un atelier à Montclair. {opening} 640 personnes.") == ["Alvane"]


@pytest.mark.parametrize(
    "text",
    [
        "Alvane rejoint Bertrolle. L'entreprise emploie 640 personnes.",  # two
        "Karim Sellier dort. L'entreprise emploie 640 personnes.",  # none
        "Odile Marchand dirige Alvane. Elle possède 12 vaches.",  # the woman
        "Alvane ouvre un atelier. Il faudra 12 camions.",  # no organisation
        "Alvane ouvre un atelier. Il pleut. Elle emploie 640 personnes.",  # too far
        "Alvane ouvre un atelier.\n\nElle emploie 640 personnes.",  # another paragraph
    ],
)
def test_anaphor_without_a_unique_antecedent_is_null(text: str) -> None:
    assert subjects(text) == [None]


def test_a_demonym_is_not_a_subject() -> None:
    assert subjects("Alvane emploie 640 personnes.", demonyms=("Alvane",)) == [None]


def test_one_clause_gives_its_subject_to_all_its_figures() -> None:
    assert subjects("Alvane emploie 640 personnes et exploite 3 ateliers, dont 2 à Montclair.") == [
        "Alvane",
        "Alvane",
        None,
    ]
