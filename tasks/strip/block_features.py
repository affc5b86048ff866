"""The features of each block by itself: length, punctuation, capitals, digits, and the words it is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from tasks.strip.certain_phrases import LONGEST_WHOLE_LINE, certain_reason
from tasks.strip.lexicon import CATEGORIES, load_lexicon
from tasks.strip.listed_words import ListedWords, count_listed
from tasks.strip.sign_counts import SignCounts, count_signs
from tasks.text.remembered import RememberedBatch
from tasks.text.words import remember_words

if TYPE_CHECKING:
    import numpy as np

_MARKUP = re.compile(r"^\s*(?:#{1,6}\s|[*+•·▪–—-]\s|>\s|\d{1,2}[.)]\s)")
_SENTENCE = re.compile(r"[a-zà-ÿ\d)”»\"][.!?…]+[\"”’»)]*\s+[\"“«(]?[A-ZÀ-Þ\d]")
_DASH = re.compile(r"\s-\s")
_ADDRESS = re.compile(r"https?:|www\.|@\w|\S@\S|#\w|\.com\b|\.fr\b")
_ADDRESS_SIGNS = ("@", "#", "www.", ".com", ".fr", "http")
_MOMENT = re.compile(
    r"\b(?=\d)(?:\d{1,2}\s?[h:]\s?\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}-\d\d-\d\d|(?:19|20)\d\d\b|\d+\s?(?:min|h|d|j)\b)"
)
_HANGUL = re.compile(
    r"[\uac00-\ud7af](?<=[\uac00-\ud7af]{2})"
)  # Korean has spaces, but joins function words to other words
_ENDS = {"": 0, ".": 1, "!": 2, "?": 3, "…": 4, ":": 5, ",": 6, ")": 7, "»": 8, "”": 8, '"': 8, "’": 8, "'": 8, "]": 9}
_END_LETTER, _END_DIGIT, _END_OTHER = 10, 11, 12
_START_UPPER, _START_LOWER, _START_DIGIT, _START_QUOTE, _START_DASH, _START_OTHER = range(6)
_STARTS = dict.fromkeys("\"'«“‘„", _START_QUOTE) | dict.fromkeys("-–—*•#>", _START_DASH)
_EXCLAIMED = ("!!", "??", "?!", "..")
_CHARACTERS_PER_WORD = 14  # on average more than this: a script without spaces
_LONGEST_WITHOUT_SENTENCES = 5  # words

_Block = TypeVar("_Block")

BLOCK_FEATURES = (
    "words", "function_share", "end", "start", "capital_share", "digit_share", "sentences", "comma_share", "separators",
    "address", "moment", "word_length", "markup", "second_person_share", "first_person_share", "exclaimed", "quoted", "elided", "chrome_share", "distinct_share", "certain",
)  # fmt: skip
CHROME_SHARE = BLOCK_FEATURES.index("chrome_share")


def read_blocks(texts: Sequence[str]) -> tuple[np.ndarray, tuple[frozenset[str], ...]]:
    """The numbers of a page's blocks, a row for each: columns as in `BLOCK_FEATURES`, then by category of the lexicon; and their content words."""
    import numpy as np

    rows, bags = zip(*_read_blocks(texts), strict=True)
    return np.frombuffer(b"".join(rows)).reshape(len(texts), -1), bags


@RememberedBatch
def _read_blocks(texts: Sequence[str]) -> list[tuple[bytes, frozenset[str]]]:
    """The numbers of each block, as the bytes of a row, and its content words.

    Signs and words of the lexicon's lists are counted for all blocks at once, and rule out most of what is looked for in single blocks.
    """
    import numpy as np

    words = [remember_words(text) for text in texts]
    lengths = np.array([len(some) for some in words])
    signs, listed = count_signs(texts), count_listed(words, lengths)
    counts, is_unspaced = _count_words(texts, lengths, signs)
    sizes = np.maximum(counts, 1.0)
    numbers = _read_where(signs.digits, words, lambda some: sum(map(str.isdigit, some)))
    named = np.maximum(counts - numbers, 1.0)  # "3 comments" is as typical as "comments"
    shares = _read_where(listed.chrome, words, load_lexicon().count_covered, len(CATEGORIES)) / named[:, None]
    np.minimum(shares, 1.0, out=shares)
    markups = [_MARKUP.match(text) for text in texts]
    is_joined = is_unspaced | (_read_where(signs.hangul, texts, _find(_HANGUL)) > 0)
    columns = (
        counts,
        np.where(is_joined, 0.4, listed.functions / sizes),
        [_end_class(text, is_foreign) for text, is_foreign in zip(texts, is_unspaced.tolist(), strict=True)],
        [_start_class(text, markup) for text, markup in zip(texts, markups, strict=True)],
        signs.capitals / sizes,
        numbers / sizes,
        _read_where(counts > _LONGEST_WITHOUT_SENTENCES, texts, _count(_SENTENCE)),
        signs.commas / sizes,
        signs.separators + _read_where(signs.hyphens, texts, _count(_DASH)),
        _read_where(_have_address_signs(texts), texts, _find(_ADDRESS)),
        _read_where(signs.digits, texts, _find(_MOMENT)),
        np.array([len("".join(some)) for some in words]) / sizes,
        [0 if markup is None else 1 if "#" in markup[0] else 2 for markup in markups],
        listed.second_person / sizes,
        listed.first_person / sizes,
        _read_where(signs.mark_pairs, texts, lambda text: sum([text.count(mark) for mark in _EXCLAIMED])),
        [text[0] in '"«“„' for text in texts],
        [text.endswith(("...", "…", "[…]", "[...]")) for text in texts],
        [min(1.0, sum(row)) for row in shares.tolist()],
        np.array([len(set(some)) for some in words]) / np.maximum(lengths, 1),
        _are_certain(words, lengths, shares, listed),
    )
    bags = [frozenset([word for word in some if len(word) > 5]) if len(some) > 5 else frozenset() for some in words]
    table = np.column_stack([*columns, shares])
    return [(row.tobytes(), bag) for row, bag in zip(table, bags, strict=True)]


