"""What can be seen of a page's blocks: named numbers, one row per block, one column per name.

Everything is language-independent but the lexicon. Shape (length, punctuation, capitals, digits), words (share of
function words, of chrome phrases by category), and what stands around: prose in the neighbourhood, the
distance to the last heading of a comment or related-articles section, the best run of prose of the whole page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tasks.strip.certain import certain_reason
from tasks.strip.lexicon import Lexicon, load_lexicon, words_of

if TYPE_CHECKING:
    import numpy as np

_MARKUP = re.compile(r"^\s*(?:#{1,6}\s|[*+•·▪–—-]\s|>\s|\d{1,2}[.)]\s)")
_SENTENCE = re.compile(r"[a-zà-ÿ\d)”»\"][.!?…]+[\"”’»)]*\s+[\"“«(]?[A-ZÀ-Þ\d]")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ]")
_SEPARATOR = re.compile(r"[|•·›»>/\\→»]|\s-\s")
_ADDRESS = re.compile(r"https?:|www\.|@\w|\S@\S|#\w|\.com\b|\.fr\b")
_MOMENT = re.compile(
    r"\b\d{1,2}\s?[h:]\s?\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d-\d\d|\b(?:19|20)\d\d\b|\b\d+\s?(?:min|h|d|j)\b"
)
_TERMINAL = re.compile(r"[.!?][\"'”’»)\]\s]*$")
_CJK = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
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
_FAR = 99
_SHORT = 120  # characters: longer blocks are rarely met twice
_LONGEST_PAUSE = 4  # blocks

ENDS = {"": 0, ".": 1, "!": 2, "?": 3, "…": 4, ":": 5, ",": 6, ")": 7, "»": 8, "”": 8, '"': 8, "’": 8, "'": 8, "]": 9}
END_LETTER, END_DIGIT, END_OTHER = 10, 11, 12
START_UPPER, START_LOWER, START_DIGIT, START_QUOTE, START_DASH, START_OTHER = range(6)

SHAPE = (
    "words", "function_share", "end", "start", "capital_share", "digit_share", "sentences", "comma_share", "separators",
    "address", "moment", "word_length", "markup", "second_person_share", "first_person_share", "exclaimed", "quoted", "elided", "chrome_share", "distinct_share", "certain",
)  # fmt: skip
PLACE = (
    "repeats", "is_repeat", "like_before", "prose", "prose_before_3", "prose_after_3", "prose_before_8", "prose_after_8",
    "prose_share_before", "prose_share_after", "chrome_run_before", "chrome_run_after", "segment", "segment_edge",
    "segment_overlap", "run_words", "run_share", "position", "count_prose", "mean_words_before", "mean_words_after", *_DISTANCES,
)  # fmt: skip


_CHROME = SHAPE.index("chrome_share")


def feature_names() -> tuple[str, ...]:
    """The names of the columns, in order."""
    return (*SHAPE, *(f"lexicon:{category}" for category in load_lexicon().categories), *PLACE)


def read_features(texts: Sequence[str]) -> np.ndarray:
    """One row of numbers per block of a page, columns as in `feature_names`."""
    import numpy as np

    lexicon = load_lexicon()
    shapes: list[list[float]] = []
    bags: list[frozenset[str]] = []
    for text in texts:
        shape, bag = _remembered_shape(text) if len(text) <= _SHORT else _read_shape(text)
        shapes.append(shape)
        bags.append(bag)
    return np.concatenate([np.array(shapes), _place(texts, shapes, bags, lexicon)], axis=1)


def _read_shape(text: str) -> tuple[list[float], frozenset[str]]:
    """A block's shape and its content words."""
    words = words_of(text)
    bag = frozenset(word for word in words if len(word) > 5) if len(words) > 5 else frozenset()
    return _shape(text, words, load_lexicon()), bag


_remembered_shape = lru_cache(maxsize=20_000)(_read_shape)  # menus and footers come again on every page of a source


