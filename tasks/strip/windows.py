"""The candidates for the article of a page, windows over the kept blocks, and what tells the article from the others.

A window goes from one break of a kept set to another: all kept blocks between them. A break is a gap between kept
blocks, or a kept line that looks like a headline, a name or the heading of a section. Every window is described by
named numbers: how its paragraphs read (length, person, exclamation marks, lower-case beginnings), what repeats between them
(times of day, equal short lines), what stands at its two edges, the vocabulary that its parts, a headline above it and the
kept blocks outside it share. All are sums or maxima over blocks, so that a page's windows are described in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tasks.strip.feature_table import feature_numbers
from tasks.strip.window_vocabulary import Vocabulary, describe_vocabulary, read_vocabulary

if TYPE_CHECKING:
    import numpy as np

MOST_CHUNKS = 14  # of a kept set: the smallest gaps of a page with more are no breaks
_SHORT = 12  # words
_LONGEST_OPEN, _SHORTEST_OPEN = 18, 4  # words of a line without an end mark that may be a headline
_LONGEST_HEADING = 9  # words of a line that opens a section
_LONGEST_COUNTED = 200  # words: a longer block counts as one of so many
_CAPITALS_OF_NAMES = 0.7  # share of capitals in a list of names
_NEAR = 6  # blocks above and below a window that are described
_NO_GAP = 99.0  # blocks: the gap beyond the first and the last chunk

# Counted in the kept blocks only; then in all blocks.
_OF_KEPT = (
    "words", "expected", "paragraphs", "prose", "squares", "first_words", "second_words", "first", "second", "exclaimed", "lower",
    "elided", "headed", "quoted", "brief", "long",
)  # fmt: skip
_OF_ALL = (
    "blocks", "all_prose", "moments", "repeated", "open", "comment_words", "chrome", "short", "names", "comment_headings", "related_headings", "offer_headings",
)  # fmt: skip
_COUNTED = {name: number for number, name in enumerate((*_OF_KEPT, *_OF_ALL))}
_RATES = tuple(name for name in _COUNTED if name not in {"words", "expected", "paragraphs", "squares"})
_INSIDE = ("comment_words", "comment_headings", "related_headings", "offer_headings")
_EDGES = tuple(name for name in _OF_ALL if name != "blocks")
_RATED, _EDGED, _INSIDED = (
    [_COUNTED[name] for name in _RATES], [_OF_ALL.index(name) for name in _EDGES], [_COUNTED[name] for name in _INSIDE]
)  # fmt: skip
_AT_START = ("after_comment", "after_related", "after_offer", "after_byline", "after_share", "words", "segment")
_SPECIAL = (
    "set", "is_whole", "is_first_choice", "expected_f", "expected_f_below_best", "mean_probability", "least_probability", "next_probability", "last_probability", "words", "words_below_most",
    "share", "words_above_ratio", "words_below_ratio", "words_above", "words_below", "probability_above", "probability_below", "paragraphs", "evenness", "position",
    "prose_above", "prose_below", "prose_share_above", "prose_share_below", "left_out", "chunks", "gap_above", "gap_below", "largest_gap", "gap_above_ratio",
    "gap_below_ratio", "starts_soft", "soft_below", "words_of_next", "lead", "moments_above_least", "cohesion", "cohesion_below_best", "outside_in_window", "window_in_outside", "overlap_surplus",
    "headline", "headline_share", "headline_below_best", "headline_distance", "headline_by_length", "headline_of_page", "headline_repeated",
)  # fmt: skip
WINDOW_FEATURES = (
    *(f"rate:{name}" for name in _RATES), *(f"contrast:{name}" for name in _RATES), *(f"above:{name}" for name in _EDGES),
    *(f"below:{name}" for name in _EDGES), *(f"inside:{name}" for name in _INSIDE), *(f"start:{name}" for name in _AT_START), *_SPECIAL,
)  # fmt: skip


class Windows(NamedTuple):
    """The windows of one kept set: first block, end, and the columns of `WINDOW_FEATURES`, a row for each window."""

    starts: np.ndarray
    ends: np.ndarray
    features: np.ndarray


class PageTable(NamedTuple):
    """What the windows of a page are described by: numbers of its blocks, which do not depend on what is kept.

    `kept_rows` and `all_rows` have a row for each name of `_OF_KEPT` and `_OF_ALL` and a column for each block; `all_sums` has the
    sums of the latter up to each block.
    """

    features: np.ndarray
    vocabulary: Vocabulary
    probabilities: np.ndarray
    kept_rows: np.ndarray
    all_rows: np.ndarray
    all_sums: np.ndarray
    is_soft: np.ndarray


@cache
def _start_columns() -> list[int]:
    return [feature_numbers()[name] for name in _AT_START]


def read_page(
    features: np.ndarray, bags: Sequence[frozenset[str]], probabilities: Sequence[float], is_kept: np.ndarray
) -> PageTable:
    """The numbers of a page's blocks from its feature table, the blocks' content words, their probabilities, and which any set keeps."""
    import numpy as np

    at = feature_numbers()
    words, prose, end, chrome = (features[:, at[name]] for name in ("words", "prose", "end", "chrome_share"))
    is_prose = prose > 0
    is_short = words <= _SHORT
    is_unended = (end == 0) | (end > 8)
    is_open = is_unended & (words >= _SHORTEST_OPEN) & (words <= _LONGEST_OPEN)
    is_names = (
        (words >= 4)
        & (features[:, at["capital_share"]] >= _CAPITALS_OF_NAMES)
        & (features[:, at["function_share"]] < 0.12)
    )
    is_heading = words <= _LONGEST_HEADING
    above_is_open = np.concatenate([[False], is_open[:-1]])
    counted = np.minimum(words, _LONGEST_COUNTED)
    probability = np.asarray(probabilities)
    first, second = features[:, at["first_person_share"]], features[:, at["second_person_share"]]
    kept_rows = np.stack(
        [
            counted, probability * counted, is_prose, prose, np.minimum(prose, 150) ** 2, first * counted, second * counted,
            is_prose & (first > 0), is_prose & (second > 0), is_prose & (features[:, at["exclaimed"]] > 0),
            is_prose & (features[:, at["start"]] == 1), is_prose & (features[:, at["elided"]] > 0), is_prose & above_is_open,
            is_prose & (features[:, at["quoted"]] > 0), is_prose & (words < 25), words >= 60,
        ]
    )  # fmt: skip
    all_rows = np.stack(
        [
            np.ones(len(words)), prose, (features[:, at["moment"]] > 0) & (words <= 20), is_short & (features[:, at["repeats"]] >= 2), is_open,
            is_heading & (features[:, at["lexicon:comment"]] > 0), chrome, is_short, is_names,
            *(features[:, at[name]] == 0 for name in ("after_comment", "after_related", "after_offer")),
        ]
    )  # fmt: skip
    is_name = (words <= 8) & is_unended
    is_soft = (
        (~is_prose & (is_open | is_name)) | is_names | (features[:, at["certain"]] > 0) | (is_heading & (chrome >= 0.6))
    )
    return PageTable(
        features,
        read_vocabulary(features, bags, is_kept),
        probability,
        kept_rows,
        all_rows,
        _sum_rows(all_rows),
        is_soft,
    )


def _sum_rows(rows: np.ndarray) -> np.ndarray:
    """The sums of each row up to each column, from 0."""
    import numpy as np

    sums = np.zeros((len(rows), rows.shape[1] + 1))
    rows.cumsum(axis=1, out=sums[:, 1:])
    return sums


def find_windows(page: PageTable, is_kept: np.ndarray, number: int) -> Windows | None:
    """The windows of the kept set of that number with their features; None when nothing is kept."""
    import numpy as np

    chunks = _cut_chunks(page, is_kept)
    if not len(chunks):
        return None
    first, last = np.triu_indices(len(chunks))
    starts, ends = chunks[first, 0], chunks[last, 1]
    count = len(is_kept)
    sums, all_sums = _sum_rows(page.kept_rows * is_kept), page.all_sums
    inside = np.concatenate([sums[:, ends] - sums[:, starts], all_sums[:, ends] - all_sums[:, starts]])
    top, bottom = chunks[0, 0], chunks[-1, 1]
    outside = np.concatenate([sums[:, bottom] - sums[:, top], all_sums[:, bottom] - all_sums[:, top]])[:, None] - inside
    paragraphs, others = inside[_COUNTED["paragraphs"]], outside[_COUNTED["paragraphs"]]
    rates = inside[_RATED] / np.maximum(paragraphs, 1)
    contrasts = np.where(others > 0, rates - outside[_RATED] / np.maximum(others, 1), 0.0)
    edge = all_sums[_EDGED]
    above = edge[:, starts] - edge[:, np.maximum(starts - _NEAR, 0)]
    below = edge[:, np.minimum(ends + _NEAR, count)] - edge[:, ends]
    counts = inside[_INSIDED]
    at_start = page.features.T[_start_columns()][:, starts]
    special = _extent(page, sums, inside, starts, ends)
    special |= _breaks(page, is_kept, chunks, first, last)
    special |= describe_vocabulary(page.vocabulary, page.features, is_kept, chunks, (first, last))
    whole = (first == 0) & (last == len(chunks) - 1)
    moments = rates[_RATES.index("moments")]
    special |= {
        "set": np.full(len(starts), float(number)),
        "is_whole": whole,
        "is_first_choice": whole if number == 0 else np.zeros(len(starts)),
        "moments_above_least": moments - moments.min(),
        "headline_by_length": special["headline"] * np.minimum(special["words"], 6.4),
    }
    table = np.concatenate(
        [rates, contrasts, above, below, counts, at_start, np.stack([special[name] for name in _SPECIAL])]
    )
    return Windows(starts, ends, table.T)


def _cut_chunks(page: PageTable, is_kept: np.ndarray) -> np.ndarray:
    """The `[start, end)` of the parts of a kept set between its breaks."""
    import numpy as np

    kept = np.flatnonzero(is_kept)
    if not len(kept):
        return np.zeros((0, 2), dtype=int)
    is_break = (np.diff(kept) > 1) | (page.is_soft[kept[1:]] & ~page.is_soft[kept[:-1]])
    cuts = np.flatnonzero(is_break)
    if len(cuts) >= MOST_CHUNKS:
        prose = np.concatenate([[0.0], np.minimum(page.all_rows[_OF_ALL.index("all_prose")], 60).cumsum()])
        starts, ends = kept[cuts + 1], kept[cuts] + 1
        sizes = starts - ends + (prose[starts] - prose[ends]) / 10
        cuts = np.sort(cuts[np.argsort(-sizes, kind="stable")[: MOST_CHUNKS - 1]])
    return np.stack([kept[np.concatenate([[0], cuts + 1])], kept[np.concatenate([cuts, [len(kept) - 1]])] + 1], axis=1)


def _extent(
    page: PageTable, sums: np.ndarray, inside: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> dict[str, np.ndarray]:
    """How much is in a window, how much is above and below it, and how sure the line model is of either."""
    import numpy as np

    words, expected, paragraphs, prose = (inside[_COUNTED[n]] for n in ("words", "expected", "paragraphs", "prose"))
    total, total_expected = sums[_COUNTED["words"], -1], sums[_COUNTED["expected"], -1]
    above, below = sums[_COUNTED["words"], starts], total - sums[_COUNTED["words"], ends]
    all_prose = page.all_sums[_OF_ALL.index("all_prose")]
    counted = page.kept_rows[_COUNTED["words"]]
    size = np.maximum(words, 1)
    expected_f = 2 * expected / np.maximum(words + page.probabilities @ counted, 1)
    logs = np.log(size)
    mean = prose / np.maximum(paragraphs, 1)
    spread = np.sqrt(np.maximum(inside[_COUNTED["squares"]] / np.maximum(paragraphs, 1) - mean**2, 0))
    page_prose = max(all_prose[-1], 1.0)
    window_prose = all_prose[ends] - all_prose[starts]
    return {
        "expected_f": expected_f,
        "expected_f_below_best": expected_f - expected_f.max(),
        "mean_probability": expected / size,
        "words": logs,
        "words_below_most": logs - logs.max(),
        "share": words / max(total, 1),
        "words_above_ratio": above / size,
        "words_below_ratio": below / size,
        "words_above": np.log1p(above),
        "words_below": np.log1p(below),
        "probability_above": sums[_COUNTED["expected"], starts] / np.maximum(above, 1),
        "probability_below": (total_expected - sums[_COUNTED["expected"], ends]) / np.maximum(below, 1),
        "paragraphs": paragraphs,
        "evenness": spread / np.maximum(mean, 1),
        "position": starts / max(len(page.features), 1),
        "prose_above": np.log1p(all_prose[starts]),
        "prose_below": np.log1p(all_prose[-1] - all_prose[ends]),
        "prose_share_above": all_prose[starts] / page_prose,
        "prose_share_below": (all_prose[-1] - all_prose[ends]) / page_prose,
        "left_out": (window_prose - prose) / np.maximum(window_prose, 1),
    }


def _breaks(
    page: PageTable, is_kept: np.ndarray, chunks: np.ndarray, first: np.ndarray, last: np.ndarray
) -> dict[str, np.ndarray]:
    """The gaps in and around a window, and the blocks right at its edges."""
    import numpy as np

    starts, ends = chunks[first, 0], chunks[last, 1]
    gaps = np.concatenate([[_NO_GAP], chunks[1:, 0] - chunks[:-1, 1], [_NO_GAP]])
    largest = _range_maxima(np.concatenate([[0.0], gaps[1:-1]]), first + 1, last, 0.0)
    probabilities = np.concatenate([np.zeros(3), page.probabilities, np.zeros(3)])
    near = np.maximum(np.maximum(probabilities[:-2], probabilities[1:-1]), probabilities[2:])
    kept_probabilities = np.where(is_kept, page.probabilities, 1.0)
    least = np.minimum.reduceat(kept_probabilities, chunks[:, 0])
    lead = np.maximum.reduceat(page.features[:, feature_numbers()["run_lead"]], chunks[:, 0])
    is_last = ends == len(page.features)
    following = np.minimum(ends, len(page.features) - 1)
    return {
        "chunks": last - first + 1.0,
        "gap_above": gaps[first],
        "gap_below": gaps[last + 1],
        "largest_gap": largest,
        "gap_above_ratio": gaps[first] / (1 + largest),
        "gap_below_ratio": gaps[last + 1] / (1 + largest),
        "next_probability": near[ends + 3],
        "last_probability": near[starts],
        "least_probability": -_range_maxima(-least, first, last, -1.0),
        "lead": _range_maxima(lead, first, last, 0.0),
        "starts_soft": page.is_soft[starts],
        "soft_below": is_last | page.is_soft[following],
        "words_of_next": np.where(is_last, 0.0, page.features[following, feature_numbers()["words"]]),
    }


def _range_maxima(values: np.ndarray, first: np.ndarray, last: np.ndarray, least: float) -> np.ndarray:
    """The greatest of `values[first : last + 1]` for each pair; `least` where there is none."""
    import numpy as np

    count = len(values)
    at = np.arange(count)
    table = np.maximum.accumulate(np.where(at >= at[:, None], values, least), axis=1)
    found: np.ndarray = np.where(first <= last, table[np.minimum(first, count - 1), last], least)
    return found
