"""The features of a page's blocks: named numbers, one row per block, one column per name.

Everything is language-independent but the lexicon. Shape (length, punctuation, capitals, digits), words (share of
function words, of chrome phrases by category), and what stands around: prose in the neighbourhood, the
distance to the last heading of a comment or related-articles section, the best run of prose of the whole page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from tasks.strip.block_features import BLOCK_FEATURES, CHROME_SHARE, is_prose, read_block
from tasks.strip.certain_phrases import has_paywall_notice
from tasks.strip.lexicon import CATEGORIES
from tasks.strip.runs import best_segment, count_chrome_before, find_prose_runs, run_lengths

if TYPE_CHECKING:
    import numpy as np

_MARKERS = {  # a short line made of these words opens a section that is not the article
    "comment": "after_comment",
    "related_article": "after_related",
    "most_read": "after_related",
    "newsletter": "after_offer",
    "paywall": "after_offer",
    "legal": "after_offer",
    "author_bio": "after_offer",
    "share_line": "after_share",
    "byline": "after_byline",
}
_DISTANCES = ("after_comment", "after_related", "after_offer", "after_share", "after_byline")
_BELOW_ARTICLE = {"after_comment", "after_related"}  # sections that have an article above them
_LEAST_PROSE, _MOST_PROSE = 60, 150  # words of prose that must stand above such a section
_LEAST_OF_LONGEST = 0.1  # the same as a share of the page's longest run
_LONGEST_CUT = 40  # words of a line that announces that the rest is for subscribers
_FAR = 99
_FARTHEST_HEADLINE = 25  # blocks above a run in which its headline is looked for
_AROUND = 6  # blocks on each side in which times and chrome are counted
_CLOSE = 3  # blocks on each side in which a repeated line is looked for
_MOMENT, _END = BLOCK_FEATURES.index("moment"), BLOCK_FEATURES.index("end")
_LONGEST_READ = 40  # blocks of a run in which the words of its headline are looked for

PLACE = (
    "repeats", "is_repeat", "like_before", "prose", "prose_before_3", "prose_after_3", "prose_before_8", "prose_after_8",
    "prose_share_before", "prose_share_after", "chrome_run_before", "chrome_run_after", "segment", "segment_edge",
    "segment_overlap", "run_words", "run_headline", "run_share", "run_lead", "position", "count_prose", "mean_words_before", "mean_words_after",
    "moments_before", "moments_after", "repeats_near", "chrome_before", "chrome_after", "open_run", "after_cut", *_DISTANCES,
)  # fmt: skip


def feature_names() -> tuple[str, ...]:
    """The names of the columns, in order."""
    return (*BLOCK_FEATURES, *(f"lexicon:{category}" for category in CATEGORIES), *PLACE)


@cache
def feature_numbers() -> dict[str, int]:
    """The number of each column, by name."""
    return {name: number for number, name in enumerate(feature_names())}


def read_features(texts: Sequence[str]) -> np.ndarray:
    """One row of numbers per block of a page, columns as in `feature_names`."""
    return read_table(texts)[0]


def read_table(texts: Sequence[str]) -> tuple[np.ndarray, Sequence[frozenset[str]]]:
    """The features of a page's blocks as in `read_features`, and the content words of each block."""
    import numpy as np

    shapes, bags = zip(*map(read_block, texts), strict=True)
    table = np.frombuffer(b"".join(shapes)).reshape(len(texts), -1)
    features = np.empty((len(texts), table.shape[1] + len(PLACE)), order="F")  # it is read column by column
    features[:, : table.shape[1]] = table
    place = _place(texts, shapes, table, bags)
    for number, name in enumerate(PLACE, table.shape[1]):
        features[:, number] = place[name]
    return features, bags


