"""The choice of the article among a page's runs of prose: windows, their features, the learned score."""

from __future__ import annotations

import numpy as np
import pytest

from tasks.page.lines import cut_lines
from tasks.strip import strip_text
from tasks.strip.article_span import SpanModel, choose_span, find_candidates, load_span_model
from tasks.strip.classify import classify
from tasks.strip.feature_table import read_table
from tasks.strip.windows import MOST_CHUNKS, WINDOW_FEATURES

ARTICLE = (
    "Le conseil municipal de Vaudrey a voté lundi la rénovation de la halle, dont le toit laisse passer la pluie depuis trois hivers.",
    "Les travaux commenceront en mars et dureront dix mois, pendant lesquels le marché se tiendra sur le parking de la gare.",
    "La commune paiera un tiers de la facture, la région et l’État le reste, selon le plan de financement que le maire a présenté.",
)
COMMENTS = (
    "Encore une dépense dont personne ne voulait, et vous verrez que les impôts vont augmenter l’année prochaine comme toujours.",
    "Je suis né dans cette rue et je peux vous dire que la halle n’a jamais servi à rien, sauf à garer les voitures des élus.",
    "Bravo pour cette décision ! Mes enfants y allaient chaque samedi et ils seront heureux de la retrouver en bon état.",
    "Vous oubliez que le marché couvert fait vivre vingt familles, alors avant de parler il faudrait peut-être se renseigner un peu.",
)
HEADLINE = "Vaudrey : la rénovation de la halle est votée par le conseil municipal"


def candidates_of(texts: tuple[str, ...], kept: list[bool]) -> tuple[np.ndarray, list[tuple[int, int]]]:
    features, bags = read_table(texts)
    found = find_candidates(features, bags, [([0.9 if keep else 0.1 for keep in kept], kept)])
    assert found is not None
    return found.features, list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))


def step(name: str, edge: float, weight: float) -> SpanModel:
    return SpanModel(np.array([WINDOW_FEATURES.index(name)]), np.array([edge]), np.array([weight]))


THREAD = tuple(
    line for number, text in enumerate(COMMENTS) for line in (f"Josiane{number}", "12:4" + str(number), text)
)
PAGE = (HEADLINE, *ARTICLE, "Partager", *THREAD)
KEPT = [text in ARTICLE or text in COMMENTS for text in PAGE]


def test_windows_go_from_break_to_break_of_what_is_kept() -> None:
    _, spans = candidates_of(PAGE, KEPT)
    runs = [(1, 4), (7, 8), (10, 11), (13, 14), (16, 17)]
    assert sorted(spans) == sorted((start, end) for start, _ in runs for _, end in runs if end > start)


def test_a_kept_headline_is_a_break_without_a_gap() -> None:
    page = (*ARTICLE, "Un deuxième pont pour la ville de Lorme", COMMENTS[0])
    _, spans = candidates_of(page, [True] * 5)
    assert set(spans) == {(0, 3), (3, 5), (0, 5)}


def test_a_page_of_many_runs_has_a_limited_number_of_windows() -> None:
    page = (*ARTICLE, *["Menu"] * 9, *[line for _ in range(40) for line in (COMMENTS[0], "Répondre")])
    kept = [text not in ("Menu", "Répondre") for text in page]
    _, spans = candidates_of(page, kept)
    assert len(spans) == MOST_CHUNKS * (MOST_CHUNKS + 1) // 2
    assert (0, 3) in spans  # the widest gap remains a break


def test_the_window_of_the_article_repeats_its_headline_and_holds_no_times() -> None:
    features, spans = candidates_of(PAGE, KEPT)
    article, all_kept, thread = (spans.index(span) for span in ((1, 4), (1, 17), (7, 17)))
    at = {name: number for number, name in enumerate(WINDOW_FEATURES)}
    assert features[article, at["headline"]] > 0.5 > features[thread, at["headline"]]
    assert features[article, at["rate:moments"]] == 0.0
    assert features[thread, at["rate:moments"]] == 0.75  # three times between four comments
    assert features[article, at["contrast:second_words"]] < 0 < features[thread, at["contrast:second_words"]]
    assert features[all_kept, at["share"]] == 1.0
    assert features[article, at["below:moments"]] == 2.0


def test_the_window_of_the_greatest_score_is_kept_alone() -> None:
    features, bags = read_table(PAGE)
    first = ([0.9] * len(PAGE), KEPT)
    _, kept = choose_span(features, bags, first, lambda: first, step("rate:moments", 0.1, -1.0))
    assert [text for text, keep in zip(PAGE, kept, strict=True) if keep] == list(ARTICLE)


