"""Learning the choice between runs of prose: pages put together from pages, prices of windows, steps of a score."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tasks.strip.blocks import Block
from tasks.strip.feature_table import read_features
from tasks.strip.sequence_model import load_model
from tasks.strip.windows import WINDOW_FEATURES
from tools.train.put_together import Source, put_together
from tools.train.shingles import tokens
from tools.train.spans import SpanPage, fit_span_folds, fit_spans
from tools.train.strip import FOLDS, fold_of
from tools.train.strip_examples import Example


def source(name: str, paragraphs: int) -> Source:
    article = [
        f"La commune de {name} a voté lundi le budget numéro {n}, dont le maire a dit qu’il serait le dernier avant les travaux."
        for n in range(paragraphs)
    ]
    thread = [
        f"Je n’y crois pas une seconde, {name} {n}, et vous verrez que les impôts de la ville vont encore augmenter."
        for n in range(8)
    ]
    texts = ["Menu", *article, "8 commentaires", *thread, "Contact"]
    wanted = [0, *[1] * paragraphs, *[0] * 10]
    blocks = [Block((n,), text) for n, text in enumerate(texts)]
    words = np.array([len(tokens(text)) for text in texts])
    example = Example(f"{name}.example", blocks, np.array(wanted), words, read_features(texts), 1.0)
    page = {
        "domain": f"{name}.example",
        "lang": "fr",
        "gold_title": f"Le budget de {name}",
        "gold_authors": [f"Anne {name}"],
    }
    return Source(page, "inner", example)


SOURCES = [source(name, 6) for name in ("Lorme", "Arcis", "Tilly", "Vaudrey", "Mirebel")]


def test_a_page_put_together_holds_an_article_of_one_page_and_others_under_it() -> None:
    made = list(put_together(SOURCES, lambda _: 0, 40, seed=3))
    assert {page.kind for page in made} == {"thread", "briefs", "names"}
    for page in made:
        own = {block.text for block in page.source.example.blocks}
        article = [text for text, want in zip(page.texts, page.wanted, strict=True) if want == 1]
        others = [text for text, want in zip(page.texts, page.wanted, strict=True) if want == 0 and text not in own]
        assert article and set(article) <= own
        assert others
        assert len(page.texts) == len(page.wanted)


def test_no_page_is_put_together_across_groups() -> None:
    groups = {"Lorme.example": 1}
    names = ("Arcis", "Tilly", "Vaudrey", "Mirebel")
    made = list(put_together(SOURCES, lambda domain: groups.get(domain, 0), 40, seed=1))
    assert made and all(any(name in page.source.page["domain"] for name in names) for page in made)
    assert not any("Lorme" in text for page in made for text in page.texts)


def test_a_publisher_moves_between_folds_from_assignment_to_assignment() -> None:
    domains = [f"journal{n}.example" for n in range(60)]
    first, second = ([fold_of(domain, assignment) for domain in domains] for assignment in (0, 1))
    assert set(first) == set(second) == set(range(FOLDS))
    assert first != second


def test_the_steps_learned_choose_the_window_that_loses_nothing() -> None:
    chance = np.random.default_rng(0)
    at = WINDOW_FEATURES.index("rate:moments")
    pages = []
    for number in range(60):
        features = np.zeros((5, len(WINDOW_FEATURES)), dtype=np.float32)
        features[:, :3] = chance.normal(size=(5, 3))  # says nothing
        features[:, at] = chance.permutation([0.0, 0.3, 0.6, 0.8, 1.0])
        pages.append(SpanPage(f"journal{number}.example", 1.0, features, 1.0 - features[:, at].astype(float)))
    model = fit_spans(pages[:40])
    chosen = [page.f[model.score(page.features).argmax()] for page in pages[40:]]
    assert np.mean(chosen) > 0.95


def test_the_models_of_folds_are_stored_and_read_again(tmp_path: Path) -> None:
    def read_again() -> Sequence[Source]:
        pytest.fail("the pages were read although the models are stored")

    lines = [load_model()] * FOLDS
    learned = fit_span_folds(lambda: SOURCES, lines, 0, tmp_path)
    stored = fit_span_folds(read_again, lines, 0, tmp_path)
    assert len(stored) == FOLDS
    for one, other in zip(learned, stored, strict=True):
        for part, other_part in zip(one, other, strict=True):
            assert np.array_equal(part, other_part)
