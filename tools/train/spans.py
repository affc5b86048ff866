"""Learn the weights of tasks/strip/article_span.py from annotated pages: `python -m tools.train.spans`.

The windows of every annotated page, in all styles, and of pages put together from them (`put_together.py`), as the line model
finds them with weights that have not seen the publisher. Every window has a price, the F it loses against the page's best
window; the weights are those under which the best windows outscore the others by their price (structured hinge loss with a
soft maximum, Gimpel and Smith 2010), fitted with L-BFGS under a squared penalty of the height of each step.
Needs the development pages (`../shared/bench/strip`); writes tasks/strip/span_weights.json.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache as cache_result
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tasks.strip.article_span import SpanModel, find_candidates, write_span_model
from tasks.strip.blocks import Block
from tasks.strip.classify import find_certain
from tasks.strip.feature_table import read_table
from tasks.strip.select_blocks import Search
from tasks.strip.sequence_model import Model
from tools.train.development_data import PAGES, STYLES, Page, covers_body, read_dump, read_pages
from tools.train.put_together import Source, put_together
from tools.train.shingles import tokens
from tools.train.strip import ASSIGNMENTS, fit_folds, fold_of
from tools.train.strip_examples import annotate

MADE_PAGES = 450  # put together, for each assignment of publishers to folds
MADE_WEIGHT = 0.25  # of a page put together
FRENCH_WEIGHT = 2.0
MARGIN = 8.0  # of the score, for a window that loses all of F
PENALTY = 0.003  # of the squared heights of the steps
STEPS = 7  # of a feature with many values, at its quantiles
AS_GOOD = 0.01  # F: windows so close to the best are as right
ROUNDS = 80


class SpanPage(NamedTuple):
    """The windows of one page in one style: their features and F, and what the page weighs."""

    domain: str
    weight: float
    features: np.ndarray
    f: np.ndarray


def read_sources() -> Iterator[Source]:
    """Yield every annotated page in every style that holds its body."""
    for page in read_pages():
        if page.get("body_ok"):
            for style in STYLES:
                raw = read_dump(page, style) if covers_body(page, style) else None
                if raw is not None:
                    yield Source(page, style, annotate(page, raw))


@cache_result
def read_sources_once() -> list[Source]:
    """Return the annotated pages, read once a process."""
    return list(read_sources())


def read_span_pages(sources: Sequence[Source], models: Sequence[Model], assignment: int) -> Iterator[SpanPage]:
    """Yield the windows of all pages, found with the model of the page's fold, and of pages put together within a fold."""
    pages = Counter(source.page["domain"] for source in sources)
    fold = partial(fold_of, assignment=assignment)
    made = put_together(sources, fold, MADE_PAGES, seed=assignment)
    cases: Iterator[tuple[Page, list[str], np.ndarray, float]] = chain(
        ((source.page, [block.text for block in source.example.blocks], source.example.wanted, 1.0) for source in sources),
        ((page.source.page, page.texts, np.array(page.wanted), MADE_WEIGHT) for page in made),
    )  # fmt: skip
    for page, texts, wanted, weight in cases:
        found = read_windows(texts, wanted, models[fold(page["domain"])])
        if found is not None:
            share = 3 / (2 + pages[page["domain"]] / len(STYLES)) * (FRENCH_WEIGHT if page["lang"] == "fr" else 1.0)
            yield SpanPage(page["domain"], weight * share, *found)


def read_windows(texts: Sequence[str], wanted: np.ndarray, model: Model) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the features and the F of the windows of a page's blocks; None where there is no choice."""
    blocks = [Block((number,), text) for number, text in enumerate(texts)]
    features, bags = read_table(texts)
    search = Search(blocks, features, find_certain(texts, features), model.score_steps(features))
    kept_sets = (search.keep_most_likely(), search.keep_favoured())
    candidates = find_candidates(features, bags, kept_sets) if any(kept_sets[0][1]) else None
    if candidates is None or len(candidates.starts) < 2:
        return None
    words = np.array([len(tokens(text)) for text in texts])
    gold = float(words[wanted == 1].sum())
    sums = [
        np.concatenate([[0], np.cumsum(words * (wanted == want) * np.array(kept))])
        for _, kept in kept_sets
        for want in (1, 0)
    ]
    right, wrong = np.zeros(len(candidates.starts)), np.zeros(len(candidates.starts))
    for number in range(len(kept_sets)):
        chosen = candidates.sets == number
        starts, ends = candidates.starts[chosen], candidates.ends[chosen]
        right[chosen] = sums[2 * number][ends] - sums[2 * number][starts]
        wrong[chosen] = sums[2 * number + 1][ends] - sums[2 * number + 1][starts]
    return candidates.features.astype(np.float32), 2 * right / np.maximum(right + wrong + gold, 1)