def test_the_second_kept_set_holds_runs_that_the_first_has_not() -> None:
    features, bags = read_table(PAGE)
    wrong = ([0.9] * len(PAGE), [text in COMMENTS for text in PAGE])
    favoured = ([0.7] * len(PAGE), KEPT)
    scores, kept = choose_span(features, bags, wrong, lambda: favoured, step("headline", 0.5, 1.0))
    assert kept[1:4] == [True] * 3 and scores[0] == 0.7
    assert choose_span(features, bags, wrong, lambda: favoured, step("is_first_choice", 0.5, 1.0))[1] == wrong[1]


def test_a_standfirst_above_the_byline_belongs_to_the_article() -> None:
    standfirst = "Le toit laisse passer la pluie depuis trois hivers, et les marchands de Vaudrey n’y croyaient plus."
    page = (HEADLINE, standfirst, "Par Anna Lom", "Partager", *ARTICLE, "Menu", *THREAD)
    kept = [text == standfirst or text in ARTICLE or text in COMMENTS for text in page]
    features, bags = read_table(page)
    lower = step("start:words", 18.5, 1.0)  # the window that begins with the first paragraph of the body

    def texts_kept(is_kept: list[bool]) -> list[str]:
        first = ([0.9] * len(page), is_kept)
        _, chosen = choose_span(features, bags, first, lambda: first, lower)
        return [text for text, keep in zip(page, chosen, strict=True) if keep]

    assert texts_kept(kept)[:2] == [standfirst, ARTICLE[0]]
    assert texts_kept([text in ARTICLE or text in COMMENTS for text in page])[0] == ARTICLE[0]


def test_evidence_from_the_markup_leaves_no_choice() -> None:
    others = (*["Menu"] * 6, *(f"{text} {text}" for text in COMMENTS))
    raw = "\n".join((*PAGE[:4], *others, "Contact"))
    spans = cut_lines(raw)
    refuse_article = step("headline", 0.5, -9.0)

    def article_lines(evidence: list[float] | None) -> list[bool]:
        verdicts = classify(raw, spans, evidence=evidence, span_model=refuse_article)
        return [verdict.kind in ("body", "caption") for verdict in verdicts][1:4]

    evidence = [9.0 if number in (1, 2, 3) else -9.0 for number in range(len(spans))]
    assert article_lines(evidence) == [True] * 3
    everywhere = [9.0] * len(spans)
    assert article_lines(everywhere) == [True] * 3


def test_the_shipped_weights_name_features_of_windows() -> None:
    model = load_span_model()
    assert len(model.columns) == len(model.edges) == len(model.weights) > 100
    assert model.columns.max() < len(WINDOW_FEATURES)


MORE = (
    "Le plus ancien marchand de la halle, qui vend des fromages depuis quarante ans, craint de ne pas retrouver sa place.",
    "Le maire lui a répondu que chacun garderait la sienne, et que les loyers ne bougeraient pas avant la fin du mandat.",
)
HEAD = ("Accueil", "Sports", "Culture", HEADLINE, "Par Anna Lom", "Publié le 3 mars 2025 à 10h12")


def kept_lines(*lines: str) -> list[str]:
    text = strip_text("\n".join(lines)).text
    return [line for line in lines if line in text and len(line) > 30 and line != HEADLINE]


@pytest.mark.parametrize("article", [(*ARTICLE, *MORE), ARTICLE[:1]])
def test_a_thread_of_comments_many_times_longer_than_the_article_is_left_out(article: tuple[str, ...]) -> None:
    signed = [line for n, text in enumerate(COMMENTS * 4) for line in (f"Josiane{n}", f"le 4 mars à 12:{n + 10}", text)]
    assert kept_lines(*HEAD, *article, "Partager", "16 commentaires", *signed, "Contact") == list(article)


def test_a_thread_with_names_alone_is_left_out() -> None:
    named = [line for n, text in enumerate(COMMENTS * 4) for line in (f"Josiane{n}", text)]
    article = (*ARTICLE, *MORE)
    assert kept_lines(*HEAD, *article, "Partager", "16 commentaires", *named, "Contact") == list(article)


def test_times_on_lines_of_their_own_beside_names_are_comments_not_a_live_page() -> None:
    thread = [
        line for n, text in enumerate(COMMENTS * 3) for line in (f"@josiane{n}", "4 mars 2025", f"12h{n + 10}", text)
    ]
    assert kept_lines(*HEAD, *ARTICLE, "Tweet", *thread, "Contact") == list(ARTICLE)


def test_an_article_with_subheadings_and_quotes_of_readers_is_kept_whole() -> None:
    """Neighbours of a thread that are article: first person, exclamation marks and names between paragraphs."""
    voices = [
        line
        for n, text in enumerate(COMMENTS)
        for line in (f"Ce qu’en dit le quartier {n + 1}", f"« {text} » raconte une voisine de la halle.")
    ]
    lines = (*HEAD, *ARTICLE, *voices, *MORE, "Partager", "Contact")
    assert [text for text in (*ARTICLE, *MORE) if text not in kept_lines(*lines)] == []
    assert sum(line in kept_lines(*lines) for line in voices[1::2]) == len(COMMENTS)
