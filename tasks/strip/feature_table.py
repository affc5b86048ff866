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

from tasks.strip.block_features import BLOCK_FEATURES, CHROME_SHARE, are_prose, read_blocks
from tasks.strip.certain_phrases import has_paywall_notice
from tasks.strip.lexicon import CATEGORIES
from tasks.strip.runs import best_segment, count_chrome_before, find_prose_runs, run_lengths, sums_before

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
_SECTION_COLUMNS = {
    name: [len(BLOCK_FEATURES) + at for at, category in enumerate(CATEGORIES) if _MARKERS.get(category) == name]
    for name in _DISTANCES
}
_BELOW_ARTICLE = {"after_comment", "after_related"}  # sections that have an article above them
_LEAST_PROSE, _MOST_PROSE = 60, 150  # words of prose that must stand above such a section
_LEAST_OF_LONGEST = 0.1  # the same as a share of the page's longest run
_LONGEST_CUT = 40  # words of a line that announces that the rest is for subscribers
_FAR = 99
_FARTHEST_HEADLINE = 25  # blocks above a run in which its headline is looked for
_AROUND = 6  # blocks on each side in which times and chrome are counted
_CLOSE = 3  # blocks on each side in which a repeated line is looked for
_HEAD = 60  # characters by which most long texts are told apart
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

    table, bags = read_blocks(texts)
    features = np.empty((len(texts), table.shape[1] + len(PLACE)), order="F")  # it is read column by column
    features[:, : table.shape[1]] = table
    place = _place(texts, table, bags)
    for number, name in enumerate(PLACE, table.shape[1]):
        features[:, number] = place[name]
    return features, bags


def _place(
    texts: Sequence[str], table: np.ndarray, bags: Sequence[frozenset[str]]
) -> dict[str, Sequence[float] | np.ndarray]:
    import numpy as np

    count = len(texts)
    keys = _fold_repeated(texts)
    repeats = Counter(keys)
    firsts = dict(zip(reversed(keys), range(count - 1, -1, -1), strict=True))
    words, at = table[:, 0], np.arange(count)
    prose = np.where(are_prose(table), words, 0.0)
    prose_words = prose.tolist()
    total = max(float(prose.sum()), 1.0)
    before, words_before = sums_before(prose), sums_before(np.minimum(words, 40))
    first, last = best_segment(prose, table[:, CHROME_SHARE])
    runs = find_prose_runs(prose)
    run_words, run_headline = np.zeros(count), np.zeros(count)
    for start, end in runs:
        run_words[start:end] = prose[start:end].sum()
        run_headline[start:end] = _headline_overlap(start, end, prose_words, bags)
    longest_run = max(float(run_words.max()), 1.0)
    segment_words = Counter(chain.from_iterable(bags[first : last + 1]))
    said_twice = {word for word, times in segment_words.items() if times > 1}
    repeated = np.array([repeats[key] for key in keys], dtype=float)
    columns: dict[str, Sequence[float] | np.ndarray] = {
        "repeats": repeated,
        "is_repeat": [firsts[key] < number for number, key in enumerate(keys)] if len(firsts) < count else repeated > 1,
        "like_before": _likeness(table),
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
        "run_share": run_words / longest_run,
        "run_lead": _leads(run_words, run_headline),
        "after_cut": _since_cut(texts, table, before),
        "position": at / max(count - 1, 1),
        "count_prose": np.full(count, float(np.count_nonzero(prose))),
    }
    for reach in (3, 8):
        columns[f"prose_before_{reach}"], columns[f"prose_after_{reach}"] = _around(before, reach)
    words_above, words_below = _around(words_before, 5)
    columns["mean_words_before"], columns["mean_words_after"] = words_above / 5, words_below / 5
    columns.update(_marker_distances(table, before, float(run_words.max())))
    columns.update(_surroundings(table, repeated))
    return columns


def _fold_repeated(texts: Sequence[str]) -> list[str]:
    """The texts without case, by which repeated ones are found; a long text is folded where another begins as it does."""
    heads = [text[:_HEAD].casefold()[:_HEAD] for text in texts]
    counts = Counter(heads)
    return [
        text.casefold() if len(text) <= _HEAD or counts[head] > 1 else text
        for text, head in zip(texts, heads, strict=True)
    ]


