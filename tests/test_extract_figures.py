"""Counts, amounts, shares and ranks become figures; other numbers do not."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.extract.fr.dates import find_dates
from tasks.extract.fr.figures import find_figures
from tasks.extract.fr.figures.tables import TABLES, read_table
from tasks.extract.sentences import cut_sentences
from warehouse.facts import Figure


def figures(text: str) -> list[Figure]:
    sentences = cut_sentences(text)
    return find_figures(text, sentences, dates=find_dates(text, sentences, published_at=date(2025, 3, 12)))


def figure(text: str) -> Figure:
    (found,) = figures(text)
    assert found.surface == text[found.start_char : found.end_char]
    return found


def shown(found: Figure) -> str:
    """A figure as the rule tables write it: `300 count [280,320] about élus`."""
    parts = [f"{found.value:g}" if abs(found.value) < 1 else f"{found.value:.15g}", found.kind]
    parts += [part for part in (found.unit, found.currency) if part]
    if found.low is not None or found.high is not None:
        low, high = ("" if end is None else f"{end:.15g}" for end in (found.low, found.high))
        parts.append(f"[{low},{high}]")
    return " ".join(parts + [part for part in (found.qualifier, found.counted) if part])


def rules(table: dict[str, Any], name: str) -> Iterator[Any]:
    """Every rule of a table, at any depth, under its name."""
    for key, entry in table.items():
        entries = entry if isinstance(entry, list) else [entry]
        for rule in entries:
            if isinstance(rule, dict) and ("example" in rule or "name" in rule):
                yield pytest.param(rule, id=f"{name}-{rule.get('name', key)}")


with Path(__file__).with_name("press_figures.csv").open(encoding="utf-8", newline="") as _lines:
    PRESS = list(csv.DictReader(_lines))
RULES = [rule for name in TABLES for rule in rules(read_table(name), name)]


@pytest.mark.parametrize("rule", RULES)
def test_rule_reads_its_example_and_leaves_its_counter_example(rule: dict[str, list[str]]) -> None:
    for text, *expected in (rule["example"], rule["counter"]):
        assert [shown(each) for each in figures(text)] == expected, text


@pytest.mark.parametrize("row", PRESS, ids=lambda row: row["text"][:40])
def test_figures_of_press_sentences(row: dict[str, str]) -> None:
    assert " ; ".join(map(shown, figures(row["text"]))) == row["figures"]


def test_random_word_sequences_are_read_without_error() -> None:
    generator = random.Random(20250312)
    pieces = PIECES.split()
    for _ in range(3000):
        chosen = (generator.choice(pieces) + generator.choice([" ", " ", "", "\u202f", "-"]) for _ in range(7))
        for found in figures(text := "".join(chosen)):
            assert found.surface == text[found.start_char : found.end_char] and found.value == found.value, text


PIECES = """un une deux vingt cent mille million milliard Md€ M€ k€ m€ M $ € £ % ° °C 0 2 3,5 1.500 1'500 500 49.3 -5 1/2
3/0 0/4 1e9 1e400 2^60 0^-9 9^99 10^99 99999999999999999999 sur à et ou entre de d' des plus moins au environ demi demie tiers quarts
cinquièmes millième zéro virgule dizaine centaine milliers ans heures km² kWh euros dollars livres centimes 12e premier place
classé n° article loi 2024 30/2 lundi mars 29 février fois rue passe 06 12 34 56 78 75011 Paris h , . ( ) …"""


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("Elle dirige 47 écoles.", 47, "écoles"),
        ("Elle dirige 47 élu·e·s.", 47, "élu·e·s"),
        ("Elle lit 3 condi\u00adtions.", 3, "condi\u00adtions"),
        ("Le port emploie 1\u202f250 dockers.", 1250, "dockers"),
        ("On compte 12 345 678 abonnés.", 12345678, "abonnés"),
        ("Deux cent trente vaches paissent.", 230, "vaches"),
        ("Il a vendu un million d'ampoules.", 1_000_000, "ampoules"),
        ("Près du lac vivent 3,2 millions d’oiseaux.", 3_200_000, "oiseaux"),
        ("Trois nouvelles usines ouvrent.", 3, "usines"),
        ("Deux millions et demi d'arbres sont morts.", 2_500_000, "arbres"),
    ],
)
def test_value_and_noun_of_a_count(text: str, value: float, counted: str) -> None:
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
        ("L'entrée est à 3€50.", "money", 3.5, None, "EUR"),
        ("L'entrée est à dix euros et vingt centimes.", "money", 10.2, None, "EUR"),
        ("La voiture vaut 10,000 dollars.", "money", 10_000, None, "USD"),
        ("Le bébé a six mois et demi.", "measure", 6.5, "mois", None),
        ("Il faisait moins dix degrés au col.", "measure", -10, "°", None),
        ("Le saut fait 400 m.", "measure", 400, "m", None),
        ("Le contrat vaut 200M de dollars.", "money", 200e6, None, "USD"),
        ("L'usine coûtera 120 M€.", "money", 120e6, None, "EUR"),
        ("Les deux tiers ont signé.", "measure", 2 / 3, "part", None),
        ("Il perd trois quarts de million.", "count", 750_000, None, None),
        ("Le pays a 1,234,567.50 dollars.", "money", 1_234_567.5, None, "USD"),
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
def test_qualifiers_give_bounds(text: str, value: float, low: float | None, high: float | None, qualifier: str) -> None:
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
        "Le journal 20 Minutes paraît.",
        "2- Ouvrir la porte.",
        "L'équipe mène 2 à 0 !",
        "Le magasin ouvre à partir de 10 heures.",
        "Le premier témoin parle.",
        "Voir https://exemple.fr/page/25 pour la suite.",
        "Trois livres tombent."[6:],
    ],
)
def test_other_numbers_are_not_figures(text: str) -> None:
    assert figures(text) == []


def test_unscaled_livres_are_not_money() -> None:
    assert figure("Elle a lu trois livres.").kind == "count"


def test_millions_have_no_rounding_error() -> None:
    found = figure("Elle a reçu plus de 4,1 millions d’euros.")
    assert (found.value, found.low) == (4_100_000, 4_100_000)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("À Yaoundé, le gouvernement a débloqué 12 milliards de FCFA.", "XAF"),
        ("Au Sénégal, le marché vaut 12 milliards de FCFA.", "XOF"),
        ("Le billet coûte 700 francs CFA.", "XOF"),
        ("À Lausanne, le canton a versé 3 millions de francs.", "CHF"),
        ("À Lyon, la maison valait 3 millions de francs.", "FRF"),
        ("À Genève, un billet de 10 francs français.", "FRF"),
        ("De retour de Dakar, il a signé hier. À Libreville, le projet a reçu 8 milliards de FCFA.", "XAF"),
    ],
)
def test_a_place_of_the_text_decides_between_currencies_of_one_name(text: str, currency: str) -> None:
    assert figure(text).currency == currency


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("La recette demande trois œufs.", 3, "œufs"),
        ("Le musée a prêté 48 œuvres.", 48, "œuvres"),
        ("Ils étaient 260 aujourd'hui.", 260, None),
        ("Il en reste 12 d'entre eux.", 12, None),
        ("Le lot a été adjugé CHF 1'200.20.", 1200.2, None),
        ("L'abonnement coûte 89 fr. 50 par mois.", 89.5, None),
        ("Le timbre passe à 1 fr.20.", 1.2, None),
        ("Le repas coûte 15 fr.", 15, None),
        ("Elle vend du mil et douze chèvres.", 12, "chèvres"),
    ],
)
def test_words_with_ligatures_and_apostrophes_beside_a_number(text: str, value: float, counted: str | None) -> None:
    found = figure(text)
    assert (found.value, found.counted) == (value, counted)
