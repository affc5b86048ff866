"""The search for what loses a page: one page for each stage at fault, judged by the shipped weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.strip import Models, Sample
from benchmarks.strip_lost import Lost, find_lost
from tasks.strip.article_span import SpanModel
from tasks.strip.windows import WINDOW_FEATURES

MENU = ["Accueil", "Politique", "Sports", "Culture", "Abonnements", "Se connecter"]
BRIDGE = [
    "Le pont de Lorme, fermé depuis le mois de mars, rouvrira à la circulation lundi matin, a annoncé mercredi le département.",
    "Les travaux ont duré quatre mois et coûté deux millions d’euros, soit un tiers de plus que ce que prévoyait le budget voté en janvier.",
    "Une fissure avait été découverte dans une pile du pont au cours d’un contrôle, et les ingénieurs avaient demandé sa fermeture immédiate.",
    "Les habitants des deux rives ont dû faire un détour de vingt kilomètres, que les commerçants de la place ont payé de leur clientèle.",
]
POOL = [
    "La piscine d’Arcis restera ouverte tout l’été, a décidé mardi soir le conseil municipal, après un débat de plus de trois heures.",
    "Les élus de l’opposition avaient demandé une fermeture en août, le mois où les charges de personnel sont les plus élevées.",
    "Selon le maire, le nombre des entrées a doublé en deux ans, et les familles qui ne partent pas en vacances ne comprendraient pas.",
    "Un nouveau bassin pour les enfants doit être construit l’an prochain, si la région accorde la subvention demandée en février.",
]
FOOT = ["Contact", "Mentions légales", "Plan du site"]


def lose(gold: Sequence[str], lines: Sequence[str], spans: SpanModel | None = None) -> Lost | None:
    page = {"domain": "lorme.example", "lang": "fr", "gold_text": "\n".join(gold)}
    return find_lost(Sample(page, "inner", "\n".join(lines) + "\n"), Models(spans=spans))


def stage(gold: Sequence[str], lines: Sequence[str]) -> str | None:
    lost = lose(gold, lines)
    return lost.stage if lost else None


def test_a_page_that_is_right_is_not_lost() -> None:
    assert lose(BRIDGE, [*MENU, "Le pont de Lorme rouvre lundi", *BRIDGE, *FOOT]) is None


def test_an_article_in_half_a_block_is_lost_by_the_blocks() -> None:
    joined = " ".join([*BRIDGE[:2], *POOL[:2]])
    assert stage(BRIDGE[:2], [*MENU, "Le pont de Lorme rouvre lundi", joined, *FOOT]) == "blocks"


def test_an_article_that_reads_like_a_menu_is_lost_by_the_candidates() -> None:
    names = ["Anne Lorme", "Paul Arcis", "Louis Tilly", "Marie Vaudrey", "Jean Mirebel", "Luc Sorbier"]
    lost = lose(names, [*MENU, *names, "Le pont de Lorme rouvre lundi", *BRIDGE, *FOOT])
    assert lost is not None
    assert lost.stage == "candidates"
    assert lost.error == "another"


def test_an_article_of_cross_references_is_lost_when_they_are_set_aside() -> None:
    references = [f"Lire aussi : {line}" for line in POOL[:3]]
    lines = [line for pair in zip(BRIDGE, [*references, ""], strict=True) for line in pair]
    assert stage(references, [*MENU, "Le pont de Lorme rouvre lundi", *lines, *FOOT]) == "set_aside"


def test_a_right_window_is_lost_where_the_page_counts_as_one_run() -> None:
    between = ["Les plus lus", *MENU, "Nos newsletters", *MENU]
    lines = [*MENU, "Le pont de Lorme rouvre lundi", *BRIDGE, *between, "La piscine d’Arcis", *POOL, *FOOT]
    found = [lost for lost in (lose(BRIDGE, lines), lose(POOL, lines)) if lost]
    assert [lost.stage for lost in found] == ["no_choice"]  # the other run is the article that is kept


def test_a_right_window_is_lost_by_the_greater_score_of_another() -> None:
    lines = [*BRIDGE, "4 commentaires", *POOL]
    prefers_the_end = SpanModel(
        np.array([WINDOW_FEATURES.index("words_above_ratio")]), np.array([0.3]), np.array([9.0])
    )
    lost = lose([*BRIDGE, *POOL], [*MENU, "Le pont de Lorme rouvre lundi", *lines, *FOOT], prefers_the_end)
    assert lost is not None
    assert lost.stage == "score"
    assert lost.error == "too_little"
    assert lost.best[2] > 0.9