def _shape(text: str, words: list[str], lexicon: Lexicon) -> list[float]:
    count = float(len(words))
    is_foreign_script = count < len(text) / 14 and _CJK.search(text) is not None
    if is_foreign_script:  # scripts without spaces: two characters are about a word
        count = len(_CJK.findall(text)) / 2
    size = max(count, 1.0)
    functions = lexicon.function_words
    covered = lexicon.count_covered(words)
    shares = [hits / size for hits in covered]
    markup = _MARKUP.match(text)
    bare = text[markup.end() :] or text if markup else text
    last = text.rstrip("\"'”’»)] \u00a0\u202f")[-1:]
    end = ENDS.get(last if last in ".!?…" else text[-1])
    if end is None:
        end = END_LETTER if text[-1].isalpha() else END_DIGIT if text[-1].isdigit() else END_OTHER
    first = bare[0]
    start = (
        START_UPPER if first.isupper() else START_LOWER if first.islower() else START_DIGIT if first.isdigit()
        else START_QUOTE if first in "\"'«“‘„" else START_DASH if first in "-–—*•#>" else START_OTHER
    )  # fmt: skip
    return [
        count,
        0.4 if is_foreign_script else sum([word in functions for word in words]) / size,
        1 if is_foreign_script and last in "。！？" else end,
        start,
        len(_CAPITAL.findall(text)) / size,
        sum([word.isdigit() for word in words]) / size,
        len(_SENTENCE.findall(text)),
        (text.count(",") + text.count("、")) / size,
        len(_SEPARATOR.findall(text)),
        1.0 if _ADDRESS.search(text) else 0.0,
        1.0 if _MOMENT.search(text) else 0.0,
        sum(map(len, words)) / size,
        0.0 if not markup else 1.0 if markup[0].lstrip()[0] == "#" else 2.0,
        sum([word in lexicon.second_person for word in words]) / size,
        sum([word in lexicon.first_person for word in words]) / size,
        float(sum([text.count(mark) for mark in ("!!", "??", "?!", "..")])),
        1.0 if first in "\"«“„" else 0.0,
        1.0 if text.endswith(("...", "…", "[…]", "[...]")) else 0.0,
        min(1.0, sum(covered) / size),
        len(set(words)) / max(len(words), 1),
        0.0 if certain_reason(words, shares) is None else 1.0,
        *shares,
    ]


def _is_prose(shape: Sequence[float]) -> bool:
    words, functions, end = shape[0], shape[1], shape[2]
    return words >= 10 and functions >= 0.2 and (1 <= end <= 5 or end == 8 or words >= 30) and shape[_CHROME] < 0.35


def _place(
    texts: Sequence[str], shapes: Sequence[Sequence[float]], bags: Sequence[frozenset[str]], lexicon: Lexicon
) -> np.ndarray:
    import numpy as np

    count = len(texts)
    keys = [text.casefold() for text in texts]
    repeats = Counter(keys)
    seen: set[str] = set()
    words = np.array([shape[0] for shape in shapes])
    prose = np.array([shape[0] if _is_prose(shape) else 0.0 for shape in shapes])
    total = max(float(prose.sum()), 1.0)
    before = np.concatenate([[0.0], np.cumsum(prose)])
    words_before = np.concatenate([[0.0], np.cumsum(np.minimum(words, 40))])
    at = np.arange(count)
    first, last = _best_segment(prose, shapes)
    run_words = _run_words(prose)
    segment_words: Counter[str] = Counter()
    for bag in bags[first : last + 1]:
        segment_words.update(bag)
    columns: dict[str, object] = {
        "repeats": [repeats[key] for key in keys],
        "is_repeat": [key in seen or bool(seen.add(key)) for key in keys],
        "like_before": [0.0, *(_likeness(a, b) for a, b in zip(shapes, shapes[1:], strict=False))],
        "prose": np.minimum(prose, 200),
        "prose_share_before": before[:-1] / total,
        "prose_share_after": (before[-1] - before[1:]) / total,
        "chrome_run_before": _runs(prose),
        "chrome_run_after": _runs(prose[::-1])[::-1],
        "segment": np.where(at < first, 0, np.where(at > last, 2, 1)),
        "segment_edge": np.where(
            at < first, at - first, np.where(at > last, 50 + at - last, 20 + np.minimum(at - first, 4) - 5 * np.maximum(0, 2 - (last - at)))
        ),
        "segment_overlap": [
            sum(segment_words[word] > (first <= index <= last) for word in bag) / len(bag) if bag else -1.0
            for index, bag in enumerate(bags)
        ],
        "run_words": run_words,
        "run_share": run_words / max(float(run_words.max()), 1.0),
        "position": at / max(count - 1, 1),
        "count_prose": np.full(count, float((prose > 0).sum())),
    }
    for reach in (3, 8):
        columns[f"prose_before_{reach}"] = before[at] - before[np.maximum(at - reach, 0)]
        columns[f"prose_after_{reach}"] = before[np.minimum(at + 1 + reach, count)] - before[at + 1]
    columns["mean_words_before"] = (words_before[at] - words_before[np.maximum(at - 5, 0)]) / 5
    columns["mean_words_after"] = (words_before[np.minimum(at + 6, count)] - words_before[at + 1]) / 5
    columns.update(_marker_distances(shapes, lexicon))
    return np.column_stack([np.asarray(columns[name], dtype=float) for name in PLACE])


