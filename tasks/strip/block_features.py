"""The features of one block by itself: length, punctuation, capitals, digits, and the words it is made of."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.strip.certain_phrases import certain_reason
from tasks.strip.lexicon import Lexicon, load_lexicon
from tasks.text.remembered import remember_short
from tasks.text.words import remember_words

if TYPE_CHECKING:
    import numpy as np

_MARKUP = re.compile(r"^\s*(?:#{1,6}\s|[*+•·▪–—-]\s|>\s|\d{1,2}[.)]\s)")
_SENTENCE = re.compile(r"[a-zà-ÿ\d)”»\"][.!?…]+[\"”’»)]*\s+[\"“«(]?[A-ZÀ-Þ\d]")
_DIGIT = re.compile(r"\d")
_SEPARATORS = "|•·›»>/\\→"
_DASH = re.compile(r"\s-\s")
_HAS_DASH = re.compile(r"-(?<=\s-)\s")  # whether there is one: a hyphen is sought much faster than white space
_ADDRESS = re.compile(r"https?:|www\.|@\w|\S@\S|#\w|\.com\b|\.fr\b")
_ADDRESS_SIGNS = ("@", "#", "www.", ".com", ".fr", "http")
_MOMENT = re.compile(
    r"\b(?=\d)(?:\d{1,2}\s?[h:]\s?\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}-\d\d-\d\d|(?:19|20)\d\d\b|\d+\s?(?:min|h|d|j)\b)"
)
_CJK = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_HANGUL = re.compile(
    r"[\uac00-\ud7af](?<=[\uac00-\ud7af]{2})"
)  # Korean has spaces, but joins function words to other words
_ENDS = {"": 0, ".": 1, "!": 2, "?": 3, "…": 4, ":": 5, ",": 6, ")": 7, "»": 8, "”": 8, '"': 8, "’": 8, "'": 8, "]": 9}
_END_LETTER, _END_DIGIT, _END_OTHER = 10, 11, 12
_START_UPPER, _START_LOWER, _START_DIGIT, _START_QUOTE, _START_DASH, _START_OTHER = range(6)
_STARTS = dict.fromkeys("\"'«“‘„", _START_QUOTE) | dict.fromkeys("-–—*•#>", _START_DASH)
_EXCLAIMED = ("!!", "??", "?!", "..")

BLOCK_FEATURES = (
    "words", "function_share", "end", "start", "capital_share", "digit_share", "sentences", "comma_share", "separators",
    "address", "moment", "word_length", "markup", "second_person_share", "first_person_share", "exclaimed", "quoted", "elided", "chrome_share", "distinct_share", "certain",
)  # fmt: skip
CHROME_SHARE = BLOCK_FEATURES.index("chrome_share")


@remember_short
def read_block(text: str) -> tuple[array[float], frozenset[str]]:
    """A block's numbers, as in `BLOCK_FEATURES` and then by category of the lexicon, and its content words."""
    words = remember_words(text)
    bag = frozenset([word for word in words if len(word) > 5]) if len(words) > 5 else frozenset()
    return array("d", _numbers(text, words, load_lexicon())), bag


def _numbers(text: str, words: Sequence[str], lexicon: Lexicon) -> list[float]:
    count = float(len(words))
    is_foreign_script = count < len(text) / 14 and _CJK.search(text) is not None
    if is_foreign_script:  # a script without spaces: two characters count as a word
        count = len(_CJK.findall(text)) / 2
    size = max(count, 1.0)
    is_ascii = text.isascii()
    digit = _DIGIT.search(text)
    # ASCII words are digits only where a digit was found
    numbers = sum(map(str.isdigit, words)) if digit or not is_ascii else 0
    named = max(count - numbers, 1.0)  # "3 comments" is as typical as "comments"
    shares = [min(1.0, hits / named) if hits else 0.0 for hits in lexicon.count_covered(words)]
    markup = _MARKUP.match(text)
    last = text.rstrip("\"'”’»)] \u00a0\u202f")[-1:]
    distinct = set(words)
    functions, second, first = lexicon.function_words, lexicon.second_person, lexicon.first_person
    return [
        count,
        0.4
        if is_foreign_script or (not is_ascii and _HANGUL.search(text))
        else sum(map(functions.__contains__, words)) / size,
        1 if is_foreign_script and last in "。！？" else _end_class(text, last),
        _start_class((text[markup.end() :] or text) if markup else text),
        len([1 for word in text.split() if word[0].isupper()]) / size,
        numbers / size,
        len(_SENTENCE.findall(text)) if count > 5 else 0.0,
        (text.count(",") + text.count("、")) / size,
        sum(map(text.count, _SEPARATORS)) + (len(_DASH.findall(text)) if _HAS_DASH.search(text) else 0),
        1.0 if any([sign in text for sign in _ADDRESS_SIGNS]) and _ADDRESS.search(text) else 0.0,
        1.0 if digit and _MOMENT.search(text, digit.start()) else 0.0,
        len("".join(words)) / size,
        0.0 if not markup else 1.0 if markup[0].lstrip()[0] == "#" else 2.0,
        0.0 if second.isdisjoint(distinct) else len([1 for word in words if word in second]) / size,
        0.0 if first.isdisjoint(distinct) else len([1 for word in words if word in first]) / size,
        float(sum([text.count(mark) for mark in _EXCLAIMED])),
        1.0 if text[0] in '"«“„' else 0.0,
        1.0 if text.endswith(("...", "…", "[…]", "[...]")) else 0.0,
        min(1.0, sum(shares)),
        len(distinct) / max(len(words), 1),
        0.0 if certain_reason(words, shares) is None else 1.0,
        *shares,
    ]


def _end_class(text: str, last: str) -> int:
    """How a block ends: in which mark (closing quotes and brackets set aside), a letter, a digit."""
    end = _ENDS.get(last if last in ".!?…" else text[-1])
    if end is not None:
        return end
    return _END_LETTER if text[-1].isalpha() else _END_DIGIT if text[-1].isdigit() else _END_OTHER


def _start_class(text: str) -> int:
    first = text[0]
    if first.isalpha():
        return _START_UPPER if first.isupper() else _START_LOWER
    return _STARTS.get(first, _START_DIGIT if first.isdigit() else _START_OTHER)


def are_prose(table: np.ndarray) -> np.ndarray:
    """Which blocks read like a paragraph: full sentences of common words, not of chrome; `table` has a row for each."""
    words, functions, end = table[:, 0], table[:, 1], table[:, 2]
    is_ended = ((end >= 1) & (end <= 5)) | (end == 8) | (words >= 30)
    found: np.ndarray = (words >= 10) & (functions >= 0.2) & is_ended & (table[:, CHROME_SHARE] < 0.35)
    return found
