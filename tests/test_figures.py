"""Numbers that say how many or how much, in full; the other numbers are none."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.facts.dates import find_dates
from tasks.facts.figures import find_figures
from tasks.facts.sentences import cut_sentences
from warehouse.rows import Figure


def figures(text: str) -> list[Figure]:
    sentences = cut_sentences(text)
    return find_figures(text, sentences, dates=find_dates(text, sentences, published_at=date(2025, 3, 12)))


def figure(text: str) -> Figure:
    (found,) = figures(text)
    assert found.surface == text[found.start_char : found.end_char]
    return found


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("Elle dirige 47 écoles.", 47, "écoles"),
        ("Le port emploie 1\u202f250 dockers.", 1250, "dockers"),
        ("On compte 12 345 678 abonnés.", 12345678, "abonnés"),
        ("Deux cent trente vaches paissent.", 230, "vaches"),
        ("Il a vendu un million d'ampoules.", 1_000_000, "ampoules"),
        ("Près du lac vivent 3,2 millions d’oiseaux.", 3_200_000, "oiseaux"),
        ("Trois nouvelles usines ouvrent.", 3, "usines"),
        ("Deux millions et demi d'arbres sont morts.", 2_500_000, "arbres"),
    ],
)
def test_count(text: str, value: float, counted: str) -> None:
    found = figure(text)
    assert (found.kind, found.value, found.counted) == ("count", value, counted)


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "currency"),
    [
        ("Le pont a coûté 2,4 millions d'euros.", "money", 2_400_000, None, "EUR"),
        ("Un don de 140 milliards de dollars.", "money", 140e9, None, "USD"),
        ("Le stade vaut 35 M€.", "money", 35e6, None, "EUR"),
        ("Le billet vaut 35 dollars canadiens.", "money", 35, None, "CAD"),
        ("Il doit £300 au fisc.", "money", 300, None, "GBP"),
        ("La dette atteint 3 millions de livres.", "money", 3e6, None, "GBP"),
        ("Le chômage touche 7,4 % des actifs.", "percent", 7.4, None, None),
        ("La hausse est de douze pour cent.", "percent", 12, None, None),
        ("L'île mesure 8 km².", "measure", 8, "km²", None),
        ("Il faisait -5 °C au col.", "measure", -5, "°C", None),
        ("La route longe la mer sur 40 kilomètres.", "measure", 40, "km", None),
        ("Les deux tiers des élus ont signé.", "measure", 2 / 3, "part", None),
        ("Un élève sur quatre échoue.", "measure", 0.25, "part", None),
        ("La nageuse est classée 12e.", "rank", 12, None, None),
    ],
)
def test_kind_unit_currency(text: str, kind: str, value: float, unit: str | None, currency: str | None) -> None:
    found = figure(text)
    assert (found.kind, found.value, found.unit, found.currency) == (kind, pytest.approx(value), unit, currency)


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "qualifier"),
    [
        ("Une trentaine de voisins aident.", 30, 25, 35, "about"),
        ("Une centaine de milliers de fourmis.", 100_000, 80_000, 120_000, "about"),
        ("Quelque 300 agents patrouillent.", 300, None, None, "about"),
        ("Plus de 80 maisons ont brûlé.", 80, 80, None, "more_than"),
        ("Moins de 5 % des votants.", 5, None, 5, "less_than"),
        ("Au moins 12 bateaux ont coulé.", 12, 12, None, "at_least"),
        ("Jusqu'à 40 passagers montent.", 40, None, 40, "at_most"),
        ("Entre 20 et 30 familles partent.", 25, 20, 30, "between"),
        ("Il faudra de 2 à 3 millions d'euros.", 2_500_000, 2_000_000, 3_000_000, "between"),
        ("Il reste 15 places au maximum.", 15, None, 15, "at_most"),
    ],
)
def test_qualifier(text: str, value: float, low: float | None, high: float | None, qualifier: str) -> None:
    found = figure(text)
    assert (found.value, found.low, found.high, found.qualifier) == (value, low, high, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "Il a vu un chat et une souris.",
        "Le 14 mars 2025 à 8 h 30, tout change.",
        "Le club gagne 3-1.",
        "Téléphone : 01 23 45 67 89.",
        "L'article 49.3 est invoqué.",
        "La chaîne France 2 diffuse le Covid-19.",
        "C'est deux fois plus long.",
        "Le premier témoin parle.",
        "Voir https://exemple.fr/page/25 pour la suite.",
        "Trois livres tombent."[6:],
    ],
)
def test_no_figure(text: str) -> None:
    assert figures(text) == []


def test_books_are_not_pounds() -> None:
    assert figure("Elle a lu trois livres.").kind == "count"
