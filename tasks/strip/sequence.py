"""Where an article begins, pauses and ends: a linear-chain model over a page's blocks.

Four states in an order that cannot be broken: before the article, in it, in an interruption of it, after it. Every
step between two states is scored from binned features of the block and its neighbours (`weights.json`, learned by
`benchmarks/train_strip.py`); the probability that a block is article is its marginal over all ways through
the page (a conditional random field, Lafferty, McCallum and Pereira 2001).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tasks.strip.features import feature_names

if TYPE_CHECKING:
    import numpy as np

WEIGHTS_FILE = Path(__file__).with_name("weights.json")

BEFORE, INSIDE, PAUSE, AFTER = range(4)
STEPS = (  # from state, to state; the order of the weights
    (BEFORE, BEFORE), (BEFORE, INSIDE), (INSIDE, INSIDE), (INSIDE, PAUSE),
    (INSIDE, AFTER), (PAUSE, PAUSE), (PAUSE, INSIDE), (AFTER, AFTER),
)  # fmt: skip
_ENTERS_ARTICLE = tuple(float(end == INSIDE) for _, end in STEPS)


class Term(NamedTuple):
    """One feature of the block `offset` places away, cut at `edges`; the bin after the last stands for no such block."""

    feature: str
    offset: int
    edges: tuple[float, ...]


class Column(NamedTuple):
    """One or two terms and a weight for each of their (combined) bins and each step."""

    terms: tuple[Term, ...]
    weights: np.ndarray

    @property
    def name(self) -> str:
        return " & ".join(f"{term.feature}@{term.offset:+d}" if term.offset else term.feature for term in self.terms)


def bin_terms(features: np.ndarray, terms: tuple[Term, ...]) -> np.ndarray:
    """The number of the (combined) bin each block falls in."""
    import numpy as np

    names = _column_numbers()
    count = len(features)
    bins = np.zeros(count, dtype=np.int64)
    for term in terms:
        found = np.searchsorted(np.array(term.edges), features[:, names[term.feature]], side="right")
        if term.offset:
            shifted = np.full(count, len(term.edges) + 1)
            if term.offset > 0:
                shifted[: -term.offset] = found[term.offset :]
            else:
                shifted[-term.offset :] = found[: term.offset]
            found = shifted
        bins = bins * (len(term.edges) + 2) + found
    return bins


@cache
def _column_numbers() -> dict[str, int]:
    return {name: number for number, name in enumerate(feature_names())}


@cache
def load_columns() -> tuple[Column, ...]:
    """The learned weights, read once a process."""
    import numpy as np

    data = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return tuple(
        Column(
            tuple(Term(term["feature"], term["offset"], tuple(term["edges"])) for term in column["terms"]),
            np.array(column["weights"]),
        )
        for column in data["columns"]
    )


def score_steps(features: np.ndarray, columns: tuple[Column, ...]) -> np.ndarray:
    """The score of every step into every block: one row per block, columns as in `STEPS`."""
    import numpy as np

    scores = np.zeros((len(features), len(STEPS)))
    for column in columns:
        scores += column.weights[bin_terms(features, column.terms)]
    return scores


def article_probabilities(
    features: np.ndarray, evidence: Sequence[float] | None = None, columns: tuple[Column, ...] | None = None
) -> list[float]:
    """For each block the probability that it is article: forward and backward sums over all ways through the page.

    `evidence` is what else speaks for each block being article, as log odds.
    """
    import numpy as np

    if not len(features):
        return []
    scores = score_steps(features, load_columns() if columns is None else columns)
    if evidence is not None:
        scores += np.asarray(evidence)[:, None] * _ENTERS_ARTICLE
    steps = np.exp(scores - scores.max(axis=1, keepdims=True)).tolist()
    forward = [(1.0, 0.0, 0.0, 0.0)]
    for bb, bi, ii, ip, ia, pp, pi, aa in steps:
        before, inside, pause, after = forward[-1]
        state = (before * bb, before * bi + inside * ii + pause * pi, inside * ip + pause * pp, inside * ia + after * aa)
        scale = 1.0 / (sum(state) or 1e-300)
        forward.append((state[0] * scale, state[1] * scale, state[2] * scale, state[3] * scale))
    probabilities = [0.0] * len(steps)
    before, inside, pause, after = 1.0, 1.0, 0.0, 1.0  # a page does not end in a pause
    for index in range(len(steps) - 1, -1, -1):
        a, b, c, d = forward[index + 1]
        here = b * inside
        probabilities[index] = here / ((a * before + here + c * pause + d * after) or 1e-300)
        bb, bi, ii, ip, ia, pp, pi, aa = steps[index]
        before, inside, pause, after = (
            before * bb + inside * bi, inside * ii + pause * ip + after * ia, pause * pp + inside * pi, after * aa,
        )  # fmt: skip
        scale = 1.0 / ((before + inside + pause + after) or 1e-300)
        before, inside, pause, after = before * scale, inside * scale, pause * scale, after * scale
    return probabilities


def best_cut(probabilities: Sequence[float], words: Sequence[float]) -> tuple[float, float]:
    """The probability from which to keep blocks so that the expected F of their words is greatest, and that F.

    Keeping in order of probability is optimal for an expected F (Jansche 2005); only where to stop depends on the page.
    """
    ranked = sorted(zip(probabilities, words, strict=True), reverse=True)
    expected = sum(probability * count for probability, count in ranked)
    cut, best, right, kept = 1.0, 0.0, 0.0, 0.0
    for probability, count in ranked:
        right += probability * count
        kept += count
        score = 2 * right / (kept + expected) if kept else 0.0
        if score > best:
            cut, best = probability, score
    return cut, best
