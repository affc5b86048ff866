"""Topics of French figures and dates: the question answered, of which thing, and in which state."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extract import read_facts
from warehouse.facts import Facts

# Each: the sentence, the question, the value, and words of the thing.
FIGURES = [
    ("L'Alliance maritime nordique compte 24 pays membres.", "count_members", 24, "Alliance maritime"),
    ("Avec ses 24 États membres, l'Alliance maritime nordique pèse lourd.", "count_members", 24, "Alliance maritime"),
    ("L'Alliance maritime nordique, forte de 24 États, se réunit jeudi.", "count_members", 24, "Alliance maritime"),
    (
        "Les vingt-quatre pays de l'Alliance maritime nordique ont signé un accord.",
        "count_members",
        24,
        "Alliance maritime",
    ),
    ("Vingt-quatre pays sont membres de l'Alliance maritime nordique.", "count_members", 24, "Alliance maritime"),
    ("Vingt-quatre pays composent l'Alliance maritime nordique.", "count_members", 24, "Alliance maritime"),
    ("Vingt-quatre pays ont rejoint l'Alliance maritime nordique.", "count_members", 24, "Alliance maritime"),
    ("L'Alliance maritime nordique est composée de 24 nations.", "count_members", 24, "Alliance maritime"),
    (
        "Composée de 24 nations, l'Alliance maritime nordique veut une flotte commune.",
        "count_members",
        24,
        "Alliance maritime",
    ),
    ("L'Alliance maritime nordique (24 membres) veut une flotte commune.", "count_members", 24, "Alliance maritime"),
    (
        "L'Alliance maritime nordique, qui fédère 24 pays, veut une flotte commune.",
        "count_members",
        24,
        "Alliance maritime",
    ),
    ("Au total, 24 pays font partie de l'Alliance maritime nordique.", "count_members", 24, "Alliance maritime"),
    ("Quelque 24 pays participent à l'Alliance maritime nordique.", "count_members", 24, "Alliance maritime"),
    ("Le nombre de membres de l'Alliance maritime nordique s'élève à 24.", "count_members", 24, "Alliance maritime"),
    ("L'association Les Amis du bocage revendique 1 200 adhérents.", "count_members", 1200, "Amis du bocage"),
    ("L'association Les Amis du bocage affirme avoir 1 200 adhérents.", "count_members", 1200, "Amis du bocage"),
    ("Le syndicat Uniterre dit représenter 1 200 paysans.", "count_members", 1200, "Uniterre"),
    ("Le groupe compte parmi ses clients 1 200 communes.", "count_things", 1200, ""),
    ("Le sommet de Belgrade a réuni 40 chefs d'État.", "count_participants", 40, "sommet"),
    ("Quarante chefs d'État ont participé au sommet de Belgrade.", "count_participants", 40, "sommet"),
    ("Quarante chefs d'État étaient présents au sommet de Belgrade.", "count_participants", 40, "sommet"),
    ("Le sommet de Belgrade se tiendra en présence de 40 chefs d'État.", "count_participants", 40, "sommet"),
    (
        "Quelque 3 000 personnes se sont rassemblées place de l'Hôtel-de-Ville lors de la manifestation.",
        "count_participants",
        3000,
        "manifestation",
    ),
    ("La manifestation a mobilisé 3 000 personnes.", "count_participants", 3000, "manifestation"),
    ("Ils étaient 3 000 à défiler dans les rues de Vannes samedi.", "count_participants", 3000, ""),
    ("Le cortège comptait 3 000 personnes selon la police.", "count_participants", 3000, "cort"),
    ("3 000 manifestants ont été recensés par la police lors de la marche.", "count_participants", 3000, "marche"),
    ("Le marathon de Nantes a accueilli 8 200 coureurs.", "count_participants", 8200, "marathon"),
    ("8 200 coureurs ont pris le départ du marathon de Nantes.", "count_participants", 8200, "marathon"),
    ("Le salon a enregistré 54 000 entrées.", "count_participants", 54000, "salon"),
    ("Plus de 54 000 visiteurs se sont pressés au salon du livre.", "count_participants", 54000, "salon"),
    ("Quatre personnes sont mortes dans l'effondrement d'un immeuble à Lens.", "count_dead", 4, "effondrement"),
    ("L'effondrement d'un immeuble a fait quatre morts à Lens.", "count_dead", 4, "effondrement"),
    ("L'effondrement d'un immeuble a tué quatre personnes à Lens.", "count_dead", 4, "effondrement"),
    ("Quatre personnes ont perdu la vie dans l'effondrement d'un immeuble.", "count_dead", 4, "effondrement"),
    ("Quatre personnes ont trouvé la mort dans l'effondrement d'un immeuble.", "count_dead", 4, "effondrement"),
    ("L'effondrement d'un immeuble a coûté la vie à quatre personnes.", "count_dead", 4, "effondrement"),
    ("L'effondrement d'un immeuble a causé la mort de quatre personnes.", "count_dead", 4, "effondrement"),
    ("Le bilan de l'effondrement est de quatre morts.", "count_dead", 4, "effondrement"),
    ("Le bilan de l'effondrement s'établit à quatre morts et 12 blessés.", "count_dead", 4, "effondrement"),
    ("Quatre corps ont été retrouvés dans les décombres après l'effondrement.", "count_dead", 4, "effondrement"),
    ("Quatre morts et 12 blessés : c'est le bilan de l'effondrement.", "count_dead", 4, "effondrement"),
    ("Quatre victimes sont à déplorer après l'effondrement de l'immeuble.", "count_dead", 4, "effondrement"),
    ("Au moins quatre personnes ont succombé dans l'effondrement.", "count_dead", 4, "effondrement"),
    ("L'attentat a fait 12 blessés.", "count_injured", 12, "attentat"),
    ("L'attentat a blessé 12 personnes.", "count_injured", 12, "attentat"),
    ("Douze personnes ont été blessées dans l'attentat.", "count_injured", 12, "attentat"),
    ("On dénombre douze blessés après l'attentat.", "count_injured", 12, "attentat"),
    ("Douze blessés ont été hospitalisés après l'attentat.", "count_injured", 12, "attentat"),
    ("L'attentat a fait quatre morts et douze blessés.", "count_injured", 12, "attentat"),
    ("Le pont de la Vire coûtera 30 millions d'euros.", "amount_cost", 30000000.0, "pont"),
    ("Le coût du pont de la Vire s'élève à 30 millions d'euros.", "amount_cost", 30000000.0, "pont"),
    ("Le chantier du pont de la Vire est estimé à 30 millions d'euros.", "amount_cost", 30000000.0, "pont"),
    ("La facture du pont atteint 30 millions d'euros.", "amount_cost", 30000000.0, "pont"),
    ("D'un coût de 30 millions d'euros, le pont de la Vire ouvrira en mai.", "amount_cost", 30000000.0, "pont"),
    ("Le budget de la ville de Lens s'élève à 30 millions d'euros.", "amount_budget", 30000000.0, ""),
    ("Le budget du festival est de 30 millions d'euros.", "amount_budget", 30000000.0, "festival"),
    (
        "Un investissement de 30 millions d'euros est prévu dans l'usine de Lens.",
        "amount_investment",
        30000000.0,
        "usine",
    ),
    ("Les dégâts de la tempête s'élèvent à 30 millions d'euros.", "amount_damage", 30000000.0, "tempête"),
    ("La collecte a permis de récolter 30 000 euros pour l'hôpital.", "amount_donation", 30000.0, "hôpital"),
]
DATES = [
    ("L'Alliance maritime nordique a été fondée en 2009.", "created", "2009", "Alliance"),
    ("Fondée en 2009, l'Alliance maritime nordique compte 24 membres.", "created", "2009", "Alliance"),
    ("Née en 2009 à Bergen, l'Alliance maritime nordique compte 24 membres.", "created", "2009", "Alliance"),
    ("L'Alliance maritime nordique est née en 2009.", "created", "2009", "Alliance"),
    ("Depuis sa création en 2009, l'Alliance maritime nordique a grandi.", "created", "2009", "Alliance"),
    ("La création de l'Alliance maritime nordique remonte à 2009.", "created", "2009", "Alliance"),
    ("C'est en 2009 que l'Alliance maritime nordique a vu le jour.", "created", "2009", "Alliance"),
    ("C'est en 2009 qu'a été créée l'Alliance maritime nordique.", "created", "2009", "Alliance"),
    ("En 2009, Erik Dahl fonde l'Alliance maritime nordique.", "created", "2009", "Alliance"),
    ("Erik Dahl a lancé l'Alliance maritime nordique en 2009.", "created", "2009", "Alliance"),
    ("Lancée le 4 mai 2009 par Erik Dahl, l'Alliance maritime nordique a grandi.", "created", "2009-05-04", "Alliance"),
    (
        "L'Alliance maritime nordique, lancée officiellement le 4 mai 2009, a grandi.",
        "created",
        "2009-05-04",
        "Alliance",
    ),
    ("L'acte de naissance de l'Alliance maritime nordique date du 4 mai 2009.", "created", "2009-05-04", "Alliance"),
    ("L'Alliance maritime nordique a tenu sa première réunion le 4 mai 2009.", "first_met", "2009-05-04", "Alliance"),
    (
        "La première réunion de l'Alliance maritime nordique a eu lieu le 4 mai 2009.",
        "first_met",
        "2009-05-04",
        "Alliance",
    ),
    (
        "L'Alliance maritime nordique s'est réunie pour la première fois en mai 2009.",
        "first_met",
        "2009-05",
        "Alliance",
    ),
    (
        "Le 4 mai 2009, l'Alliance maritime nordique se réunissait pour la première fois à Bergen.",
        "first_met",
        "2009-05-04",
        "Alliance",
    ),
    (
        "Les membres de l'Alliance maritime nordique se sont rencontrés pour la première fois le 4 mai 2009.",
        "first_met",
        "2009-05-04",
        "Alliance",
    ),
    ("Le musée de la Mer a été inauguré le 4 mai 2009.", "opened", "2009-05-04", "musée"),
    ("Le musée de la Mer a ouvert ses portes le 4 mai 2009.", "opened", "2009-05-04", "musée"),
    ("Inauguré en 2009, le musée de la Mer attire les foules.", "opened", "2009", "musée"),
    ("L'Alliance maritime nordique a lancé en 2015 un appel aux dons.", None, "2015", ""),
    ("Le navire lancé en 2009 par l'Alliance maritime nordique a coulé.", None, "2009", ""),
]
# States of the first figure of a sentence.
STATES = [
    ("Le sommet de Belgrade a réuni 40 chefs d'État.", None),
    ("Le sommet de Belgrade devrait réunir 40 chefs d'État.", "expected"),
    ("Quelque 40 000 visiteurs sont attendus au salon.", "expected"),
    ("L'Alliance maritime nordique comptait 24 membres.", "former"),
    ("L'incendie avait fait 24 morts.", "former"),
    ("L'incendie de mars 2019 a fait 24 morts.", "former"),
    ("L'Alliance maritime nordique compte désormais 24 membres.", "revised"),
    ("Le bilan de l'incendie s'alourdit à 24 morts.", "revised"),
    ("Trois autres personnes ont été blessées dans l'incendie.", "part"),
    ("L'incendie s'est étendu dans quatre communes.", "part"),
]
# Sentences whose figure answers no question of people, members or money.
OTHER = [
    "L'incendie a parcouru 300 hectares.",
    "Le taux de chômage est de 7 %.",
    "Le marathon de Nantes mesure 42 kilomètres.",
]


@pytest.fixture(scope="module")
def facts() -> dict[str, Facts]:
    texts = [each[0] for each in (*FIGURES, *DATES, *STATES)] + OTHER
    return dict(zip(texts, read_facts(texts, published_at=[date(2025, 5, 12)] * len(texts)), strict=True))


@pytest.mark.parametrize(("text", "question", "value", "thing"), FIGURES)
def test_a_figure_answers_a_question_of_a_thing(facts, text, question, value, thing):
    [figure] = [each for each in facts[text].figures if each.value == value]
    assert figure.question == question
    assert thing.lower() in (figure.thing or "").lower()


@pytest.mark.parametrize(("text", "question", "timex", "thing"), DATES)
def test_a_date_is_that_of_a_beginning(facts, text, question, timex, thing):
    [day] = [each for each in facts[text].dates if each.timex == timex]
    assert day.question == question
    assert thing.lower() in (day.thing or "").lower() if question else day.thing is None


@pytest.mark.parametrize(("text", "state"), STATES)
def test_a_figure_has_a_state(facts, text, state):
    assert facts[text].figures[0].question is not None
    assert facts[text].figures[0].state == state


@pytest.mark.parametrize("text", OTHER)
def test_a_measure_or_share_answers_no_question(facts, text):
    assert [figure.question for figure in facts[text].figures] == [None]


def test_a_noun_stands_for_the_name_before_it():
    text = "Lundi, la Ligue des archipels se réunit à Bergen. Cette instance, lancée le 17 février 2025, rassemble 14 États."
    [facts] = read_facts([text], published_at=[date(2025, 5, 12)])
    [figure], [_, day] = facts.figures, facts.dates
    assert (figure.thing, day.thing) == ("Ligue des archipels", "Ligue des archipels")
    assert (figure.question, day.question) == ("count_members", "created")


def test_a_participle_without_accent_is_no_event():
    text = "L'Alliance maritime nordique ne paie plus depuis mars 2025."
    [facts] = read_facts([text], published_at=[date(2025, 5, 12)])
    assert [day.question for day in facts.dates] == [None]


@pytest.mark.parametrize(
    ("text", "office", "is_new"),
    [
        ("Le maire de Tence, Robert Salles, a témoigné lundi.", "mayor", False),
        ("La nouvelle maire de Tence, Anouk Deville, a témoigné lundi.", "mayor", True),
        ("Anouk Deville est la nouvelle maire de Tence.", "mayor", True),
        ("Anouk Deville, nouvelle maire de Tence, a témoigné lundi.", "mayor", True),
        ("Anouk Deville, maire de Tence, a ouvert la nouvelle halle.", "mayor", False),
        ("Le Premier ministre slovaque, Juraj Benko, a plaidé à Vienne.", "prime_minister", False),
        ("Le député de Tence, Robert Salles, a témoigné lundi.", "député", None),
        ("Le président de la République, Paul Astier, a témoigné lundi.", "president", None),
        ("Le président de la République haïtienne, Paul Astier, a témoigné lundi.", "president", False),
        ("La députée de Tence, Anouk Deville, a témoigné lundi.", "député", None),
    ],
)
def test_the_office_of_a_role_is_that_of_women_and_men(text, office, is_new):
    [facts] = read_facts([text])
    assert [(role.office, role.is_new) for role in facts.roles] == [(office, is_new)]