def _count_words(texts: Sequence[str], lengths: np.ndarray, signs: SignCounts) -> tuple[np.ndarray, np.ndarray]:
    """The words of each block, and whether its script has no spaces: two characters then count as a word."""
    import numpy as np

    sizes = np.array([len(text) for text in texts])
    is_unspaced = (lengths < sizes / _CHARACTERS_PER_WORD) & (signs.unspaced > 0)
    return np.where(is_unspaced, signs.unspaced / 2, lengths), is_unspaced


def _read_where(
    is_met: np.ndarray, blocks: Sequence[_Block], read: Callable[[_Block], float | Sequence[float]], width: int = 1
) -> np.ndarray:
    """What is read in the blocks that meet a condition, a number or `width` of them; 0 for the others."""
    import numpy as np

    found = np.zeros((len(blocks), width) if width > 1 else len(blocks))
    for number in np.flatnonzero(is_met).tolist():
        found[number] = read(blocks[number])
    return found


def _find(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


def _count(pattern: re.Pattern[str]) -> Callable[[str], int]:
    return lambda text: len(pattern.findall(text))


def _have_address_signs(texts: Sequence[str]) -> np.ndarray:
    """Which blocks hold a sign that addresses have; the page is searched for each as a whole."""
    import numpy as np

    page = "\0".join(texts)
    ends = np.cumsum([len(text) + 1 for text in texts])
    found = np.zeros(len(texts), dtype=bool)
    for sign in _ADDRESS_SIGNS:
        at = page.find(sign)
        while at >= 0:
            block = int(ends.searchsorted(at, side="right"))
            found[block] = True
            at = page.find(sign, int(ends[block]))
    return found


def _are_certain(
    words: Sequence[Sequence[str]], lengths: np.ndarray, shares: np.ndarray, listed: ListedWords
) -> np.ndarray:
    """Which blocks are certainly not article by their words alone."""
    import numpy as np

    may_be_whole = (lengths <= LONGEST_WHOLE_LINE) & (listed.chrome > 0)
    found = np.zeros(len(words))
    for number in np.flatnonzero((listed.may_be_certain > 0) | may_be_whole).tolist():
        found[number] = certain_reason(words[number], shares[number].tolist()) is not None
    return found


def _end_class(text: str, is_unspaced: bool) -> int:
    """How a block ends: in which mark (closing quotes and brackets set aside), a letter, a digit."""
    last = text.rstrip("\"'”’»)] \u00a0\u202f")[-1:]
    if is_unspaced and last in "。！？":
        return _ENDS["."]
    end = _ENDS.get(last if last in ".!?…" else text[-1])
    if end is not None:
        return end
    return _END_LETTER if text[-1].isalpha() else _END_DIGIT if text[-1].isdigit() else _END_OTHER


def _start_class(text: str, markup: re.Match[str] | None) -> int:
    """How a block starts after its markup."""
    first = (text[markup.end() :] or text)[0] if markup else text[0]
    if first.isalpha():
        return _START_UPPER if first.isupper() else _START_LOWER
    return _STARTS.get(first, _START_DIGIT if first.isdigit() else _START_OTHER)


def are_prose(table: np.ndarray) -> np.ndarray:
    """Which blocks read like a paragraph: full sentences of common words, not of chrome; `table` has a row for each."""
    words, functions, end = table[:, 0], table[:, 1], table[:, 2]
    is_ended = ((end >= 1) & (end <= 5)) | (end == 8) | (words >= 30)
    found: np.ndarray = (words >= 10) & (functions >= 0.2) & is_ended & (table[:, CHROME_SHARE] < 0.35)
    return found
