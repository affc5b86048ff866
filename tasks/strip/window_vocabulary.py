"""The vocabulary of windows: the content words that a window repeats, shares with the rest of the page, and with a headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tasks.strip.feature_table import feature_numbers

if TYPE_CHECKING:
    import numpy as np

_FARTHEST_HEADLINE = 25  # blocks above a window in which its headline is looked for
_NO_HEADLINE = 30.0  # blocks to the headline of a window without one
_HEADLINES = (
    "headline", "headline_share", "headline_below_best", "headline_distance", "headline_of_page", "headline_repeated",
)  # fmt: skip


class Vocabulary(NamedTuple):
    """The content words of a page's kept blocks, as numbers, and the lines that may be headlines.

    `ids` and `blocks`: a word and the block that uses it; `sizes`: the content words of every block; `lines`: blocks of a few content
    words without prose; `holds`: which words each of these lines has, a row for each line.
    """

    ids: np.ndarray
    blocks: np.ndarray
    sizes: np.ndarray
    lines: np.ndarray
    holds: np.ndarray


def read_vocabulary(features: np.ndarray, bags: Sequence[frozenset[str]], is_kept: np.ndarray) -> Vocabulary:
    """The vocabulary of a page of which any kept set keeps these blocks.

    Only words that are used twice, or stand in a line that may be a headline, are distinguished; the others are counted.
    """
    import numpy as np

    kept = np.flatnonzero(is_kept).tolist()
    prose = features[:, feature_numbers()["prose"]].tolist()
    lines = [
        number
        for number in range(max(0, kept[0] - _FARTHEST_HEADLINE), kept[-1] + 1)
        if not prose[number] and len(bags[number]) > 1
    ]
    uses = Counter(chain.from_iterable([bags[number] for number in kept]))
    words = {word for word, count in uses.items() if count > 1}
    words.update(*[bags[number] & uses.keys() for number in lines])
    ids = dict(zip(words, range(len(words)), strict=True))
    found = [bags[number] & words for number in kept]
    holds = np.zeros((len(lines), max(len(ids), 1)), dtype=np.float32)
    for row, number in enumerate(lines):
        holds[row, [ids[word] for word in bags[number] & words]] = 1
    return Vocabulary(
        np.array([ids[word] for some in found for word in some], dtype=int),
        np.repeat(np.array(kept), [len(some) for some in found]),
        np.array([len(bag) for bag in bags]),
        np.array(lines, dtype=int),
        holds,
    )


def describe_vocabulary(
    words: Vocabulary,
    features: np.ndarray,
    is_kept: np.ndarray,
    chunks: np.ndarray,
    windows: tuple[np.ndarray, np.ndarray],
) -> dict[str, np.ndarray]:
    """The content words that a window repeats, shares with the kept blocks outside it, and shares with a line above it.

    `windows` are the first and the last chunk of each window.
    """
    import numpy as np

    first, last = windows
    width = len(chunks) + 1
    is_counted = is_kept[words.blocks]
    cells = words.ids[is_counted] * width + chunks[:, 0].searchsorted(words.blocks[is_counted], side="right")
    counts = np.bincount(cells, minlength=words.holds.shape[1] * width)
    sums = counts.reshape(-1, width).cumsum(axis=1)
    sizes = np.concatenate([[0], (words.sizes * is_kept).cumsum()])
    inside = (sums[:, last + 1] - sums[:, first]).astype(np.float32)
    outside = sums[:, -1:] - inside
    in_window = sizes[chunks[last, 1]] - sizes[chunks[first, 0]]
    size, others = np.maximum(in_window, 1), sizes[-1] - in_window
    is_used = inside > 0
    cohesion = np.where(inside > 1, inside, 0).sum(axis=0) / size
    shared = (outside * is_used).sum(axis=0) / np.maximum(others, 1)
    outside_in = np.where(others > 0, shared, 0.5)
    inside_in = (inside * (outside > 0)).sum(axis=0) / size
    return {
        "cohesion": cohesion,
        "cohesion_below_best": cohesion - cohesion.max(),
        "outside_in_window": outside_in,
        "window_in_outside": inside_in,
        "overlap_surplus": outside_in - inside_in,
        **_headlines(words, features, is_used, chunks, first),
    }


def _headlines(
    words: Vocabulary, features: np.ndarray, is_used: np.ndarray, chunks: np.ndarray, first: np.ndarray
) -> dict[str, np.ndarray]:
    """How much of the best line above a window, of the head of the page and of a repeated line the window says again."""
    import numpy as np

    at = words.lines
    in_reach = (at >= chunks[0, 0] - _FARTHEST_HEADLINE) & (at < chunks[-1, 1])
    at = at[in_reach]
    nothing = np.zeros(len(first))
    if not len(at):
        return dict.fromkeys(_HEADLINES, nothing) | {"headline_distance": nothing + _NO_HEADLINE}
    starts = chunks[first, 0]
    said = (words.holds[in_reach] @ is_used.astype(np.float32) - 0.5) / words.sizes[at][:, None]
    is_above = (at[:, None] < starts) & (at[:, None] >= starts - _FARTHEST_HEADLINE)
    best, has_line = np.where(is_above, said, -1.0), is_above.any(axis=0)
    headline = np.where(has_line, best.max(axis=0), 0.0)
    is_top, is_repeated = at <= chunks[0, 0] + 5, features[at, feature_numbers()["repeats"]] >= 2
    return {
        "headline": headline,
        "headline_share": headline / max(float(headline.max()), 1e-6),
        "headline_below_best": headline - headline.max(),
        "headline_distance": np.where(has_line, starts - at[best.argmax(axis=0)], _NO_HEADLINE),
        "headline_of_page": np.maximum(said[is_top], 0).max(axis=0) if is_top.any() else nothing,
        "headline_repeated": np.maximum(said[is_repeated], 0).max(axis=0) if is_repeated.any() else nothing,
    }