def _around(sums: np.ndarray, reach: int) -> tuple[np.ndarray, np.ndarray]:
    """For every block the sums over as many blocks right before it and right after it, from the sums up to each block."""
    import numpy as np

    count = len(sums) - 1
    padded = np.concatenate([np.full(reach, sums[0]), sums, np.full(reach, sums[-1])])
    here, following = sums[:-1], sums[1:]
    return here - padded[:count], padded[2 * reach + 1 : 2 * reach + 1 + count] - following


def _surroundings(table: np.ndarray, repeats: np.ndarray) -> dict[str, np.ndarray]:
    """What repeats around a block: times of day, words that stand elsewhere on the page too, chrome, lines without an end mark.

    Comments and teasers alternate a little prose with names, times and buttons that are all alike.
    """
    import numpy as np

    count = len(table)
    columns: dict[str, np.ndarray] = {}
    for name, values in (("moments", table[:, _MOMENT] * (table[:, 0] <= 20)), ("chrome", table[:, CHROME_SHARE])):
        columns[f"{name}_before"], columns[f"{name}_after"] = _around(sums_before(values), _AROUND)
    padded = np.concatenate([np.ones(_CLOSE), np.where(table[:, 0] <= 12, repeats, 1), np.ones(_CLOSE)])
    columns["repeats_near"] = np.max([padded[shift : shift + count] for shift in range(2 * _CLOSE + 1)], axis=0)
    is_open = (table[:, 0] <= 16) & ((table[:, _END] == 0) | (table[:, _END] > 8))
    columns["open_run"] = np.minimum(run_lengths(is_open), 30)
    return columns


def _likeness(table: np.ndarray) -> np.ndarray:
    """How alike every block looks to the one before it: short ones of the same length and end come in lists."""
    import numpy as np

    words, ends = table[:, 0], table[:, _END]
    alike = np.zeros(len(table))
    same = 1.0 + (abs(words[:-1] - words[1:]) <= 2) + (ends[:-1] == ends[1:])
    alike[1:] = np.where(np.maximum(words[:-1], words[1:]) > 25, 0.0, same)
    return alike


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


def _since_cut(texts: Sequence[str], table: np.ndarray, prose_before: np.ndarray) -> np.ndarray:
    """For every block, how many blocks ago a short line announced that the rest is for subscribers; little of the article follows it."""
    import numpy as np

    paywall = len(BLOCK_FEATURES) + CATEGORIES.index("paywall")
    is_cut = (table[:, paywall] > 0) & (table[:, 0] <= _LONGEST_CUT) & (prose_before[:-1] >= _LEAST_PROSE)
    for number in np.flatnonzero(is_cut).tolist():
        is_cut[number] = has_paywall_notice(texts[number])
    return _since(is_cut)


def _since(is_met: np.ndarray) -> np.ndarray:
    """For every block, how many blocks ago one met a condition (0: the block itself does), `_FAR` at most."""
    import numpy as np

    at = np.arange(len(is_met))
    return np.minimum(at - np.maximum.accumulate(np.where(is_met, at, -_FAR)), _FAR)


def _marker_distances(table: np.ndarray, prose_before: np.ndarray, longest_run: float) -> dict[str, np.ndarray]:
    """For every block and kind of section, how many blocks ago a short line announced one (0: the block itself does).

    What stands below the article can be announced only once there was some prose: above it the same words are a
    button, a count or a menu.
    """
    import numpy as np

    words = table[:, 0]
    is_marker = (words <= 9) & (table[:, CHROME_SHARE] >= 0.6)
    is_byline = (words <= 15) & (table[:, len(BLOCK_FEATURES) + CATEGORIES.index("byline")] > 0) & ~is_marker
    is_below = prose_before[:-1] >= min(max(_LEAST_PROSE, _LEAST_OF_LONGEST * longest_run), _MOST_PROSE)
    distances: dict[str, np.ndarray] = {}
    for name in _DISTANCES:
        opens = is_marker & np.logical_or.reduce([table[:, column] >= 0.6 for column in _SECTION_COLUMNS[name]])
        if name == "after_byline":
            opens |= is_byline
        if name in _BELOW_ARTICLE:
            opens &= is_below
        distances[name] = _since(opens)
    return distances
