"""Where an article begins, pauses and ends: a linear-chain model over a page's blocks.

Four states in an order that cannot be broken: before the article, in it, in an interruption of it, after it. Every
step between two states is scored from binned features of the block and its neighbours (`sequence_weights.json`, learned by
`tools/train/strip.py`); the probability that a block is article is its marginal over all ways through
the page (a conditional random field, Lafferty, McCallum and Pereira 2001).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tasks.strip.feature_table import feature_names
from tasks.text.data_files import read_json

if TYPE_CHECKING:
    import numpy as np

WEIGHTS_FILE = Path(__file__).with_name("sequence_weights.json")

BEFORE, INSIDE, PAUSE, AFTER = range(4)
STEPS = (  # from state, to state; the order of the weights
    (BEFORE, BEFORE), (BEFORE, INSIDE), (INSIDE, INSIDE), (INSIDE, PAUSE),
    (INSIDE, AFTER), (PAUSE, PAUSE), (PAUSE, INSIDE), (AFTER, AFTER),
)  # fmt: skip
_ENTERS_ARTICLE = tuple(float(end == INSIDE) for _, end in STEPS)


_STATE_NAMES = ("before", "inside", "pause", "after")
# Scores are scaled down a little: weights learned from few pages are overconfident on other publishers (measured, cross-validated: fewer pages lost whole).
CERTAINTY = 0.85
_REACH = 2  # blocks: how far away a term may look
_CHUNK = 2_000  # blocks scored at a time, so that a huge page does not take gigabytes


class Term(NamedTuple):
    """One feature of the block `offset` places away, cut at `edges`; the bin after the last means that there is no such block."""

    feature: str
    offset: int
    edges: tuple[float, ...]


class Binning:
    """Which bins a block falls in: one column for each tuple of one or two terms, whose bins are combined."""

    def __init__(self, columns: Sequence[tuple[Term, ...]]) -> None:
        import numpy as np

        self.columns = tuple(columns)
        sizes = [prod(len(term.edges) + 2 for term in terms) for terms in self.columns]
        self.starts: list[int] = [0, *accumulate(sizes)]
        numbers = {name: number for number, name in enumerate(feature_names())}
        cuts = list(dict.fromkeys((term.feature, term.edges) for terms in self.columns for term in terms))
        self._cuts = [(numbers[feature], np.array(edges)) for feature, edges in cuts]
        self._beyond = np.array([[len(edges) + 1] for _, edges in self._cuts], dtype=np.int16)
        # Every column as two terms: cut, place in the window, factor; a single term is the first of a pair times one.
        at = {cut: number for number, cut in enumerate(cuts)}
        pairs = [(terms[0], terms[-1]) for terms in self.columns]
        self._places = [
            (
                np.array([at[pair[side].feature, pair[side].edges] for pair in pairs]),
                np.array([pair[side].offset + _REACH for pair in pairs]),
            )
            for side in (0, 1)
        ]
        self._factors = np.array([len(terms[1].edges) + 2 if len(terms) == 2 else 0 for terms in self.columns])
        self._first = np.array(self.starts[:-1])

    def bin_numbers(self, features: np.ndarray) -> np.ndarray:
        """One row per column of terms, one column per block: the number of its bin among all bins of all columns."""
        return self._combine(self._bin(features), 0, len(features))

    def chunks_of_bin_numbers(self, features: np.ndarray) -> Iterator[np.ndarray]:
        """The same, some blocks at a time."""
        bins = self._bin(features)
        for at in range(0, len(features), _CHUNK):
            yield self._combine(bins, at, min(at + _CHUNK, len(features)))

    def _bin(self, features: np.ndarray) -> np.ndarray:
        """For every cut the bin of every block, with the last bin on either side, where there is no block."""
        import numpy as np

        count = len(features)
        bins = np.empty((len(self._cuts), count + 2 * _REACH), dtype=np.int16)
        bins[:] = self._beyond
        filled, values = bins[:, _REACH : _REACH + count], features.T
        for row, (number, edges) in zip(filled, self._cuts, strict=True):
            row[:] = edges.searchsorted(values[number], side="right")
        return bins

    def _combine(self, bins: np.ndarray, start: int, end: int) -> np.ndarray:
        import numpy as np

        windows = np.lib.stride_tricks.sliding_window_view(bins[:, start : end + 2 * _REACH], end - start, axis=1)
        first, second = (windows[cuts, offsets] for cuts, offsets in self._places)
        combined: np.ndarray = first * self._factors[:, None] + second + self._first[:, None]
        return combined


class Model(NamedTuple):
    """The bins of the features, and for each bin the weight of each step."""

    binning: Binning
    weights: np.ndarray

    def score_steps(self, features: np.ndarray) -> np.ndarray:
        """The score of every step into every block: one row per block, columns as in `STEPS`."""
        import numpy as np

        return np.concatenate(
            [self.weights.take(some, axis=0).sum(axis=0) for some in self.binning.chunks_of_bin_numbers(features)]
        )


@cache
def load_model() -> Model:
    """The learned weights, read once a process."""
    import numpy as np

    columns = read_json(WEIGHTS_FILE)["columns"]
    binning = Binning(
        [
            tuple(Term(term["feature"], term["offset"], tuple(term["edges"])) for term in column["terms"])
            for column in columns
        ]
    )
    return Model(binning, np.concatenate([np.array(column["weights"], dtype=np.float32) for column in columns]))


def write_model(model: Model) -> None:
    """Write the weights as the data file of the package: one line per column, weights by bin and step."""
    import numpy as np

    lines = [
        json.dumps(
            {
                "name": " & ".join(
                    f"{term.feature}@{term.offset:+d}" if term.offset else term.feature for term in terms
                ),
                "terms": [term._asdict() for term in terms],
                "weights": np.round(model.weights[start:end], 2).tolist(),
            }
        )
        for terms, start, end in zip(
            model.binning.columns, model.binning.starts, model.binning.starts[1:], strict=False
        )
    ]
    steps = json.dumps([f"{_STATE_NAMES[start]} > {_STATE_NAMES[end]}" for start, end in STEPS])
    WEIGHTS_FILE.write_text(f'{{"steps": {steps},\n"columns": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


def probabilities_of_steps(scores: np.ndarray, evidence: Sequence[float] | None = None) -> list[float]:
    """For each block the probability that it is article: forward and backward sums over all ways through the page.

    `scores` are those of `Model.score_steps`; `evidence` is what else speaks for each block being article, as log odds.
    """
    import numpy as np

    scores = scores * CERTAINTY
    if evidence is not None:
        scores += np.asarray(evidence)[:, None] * _ENTERS_ARTICLE
    steps = np.exp(scores - scores.max(axis=1, keepdims=True)).tolist()
    forward = [(1.0, 0.0, 0.0, 0.0)]
    before, inside, pause, after = forward[0]
    for bb, bi, ii, ip, ia, pp, pi, aa in steps:
        before, inside, pause, after = (
            before * bb, before * bi + inside * ii + pause * pi, inside * ip + pause * pp, inside * ia + after * aa,
        )  # fmt: skip
        scale = 1.0 / ((before + inside + pause + after) or 1e-300)
        before, inside, pause, after = before * scale, inside * scale, pause * scale, after * scale
        forward.append((before, inside, pause, after))
    probabilities = []
    before, inside, pause, after = 1.0, 1.0, 0.0, 1.0  # a page does not end in a pause
    for (bb, bi, ii, ip, ia, pp, pi, aa), (a, b, c, d) in zip(reversed(steps), reversed(forward), strict=False):
        here = b * inside
        probabilities.append(here / ((a * before + here + c * pause + d * after) or 1e-300))
        before, inside, pause, after = (
            before * bb + inside * bi, inside * ii + pause * ip + after * ia, pause * pp + inside * pi, after * aa,
        )  # fmt: skip
        scale = 1.0 / ((before + inside + pause + after) or 1e-300)
        before, inside, pause, after = before * scale, inside * scale, pause * scale, after * scale
    probabilities.reverse()
    return probabilities


def best_cut(probabilities: Sequence[float], words: Sequence[float]) -> tuple[float, float]:
    """The probability from which to keep blocks so that the expected F of their words is greatest, and that F.

    Keeping in order of probability is optimal for an expected F (Jansche 2005); only where to stop depends on the page.
    """
    import numpy as np

    order = np.lexsort((words, probabilities))[::-1]
    chances, counts = np.array(probabilities)[order], np.array(words, dtype=float)[order]
    right, kept = (chances * counts).cumsum(), counts.cumsum()
    if not len(order) or right[-1] <= 0:
        return 1.0, 0.0
    scores = 2 * right / np.maximum(kept + right[-1], 1e-300)
    best = int(scores.argmax())
    return float(chances[best]), float(scores[best])