class Steps:
    """The steps of every feature: a window is in one bin of a feature, and its score counts all steps up to that bin."""

    def __init__(self, pages: Sequence[SpanPage]) -> None:
        sample = np.concatenate([page.features[::3] for page in pages])
        self.edges = [_cut(values) for values in sample.T]
        self.starts = np.cumsum([0, *(len(edges) + 1 for edges in self.edges)])
        self._feature = np.repeat(np.arange(len(self.edges)), np.diff(self.starts))
        self._is_first = np.isin(np.arange(self.starts[-1]), self.starts[:-1])

    def bins(self, features: np.ndarray) -> csr_matrix:
        """One row for each window, one entry for each feature: the bin it is in."""
        columns = zip(features.T, self.edges, self.starts, strict=False)
        bins = np.stack([start + edges.searchsorted(values, side="right") for values, edges, start in columns], axis=1)
        pointers = np.arange(0, bins.size + 1, bins.shape[1])
        return csr_matrix((np.ones(bins.size, np.float32), bins.ravel(), pointers), (len(bins), self.starts[-1]))

    def heights_to_bins(self, heights: np.ndarray) -> np.ndarray:
        """The score of each bin: the sum of the steps up to it."""
        sums = np.cumsum(np.where(self._is_first, 0.0, heights))
        scores: np.ndarray = sums - sums[self.starts[:-1]][self._feature]
        return scores

    def bins_to_heights(self, gradient: np.ndarray) -> np.ndarray:
        """The gradient of the steps from that of the bins."""
        sums = np.concatenate([np.cumsum(gradient[::-1])[::-1], [0.0]])
        return np.where(self._is_first, 0.0, sums[:-1] - sums[self.starts[1:]][self._feature])

    def model(self, heights: np.ndarray) -> SpanModel:
        """The model with these steps."""
        columns = [number for number, edges in enumerate(self.edges) for _ in edges]
        return SpanModel(np.array(columns), np.concatenate(self.edges), heights[~self._is_first])


def _cut(values: np.ndarray) -> np.ndarray:
    """Where a feature is cut: between its values when they are few, else at its quantiles."""
    distinct = np.unique(values)
    if len(distinct) <= STEPS + 1:
        return np.array([(low + high) / 2 for low, high in pairwise(distinct.tolist())])
    return np.unique(np.quantile(values, np.linspace(0, 1, STEPS + 2)[1:-1]))


def fit_spans(pages: Sequence[SpanPage]) -> SpanModel:
    """Return the steps under which the best windows of the pages outscore the others by what these lose."""
    steps = Steps(pages)
    bins = steps.bins(np.concatenate([page.features for page in pages]))
    transposed = bins.T.tocsr()
    sizes = np.array([len(page.f) for page in pages])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    f = np.concatenate([page.f for page in pages])
    lost = np.repeat(np.maximum.reduceat(f, starts), sizes) - f
    weight = np.array([page.weight for page in pages])
    weight /= weight.sum()
    spread = np.repeat(weight, sizes)

    def soft_maximum(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        top = np.maximum.reduceat(scores, starts)
        powers = np.exp(scores - np.repeat(top, sizes))
        total = np.add.reduceat(powers, starts)
        return top + np.log(total), powers / np.repeat(total, sizes)

    def loss(heights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = (bins @ steps.heights_to_bins(heights).astype(np.float32)).astype(float)
        any_z, any_share = soft_maximum(scores + MARGIN * lost)
        best_z, best_share = soft_maximum(np.where(lost <= AS_GOOD, scores, scores - 1e9))
        gradient = transposed @ (spread * (any_share - best_share)).astype(np.float32)
        value = float(weight @ (any_z - best_z)) + PENALTY * float(heights @ heights)
        return value, steps.bins_to_heights(gradient.astype(float)) + 2 * PENALTY * heights

    start = np.zeros(int(steps.starts[-1]))
    return steps.model(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x)


def fit_span_folds(
    read: Callable[[], Sequence[Source]], models: Sequence[Model], assignment: int, cache: Path | None = None
) -> list[SpanModel]:
    """Return for each fold of an assignment the span model learned from the pages of all other folds.

    `read` gives the annotated pages; `cache` is a folder in which the models are stored, and read again where they are there.
    """
    file = cache / f"spans_{assignment}.npz" if cache else None
    if file and file.exists():
        with np.load(file) as parts:
            return [SpanModel(*(parts[f"{name}_{fold}"] for name in SpanModel._fields)) for fold in range(len(models))]
    pages = list(read_span_pages(read(), models, assignment))
    found = [
        fit_spans([page for page in pages if fold_of(page.domain, assignment) != fold] or pages)
        for fold in range(len(models))
    ]
    if file:
        np.savez(
            file,
            **{f"{name}_{fold}": part for fold, model in enumerate(found) for name, part in model._asdict().items()},
        )
    return found


def main() -> int:
    """Learn from all pages under every assignment and write the weights."""
    if not PAGES.is_dir():
        print(f"The development pages are not in {PAGES}: nothing was learned.")
        return 0
    sources = list(read_sources())
    pages = [
        page
        for assignment in range(ASSIGNMENTS)
        for page in read_span_pages(sources, fit_folds(assignment), assignment)
    ]
    domains = len({page.domain for page in pages})
    made = MADE_PAGES * ASSIGNMENTS
    write_span_model(
        fit_spans(pages),
        f"{len(sources)} annotated dumps of {domains} publishers under {ASSIGNMENTS} assignments to folds, and {made} pages put "
        "together from them; numbers of windows only, no text",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