def _place(
    texts: Sequence[str], shapes: Sequence[Sequence[float]], table: np.ndarray, bags: Sequence[frozenset[str]]
) -> dict[str, Sequence[float] | np.ndarray]:
    import numpy as np

    count = len(texts)
    keys = [text.casefold() for text in texts]
    repeats = Counter(keys)
    firsts = {key: number for number, key in reversed(list(enumerate(keys)))}
    words = table[:, 0]
    prose_words = [shape[0] if is_prose(shape) else 0.0 for shape in shapes]
    prose = np.array(prose_words)
    total = max(float(prose.sum()), 1.0)
    before = np.concatenate([[0.0], np.cumsum(prose)])
    words_before = np.concatenate([[0.0], np.cumsum(np.minimum(words, 40))])
    at = np.arange(count)
    first, last = best_segment(prose_words, shapes)
    runs = find_prose_runs(prose)
    run_words, run_headline = np.zeros(count), np.zeros(count)
    for start, end in runs:
        run_words[start:end] = prose[start:end].sum()
        run_headline[start:end] = _headline_overlap(start, end, prose_words, bags)
    segment_words = Counter(chain.from_iterable(bags[first : last + 1]))
    said_twice = {word for word, times in segment_words.items() if times > 1}
    columns: dict[str, Sequence[float] | np.ndarray] = {
        "repeats": [repeats[key] for key in keys],
        "is_repeat": [firsts[key] < number for number, key in enumerate(keys)],
        "like_before": np.concatenate([[0.0], _likeness(table[:-1], table[1:])]),
        "prose": np.minimum(prose, 200),
        "prose_share_before": before[:-1] / total,
        "prose_share_after": (before[-1] - before[1:]) / total,
        "chrome_run_before": count_chrome_before(prose_words),
        "chrome_run_after": count_chrome_before(prose_words[::-1])[::-1],
        "segment": np.where(at < first, 0, np.where(at > last, 2, 1)),
        "segment_edge": np.where(
            at < first,
            at - first,
            np.where(at > last, 50 + at - last, 20 + np.minimum(at - first, 4) - 5 * np.maximum(0, 2 - (last - at))),
        ),
        "segment_overlap": [
            len(bag & (said_twice if first <= index <= last else segment_words.keys())) / len(bag) if bag else -1.0
            for index, bag in enumerate(bags)
        ],
        "run_words": run_words,
        "run_headline": run_headline,
        "run_share": run_words / max(float(run_words.max()), 1.0),
        "run_lead": _leads(run_words, run_headline),
        "after_cut": _since_cut(texts, table, before),
        "position": at / max(count - 1, 1),
        "count_prose": np.full(count, float((prose > 0).sum())),
    }
    for reach in (3, 8):
        columns[f"prose_before_{reach}"] = before[at] - before[np.maximum(at - reach, 0)]
        columns[f"prose_after_{reach}"] = before[np.minimum(at + 1 + reach, count)] - before[at + 1]
    columns["mean_words_before"] = (words_before[at] - words_before[np.maximum(at - 5, 0)]) / 5
    columns["mean_words_after"] = (words_before[np.minimum(at + 6, count)] - words_before[at + 1]) / 5
    columns.update(_marker_distances(table, before, float(run_words.max())))
    columns.update(_surroundings(table, np.array(columns["repeats"])))
    return columns


def _surroundings(table: np.ndarray, repeats: np.ndarray) -> dict[str, np.ndarray]:
    """What repeats around a block: times of day, words that stand elsewhere on the page too, chrome, lines without an end mark.

    Comments and teasers alternate a little prose with names, times and buttons that are all alike.
    """
    import numpy as np

    count = len(table)
    at = np.arange(count)
    columns: dict[str, np.ndarray] = {}
    for name, values in (("moments", table[:, _MOMENT] * (table[:, 0] <= 20)), ("chrome", table[:, CHROME_SHARE])):
        sums = np.concatenate([[0.0], np.cumsum(values)])
        columns[f"{name}_before"] = sums[at] - sums[np.maximum(at - _AROUND, 0)]
        columns[f"{name}_after"] = sums[np.minimum(at + 1 + _AROUND, count)] - sums[at + 1]
    padded = np.concatenate([np.ones(_CLOSE), np.where(table[:, 0] <= 12, repeats, 1), np.ones(_CLOSE)])
    columns["repeats_near"] = np.max([padded[shift : shift + count] for shift in range(2 * _CLOSE + 1)], axis=0)
    is_open = (table[:, 0] <= 16) & ((table[:, _END] == 0) | (table[:, _END] > 8))
    columns["open_run"] = np.minimum(run_lengths(is_open), 30)
    return columns


