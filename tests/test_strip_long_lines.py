"""A page on one line is cut where menus, headline, credits and body meet; an ordinary long paragraph is not."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tasks.page.lines import LONGEST_LINE, cut_lines
from tasks.strip import strip_text
from tasks.strip.long_lines import cut_page

BODY = [
    "L’atelier de reliure de Corvay, qui emploie trente-quatre ouvrières, quittera le quai des Tanneurs le 30 novembre prochain.",
    "La nouvelle a été donnée lundi aux salariées lors d’une réunion extraordinaire qui a duré moins d’une heure.",
    "La gérante explique que le nombre de volumes reliés sur place a été divisé par deux depuis 2012, tandis que les commandes de la bibliothèque passent désormais par l’atelier de Merlieu.",
    "Toutes les ouvrières se verront proposer un poste dans un rayon de vingt kilomètres, assure la directrice adjointe, Noémie Falgoux.",
    "« Personne ne restera sur le quai », a-t-elle promis.",
    "Les élus, qui réclamaient le maintien d’une équipe, appellent à un rassemblement samedi devant la préfecture.",
    "Le maire, Paul-Henri Cazenave, s’est dit surpris : la ville venait de refaire à ses frais la toiture, pour 210 000 euros.",
    "Il a demandé un rendez-vous au ministre et réunira le conseil municipal avant la fin du mois.",
]
HEAD = ["Aller au contenu", "Menu", "Accueil", "Politique", "Société", "Culture", "Sports", "Se connecter", "S’abonner"]
FOOT = ["Sur le même sujet", "Newsletter", "Je m’inscris", "Mentions légales", "Gestion des cookies"]
BYLINE, DATED = "Par Ludivine Sarrazac", "Publié le 3 octobre 2025 à 08h15"
TITLES = [
    "La reliure de Corvay va quitter le quai des Tanneurs",
    "Un atelier de reliure quitte le quai des Tanneurs à Corvay",
    "Après trente ans, la reliure de Corvay va quitter le quai",
]


def page(title: str) -> list[str]:
    return [*HEAD, title, BYLINE, DATED, "Partager", "Tweeter", *BODY, *FOOT]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("separator", [" ", "  ", "\t"])
def test_title_author_date_and_body_of_a_page_on_one_line_are_found(title, separator):
    raw = separator.join(page(title))
    found = strip_text(raw)
    assert found.description.title == title
    assert found.description.authors == ("Ludivine Sarrazac",)
    assert found.description.published_on == date(2025, 10, 3)
    assert found.text == " ".join(BODY)
    assert "".join(line.line for line in found.lines) == raw


def test_a_page_joined_with_nothing_between_is_cut_at_its_capitals():
    raw = "".join(page(TITLES[0]))
    found = strip_text(raw)
    assert found.text == "".join(BODY)
    assert (found.description.title, found.description.authors) == (TITLES[0], ("Ludivine Sarrazac",))
    assert "".join(line.line for line in found.lines) == raw


def test_a_headline_that_begins_with_a_name_is_found_where_it_is_repeated():
    title = "Corvay perd son dernier atelier de reliure"
    raw = " ".join([*HEAD, "Vallée Riverains", title, "Tourisme", title, BYLINE, DATED, *BODY, *FOOT])
    assert strip_text(raw).description.title == title


def test_a_body_that_begins_with_a_name_is_cut_off_the_date_before_it():
    first = "Corvay verra partir en novembre son atelier de reliure, qui emploie trente-quatre ouvrières sur le quai."
    raw = " ".join([*HEAD, TITLES[0], BYLINE, DATED, first, *BODY[1:], *FOOT])
    assert strip_text(raw).text == " ".join([first, *BODY[1:]])


@pytest.mark.parametrize("crumb", ["Accueil > Vallée", "Accueil > Vallée > Faits divers", "Accueil › Basse-Vallée"])
def test_a_headline_that_begins_with_a_name_is_found_after_a_breadcrumb(crumb):
    title = "Corvay perd son dernier atelier de reliure"
    raw = " ".join([*HEAD, crumb, title, BYLINE, DATED, *BODY, *FOOT])
    assert strip_text(raw).description.title == title


def test_the_menu_may_stand_on_one_line_and_the_article_on_others():
    menu = " ".join(HEAD * 15)
    raw = menu + "\n" + "\n".join([TITLES[0], BYLINE, DATED, *BODY])
    found = strip_text(raw)
    assert (found.description.title, found.text) == (TITLES[0], "\n".join(BODY))


ENGLISH = [
    "Skip to content", "Home", "News", "Sport", "Weather", "Sign in", "The Corley Valley Herald",
    "The last bookbinder of Corley to leave the canal after thirty years", "By Agnes Tolliver", "Published 3 October 2025 at 8:15",
    "Share", "The bookbinding workshop of Corley, which employs thirty-four people, will leave its home on the canal in November.",
    "Workers were told on Monday, at a meeting that lasted less than an hour and left many of them in tears.",
    "“Nobody will be left behind,” said the manager, Ruth Pennock, who promised a new job to everyone within twenty miles.",
    "The union, which had asked for one team to stay, has called for a march on Saturday from the bridge to the town hall.",
    "The mayor, Paul Cazenove, said he was astonished: the town had just paid for a new roof, at a cost of 210,000 pounds.",
    "He has asked to see the minister and will call a meeting of the council before the end of the month.",
    "Related stories", "Newsletter", "Sign up", "Privacy policy", "Terms of use", "Contact us",
]  # fmt: skip


def test_a_page_in_english_on_one_line_is_cut_too():
    found = strip_text(" ".join(ENGLISH))
    assert found.text == " ".join(ENGLISH[11:17])
    assert (found.description.title, found.description.authors) == (ENGLISH[7], ("Agnes Tolliver",))
    assert found.description.published_on == date(2025, 10, 3)


def test_a_short_page_on_one_line_is_cut_and_a_short_paragraph_is_not():
    raw = " ".join([*HEAD, TITLES[0], BYLINE, DATED, *BODY[:4], *FOOT])
    assert len(raw) <= LONGEST_LINE
    found = strip_text(raw)
    assert (found.description.title, found.text) == (TITLES[0], " ".join(BODY[:4]))
    paragraph = " ".join(BODY[:4])
    assert cut_page(paragraph) == [(0, len(paragraph))]
    assert len(cut_page(raw + "\n\nContact\n")) == 3


@pytest.mark.parametrize(
    "paragraph",
    [
        " ".join(BODY * 2),
        " ".join(
            [
                "Le journal Le Courrier de Corvay cite la Société des Relieurs et la ministre de la Culture Anne Vauquelin."
            ]
            * 12
        ),
        " ".join(
            ["Avec YouTube et LinkedIn, la gérante McAllister a conquis la Société Générale en peu de temps."] * 12
        ),
    ],
)
def test_an_ordinary_long_paragraph_is_cut_after_sentences_alone(paragraph):
    assert len(paragraph) > 1000
    assert cut_page(paragraph) == cut_lines(paragraph)


@pytest.mark.parametrize("seed", range(30))
def test_lines_concatenated_are_the_page_and_none_is_too_long(seed):
    dice = random.Random(seed)
    pieces = [*HEAD, *BODY, *FOOT, BYLINE, DATED, "\n", "«", "»", "\u00ad", "x" * 1200, "2025", "12h30", "É", "¿Qué"]
    raw = dice.choice(["", " ", "\u00a0"]).join(dice.choices(pieces, k=80))
    spans = cut_page(raw)
    assert "".join(raw[start:end] for start, end in spans) == raw
    assert all(0 < end - start <= LONGEST_LINE for start, end in spans)
