"""Which run of prose is the article, decided for the page as a whole: a learned score of every candidate.

The line model judges a line by its neighbourhood and allows one article; where a thread of comments, other briefs or the
beginnings of other articles read as well as the article, it keeps them too, or instead. Here the windows of two kept sets (the line
model's own, and what it keeps when every paragraph is favoured) are compared, and the one of the greatest score is kept.
The score is a sum of steps of the windows' features (`windows.py`), from `span_weights.json`, learned by `tools/train/spans.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tasks.strip.feature_table import feature_numbers
from tasks.strip.windows import WINDOW_FEATURES, Windows, find_windows, read_page
from tasks.text.data_files import read_json

if TYPE_CHECKING:
    import numpy as np

WEIGHTS_FILE = Path(__file__).with_name("span_weights.json")
_FARTHEST_STANDFIRST = 12  # blocks above the body
_LONGEST_STANDFIRST = 80  # words

KeptSet = tuple[list[float], list[bool]]  # of every block: its score, and whether it is kept


class SpanModel(NamedTuple):
    """Steps of a score: where feature `columns[n]` is at least `edges[n]`, `weights[n]` is added."""

    columns: np.ndarray
    edges: np.ndarray
    weights: np.ndarray

    def score(self, features: np.ndarray) -> np.ndarray:
        """The score of every window, a row of `features` for each."""
        import numpy as np

        is_passed = features.T[self.columns] >= self.edges[:, None]
        return np.asarray(self.weights @ is_passed.astype(float))


class Candidates(NamedTuple):
    """The windows of a page's kept sets: the kept set, first block, end and features of each."""

    sets: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    features: np.ndarray


def find_candidates(
    features: np.ndarray, bags: Sequence[frozenset[str]], kept_sets: Sequence[KeptSet]
) -> Candidates | None:
    """The windows of the kept sets, described with the probabilities of the first; None when nothing is kept."""
    import numpy as np

    is_kept = np.array([kept for _, kept in kept_sets])
    if not is_kept.any():
        return None
    page = read_page(features, bags, kept_sets[0][0], np.logical_or.reduce(is_kept))
    found: list[tuple[np.ndarray, Windows]] = []
    for number, kept in enumerate(is_kept):
        windows = find_windows(page, kept, number)
        if windows is not None:
            is_new = ~_is_found(windows, is_kept[0], kept, found[0][1]) if found else slice(None)
            windows = Windows(*(part[is_new] for part in windows))
            found.append((np.full(len(windows.starts), number), windows))
    sets, parts = [numbers for numbers, _ in found], zip(*(windows for _, windows in found), strict=True)
    return Candidates(np.concatenate(sets), *(np.concatenate(part) for part in parts))


def _is_found(windows: Windows, first: np.ndarray, kept: np.ndarray, found: Windows) -> np.ndarray:
    """Which windows of a kept set keep the same blocks as a window that was found in the first one."""
    import numpy as np

    differing = np.concatenate([[0], (first != kept).cumsum()])
    is_same: np.ndarray = differing[windows.starts] == differing[windows.ends]
    size = len(kept) + 1
    is_found = is_same & np.isin(windows.starts * size + windows.ends, found.starts * size + found.ends)
    return np.asarray(is_found)


def choose_span(
    features: np.ndarray,
    bags: Sequence[frozenset[str]],
    first: KeptSet,
    favour: Callable[[], KeptSet],
    model: SpanModel | None = None,
) -> KeptSet:
    """The kept set whose best window is the article, without the kept blocks outside that window.

    `favour` makes the second kept set; `model` is another than the shipped one.
    """
    kept_sets = (first, favour())
    candidates = find_candidates(features, bags, kept_sets)
    if candidates is None:
        return first
    best = int((model or load_span_model()).score(candidates.features).argmax())
    scores, kept = kept_sets[candidates.sets[best]]
    end = int(candidates.ends[best])
    start = _include_standfirst(features, kept, int(candidates.starts[best]))
    return scores, [keep and start <= number < end for number, keep in enumerate(kept)]


def _include_standfirst(features: np.ndarray, kept: Sequence[bool], start: int) -> int:
    """Where the article starts: above its window when the only prose kept there is one short paragraph near it.

    Byline, date and buttons often stand between a standfirst and the body.
    """
    prose, words = (features[:start, feature_numbers()[name]] for name in ("prose", "words"))
    paragraphs = [number for number in range(start) if kept[number] and prose[number]]
    above = [number for number in range(max(0, start - _FARTHEST_STANDFIRST), start) if kept[number]]
    is_standfirst = len(paragraphs) == 1 and paragraphs[0] in above and words[above].sum() <= _LONGEST_STANDFIRST
    return above[0] if is_standfirst else start


@cache
def load_span_model() -> SpanModel:
    """The learned weights, read once a process."""
    return make_span_model(read_json(WEIGHTS_FILE)["features"])


def make_span_model(steps: Mapping[str, Sequence[Sequence[float]]]) -> SpanModel:
    """The model from the `[edge, weight]` pairs of each feature."""
    import numpy as np

    numbers = {name: number for number, name in enumerate(WINDOW_FEATURES)}
    rows = [(numbers[name], edge, weight) for name, pairs in steps.items() for edge, weight in pairs]
    columns, edges, weights = zip(*rows, strict=True)
    return SpanModel(np.array(columns), np.array(edges), np.array(weights))


def write_span_model(model: SpanModel, learned_from: str) -> None:
    """Write the weights as the data file of the package: one line for each feature, `[edge, weight]` for each of its steps."""
    steps: dict[str, list[list[float]]] = {}
    for column, edge, weight in zip(*(part.tolist() for part in model), strict=True):
        if round(weight, 3):
            steps.setdefault(WINDOW_FEATURES[column], []).append([float(f"{edge:.4g}"), round(weight, 3)])
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(pairs)}" for name, pairs in steps.items())
    head = json.dumps(learned_from)
    WEIGHTS_FILE.write_text(f'{{"learned_from": {head},\n"features": {{\n{lines}\n}}}}\n', encoding="utf-8")