def _likeness(a: Sequence[float], b: Sequence[float]) -> float:
    """How alike two neighbouring blocks look: short ones of the same length and end come in lists."""
    if max(a[0], b[0]) > 25:
        return 0.0
    return 1.0 + (abs(a[0] - b[0]) <= 2) + (a[2] == b[2])


def _runs(prose: np.ndarray) -> list[int]:
    """For every block, how many blocks without prose stand right before it."""
    runs, run = [], 0
    for words in prose:
        runs.append(run)
        run = 0 if words else run + 1
    return runs


def _run_words(prose: np.ndarray) -> np.ndarray:
    """For every block, the words of prose in its run: prose with never more than `_LONGEST_PAUSE` other blocks between."""
    import numpy as np

    found = np.flatnonzero(prose)
    words = np.zeros(len(prose))
    for run in np.split(found, np.flatnonzero(np.diff(found) > _LONGEST_PAUSE + 1) + 1):
        if len(run):
            words[run[0] : run[-1] + 1] = prose[run].sum()
    return words


def _best_segment(prose: np.ndarray, shapes: Sequence[Sequence[float]]) -> tuple[int, int]:
    """First and last block of the run with the greatest sum: prose counts for, anything else against."""
    best, best_span, start, total = 0.0, (0, -1), 0, 0.0
    for index, (words, shape) in enumerate(zip(prose, shapes, strict=True)):
        value = min(words, 60.0) if words else -6.0 - 10.0 * (shape[_CHROME] > 0.5)
        if total <= 0:
            start, total = index, 0.0
        total += value
        if total > best:
            best, best_span = total, (start, index)
    return best_span


def _marker_distances(shapes: Sequence[Sequence[float]], lexicon: Lexicon) -> dict[str, list[int]]:
    """For every block and kind of section, how many blocks ago a short line announced one (0: it does so itself)."""
    offset = len(SHAPE)
    byline = offset + lexicon.categories.index("byline")
    columns = [(offset + number, _MARKERS[name]) for number, name in enumerate(lexicon.categories) if name in _MARKERS]
    distances: dict[str, list[int]] = {name: [] for name in _DISTANCES}
    since = dict.fromkeys(_DISTANCES, _FAR)
    for shape in shapes:
        opened = set()
        if shape[0] <= 9 and shape[_CHROME] >= 0.6:
            opened = {name for column, name in columns if shape[column] >= 0.6}
        elif shape[0] <= 15 and shape[byline] > 0:
            opened = {"after_byline"}
        for name in _DISTANCES:
            since[name] = 0 if name in opened else min(since[name] + 1, _FAR)
            distances[name].append(since[name])
    return distances