def _likeness(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """How alike two neighbouring blocks look: short ones of the same length and end come in lists."""
    import numpy as np

    words, others = above[:, 0], below[:, 0]
    alike = 1.0 + (abs(words - others) <= 2) + (above[:, _END] == below[:, _END])
    return np.where(np.maximum(words, others) > 25, 0.0, alike)


def _headline_overlap(start: int, end: int, prose: Sequence[float], bags: Sequence[frozenset[str]]) -> float:
    """How much of its best headline a run of prose repeats: the share of content words of a line above that stand in the run too."""
    vocabulary = frozenset().union(*bags[start : min(end, start + _LONGEST_READ)])
    best = 0.0
    for number in range(max(0, start - _FARTHEST_HEADLINE), start):
        words = bags[number]
        if len(words) > 1 and not prose[number]:
            shared = len(words & vocabulary)
            best = max(best, (shared - 0.5) / len(words))
    return best


def _leads(run_words: np.ndarray, run_headline: np.ndarray) -> np.ndarray:
    """The score of each run as a share of the page's best: long runs under a headline they repeat are the article."""
    import numpy as np

    scores: np.ndarray = np.sqrt(np.minimum(run_words, 600)) * (0.25 + run_headline)
    return scores / max(float(scores.max()), 1e-9)


def _since_cut(texts: Sequence[str], table: np.ndarray, prose_before: np.ndarray) -> list[int]:
    """For every block, how many blocks ago a short line announced that the rest is for subscribers; little of the article follows it."""
    paywall = len(BLOCK_FEATURES) + CATEGORIES.index("paywall")
    is_candidate = (table[:, paywall] > 0) & (table[:, 0] <= _LONGEST_CUT) & (prose_before[:-1] >= _LEAST_PROSE)
    distances, since = [], _FAR
    for text, candidate in zip(texts, is_candidate.tolist(), strict=True):
        since = 0 if candidate and has_paywall_notice(text) else min(since + 1, _FAR)
        distances.append(since)
    return distances


def _marker_distances(table: np.ndarray, prose_before: np.ndarray, longest_run: float) -> dict[str, np.ndarray]:
    """For every block and kind of section, how many blocks ago a short line announced one (0: the block itself does).

    What stands below the article can be announced only once there was some prose: above it the same words are a
    button, a count or a menu.
    """
    import numpy as np

    categories, offset = CATEGORIES, len(BLOCK_FEATURES)
    words, at = table[:, 0], np.arange(len(table))
    is_marker = (words <= 9) & (table[:, CHROME_SHARE] >= 0.6)
    is_byline = (words <= 15) & (table[:, offset + categories.index("byline")] > 0) & ~is_marker
    is_below = prose_before[:-1] >= min(max(_LEAST_PROSE, _LEAST_OF_LONGEST * longest_run), _MOST_PROSE)
    distances: dict[str, np.ndarray] = {}
    for name in _DISTANCES:
        kinds = [offset + number for number, kind in enumerate(categories) if _MARKERS.get(kind) == name]
        opens = is_marker & (table[:, kinds] >= 0.6).any(axis=1)
        if name == "after_byline":
            opens |= is_byline
        if name in _BELOW_ARTICLE:
            opens &= is_below
        distances[name] = np.minimum(at - np.maximum.accumulate(np.where(opens, at, -_FAR)), _FAR)
    return distances
