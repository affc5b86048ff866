"""The named features of a page, and pages on which one of them decides what is kept."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tasks.page.lines import cut_lines
from tasks.strip import strip_text
from tasks.strip.block_features import are_prose, read_blocks
from tasks.strip.certain_phrases import certain_reason
from tasks.strip.classify import classify
from tasks.strip.feature_table import feature_names, read_features
from tasks.strip.lexicon import load_lexicon
from tasks.strip.sequence_model import BEFORE, INSIDE, STEPS, Binning, Model, Term
from tasks.strip.sign_counts import count_signs
from tasks.text.remembered import RememberedBatch
from tasks.text.words import split_folded_words
from tools.train.silver_pages import Silver, label

PARAGRAPHS = (
    "Le conseil municipal de Vaudrey a voté lundi la rénovation de la halle, dont le toit laisse passer la pluie depuis trois hivers.",
    "Les travaux commenceront en mars et dureront dix mois, pendant lesquels le marché se tiendra sur le parking de la gare.",
    "La commune paiera un tiers de la facture, la région et l’État le reste, selon le plan de financement que le maire a présenté.",
    "Deux élus se sont abstenus, faute de savoir ce que deviendront les commerçants installés sous la halle pendant cette période.",
)


def column(name: str, texts: tuple[str, ...]) -> list[float]:
    values: list[float] = read_features(texts)[:, feature_names().index(name)].tolist()
    return values


@pytest.mark.parametrize(("words", "feature"), [("12 commentaires", "after_comment"), ("Lire aussi", "after_related")])
def test_a_section_of_comments_or_teasers_is_announced_below_prose_only(words: str, feature: str) -> None:
    above = column(feature, (words, "Menu", *PARAGRAPHS, "Fin"))
    assert set(above) == {99.0}
    below = column(feature, (*PARAGRAPHS, words, "Menu"))
    assert below[-2:] == [0.0, 1.0]


def test_the_distance_to_a_paywall_notice_is_counted_below_it() -> None:
    cut = column(
        "after_cut", ("Article réservé aux abonnés", *PARAGRAPHS, "Il vous reste 62 % de cet article à lire.", "Voir")
    )
    assert cut == [99.0] * 5 + [0.0, 1.0]


def test_the_run_that_repeats_its_headline_has_the_best_lead() -> None:
    about = (
        "La Feuille de Vaudrey est un journal associatif que ses lecteurs financent depuis plus de vingt ans sans publicité ni subvention.",
        "Elle paraît chaque semaine et vit du travail de bénévoles qui écrivent, relisent et distribuent tous les numéros, été comme hiver.",
        "Son imprimerie se trouve dans une ancienne filature, que les adhérents ont rachetée ensemble après la faillite du dernier propriétaire.",
        "Toute personne qui paie sa cotisation peut venir aux réunions du mardi soir et y proposer des sujets, des dessins ou des photographies.",
        "Les comptes sont publiés une fois par an et discutés en assemblée générale, où chaque adhérent dispose d’une voix et d’une seule.",
    )
    leads = column(
        "run_lead", (*about, *["Menu"] * 6, "Rénovation : les commerçants de la halle attendent", *PARAGRAPHS)
    )
    assert max(leads[: len(about)]) < leads[-1] == 1.0


def test_korean_is_prose_though_its_function_words_are_joined_to_others() -> None:
    table, _ = read_blocks(
        ["시의회는 월요일에 오래된 시장 건물을 고치기로 했으며 공사는 내년 삼월에 시작되어 열 달 동안 이어질 예정이다."]
    )
    assert are_prose(table).tolist() == [True]


KOREAN = ("시의회는 시장을 고친다", "한 글")
ODD_BLOCKS = (
    "Sports", "—", "•", "12", "²³", "3 commentaires", "𝐋e Monde 𝐀 vu", "A\u2003Bé\u00a0C", "a - b – c - - d", "Quoi ?!? Non!! Si..",
    "今日は雨です。明日も、たぶん、雨です。", *KOREAN, "Lire aussi : notre carte", "Abonnez-vous", "\ud800 A|B · c/D\\e",
    "Écrire à redac@nord.fr ou #vaudrey", "www.nord.fr", "1. Premier point", "# Titre", "« Non », dit-elle…", "\0Nul\0 et.", PARAGRAPHS[0],
)  # fmt: skip


def test_the_numbers_of_a_block_do_not_depend_on_the_blocks_read_with_it() -> None:
    texts = [*ODD_BLOCKS, *PARAGRAPHS, *ODD_BLOCKS]
    table, bags = read_blocks(texts)
    for text, row, bag in zip(texts, table.tolist(), bags, strict=True):
        for batch in RememberedBatch.batches:
            batch.cache_clear()
        alone, (own_bag,) = read_blocks([text])
        assert (alone[0].tolist(), own_bag) == (row, bag), text


def test_signs_are_counted_as_defined() -> None:
    counts = count_signs(ODD_BLOCKS)
    for number, text in enumerate(ODD_BLOCKS):
        assert counts.capitals[number] == sum(word[0].isupper() for word in text.split()), text
        assert counts.digits[number] == sum(sign.isdigit() for sign in text), text
        assert counts.commas[number] == text.count(",") + text.count("、"), text
        assert counts.separators[number] == sum(text.count(sign) for sign in "|•·›»>/\\→"), text
        assert counts.hyphens[number] == len(re.findall(r"(?<=\s)-(?=\s)", text)), text
        assert counts.mark_pairs[number] == len(re.findall(r"[.!?](?=[.!?])", text)), text
        assert (counts.hangul[number] > 0) == (text in KOREAN), text
        assert (counts.unspaced[number] > counts.hangul[number]) == text.startswith("今"), text


def test_phrases_that_decide_alone_make_a_block_certain() -> None:
    opening = f"Lire aussi : {PARAGRAPHS[1]}"
    texts = ("Abonnez-vous", opening, f"{PARAGRAPHS[1]} Lire aussi :", PARAGRAPHS[0], "Sports", "12")
    assert (
        column("certain", texts)
        == [
            float(
                certain_reason(split_folded_words(text), load_lexicon().count_covered(split_folded_words(text)))
                is not None
            )
            for text in texts
        ]
        == [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    )


def test_a_page_that_keeps_nothing_is_searched_again() -> None:
    """Weights that hold every block for what stands before an article lose to the price of an article without words."""
    binning = Binning([(Term("words", 0, (9.5,)),)])
    weights = np.zeros((binning.starts[-1], len(STEPS)), dtype=np.float32)
    weights[0] = [0.0 if end != INSIDE else -9.0 for _, end in STEPS]  # short lines are never article
    weights[1] = [4.0 if start == end == BEFORE else 0.0 for start, end in STEPS]
    more = (
        "Le plus ancien marchand de la halle, qui vend des fromages depuis quarante ans, craint de ne pas retrouver sa place.",
        "Le maire lui a répondu que chacun garderait la sienne, et que les loyers ne bougeraient pas avant la fin du mandat.",
    )
    raw = "\n".join(("Menu", "Accueil", *PARAGRAPHS, *more, "Contact"))
    spans = cut_lines(raw)
    kept = [verdict.kind for verdict in classify(raw, spans, model=Model(binning, weights))]
    assert kept[2:-1] == ["body"] * 6
    assert kept[:2] == ["chrome"] * 2 and kept[-1] == "chrome"
    dated = "\n".join(line for text in (*PARAGRAPHS, *more) for line in ("Josiane, le 3 mars à 12:40", text))
    assert not any(
        verdict.kind == "body" for verdict in classify(dated, cut_lines(dated), model=Model(binning, weights))
    )
    short = "\n".join(("Menu", PARAGRAPHS[0], "Contact"))
    assert not any(
        verdict.kind == "body" for verdict in classify(short, cut_lines(short), model=Model(binning, weights))
    )


@pytest.mark.parametrize("opening", ["Lire nos explications :", "Lire l’entretien :", "Read the full story:"])
def test_a_pointer_to_another_article_is_removed_wherever_it_stands(opening: str) -> None:
    pointer = f"{opening} À Vaudrey, dix ans de débats autour d’une halle"
    head = ("Vaudrey : la halle sera rénovée", "Par Anna Lom", "Publié le 3 mars 2025")
    page = strip_text("\n\n".join((*head, *PARAGRAPHS[:2], pointer, *PARAGRAPHS[2:])))
    assert page.text == "\n\n".join(PARAGRAPHS)
    removed = next(line for line in page.lines if line.line.strip() == pointer)
    assert (removed.reason, removed.score) == ("related_article", 0.0)


def test_labels_of_unannotated_pages_are_where_both_extractions_agree() -> None:
    precise = "\n".join(PARAGRAPHS[:3])
    silver = Silver({"without": ["plan de financement"]}, "inner", "", precise, "\n".join(PARAGRAPHS))
    wanted, words = label([*PARAGRAPHS, "Menu"], silver)
    assert wanted.tolist() == [1, 1, 0, -1, 0]
    assert words[-1] == 1


def test_long_blocks_are_repeated_when_they_differ_in_case_alone() -> None:
    sentence = "Le conseil municipal de Brèze a voté mardi soir la rénovation du vieux pont sur la rivière"
    texts = (f"{sentence}, à l’unanimité.", f"{sentence}, à L’UNANIMITÉ.", f"{sentence}, sans débat.", "Menu", "MENU")
    assert column("repeats", texts) == [2, 2, 1, 2, 2]
    assert column("is_repeat", texts) == [0, 1, 0, 0, 1]
