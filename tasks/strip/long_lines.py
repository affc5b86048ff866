"""Cuts inside a long physical line that holds a whole page: where menus, headline, credits and body meet.

Scrapers that join all text nodes with spaces leave no line ends. What is left is capitals: in running text a capital
follows a full stop or begins a name, while entries of a menu, headlines and credits begin with one after any word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tasks.page.lines import LONGEST_LINE, cut_lines, cut_long_line
from tasks.strip.describe.lexicon import months
from tasks.strip.lexicon import CATEGORIES, load_lexicon
from tasks.text.folding import fold_word

_SHORTEST_PAGE = 300  # characters
_FEWEST_PHRASES = 3  # of boilerplate that begin with a capital, in a long line that holds more than paragraphs
# Places where text nodes were joined with nothing between: so many different ones, and so many for each word of the
# line, because brands have capitals inside too.
_FEWEST_GLUED = 5
_GLUED_SHARE = 1 / 40
_BESIDE = 6  # characters on either side by which two such places are distinguished
# Words in a row that stand in the line more than once: a headline does, in a breadcrumb or under a picture.
_REPEATED = 4
_WORD = re.compile(r"\w+")
_OPENING = "\"'«“‘„([\u00a0\u202f"
_GLUED = re.compile(r"(?<=[a-zà-ÿ\d.!?…»)])(?=[A-ZÀ-Þ«][a-zà-ÿ\u00a0 ’'])")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»」』）)\]\s]*$")
_LONGEST_END = 10  # characters of closing marks and white space
_CRUMB = re.compile(r"\s*[>›]\s*")
_LONGEST_CRUMB = 4  # words
_YEAR_OR_TIME = re.compile(r"(?:19|20)\d\d|\d{1,2}[h:]\d\d|\d\dh?")
_BYLINE = CATEGORIES.index("byline")


class _Word(NamedTuple):
    """A word of a line: its place, its folded form, and whether it begins with a capital."""

    start: int
    end: int
    folded: str
    is_capital: bool


def cut_page(raw: str) -> list[tuple[int, int]]:
    """The lines of a page (`cut_lines`), with long physical lines cut also where boilerplate meets prose.

    The only line of a page counts as long from `_SHORTEST_PAGE` characters on when it holds boilerplate.
    """
    spans = cut_lines(raw)
    if len(raw) < _SHORTEST_PAGE:
        return spans
    cut: list[tuple[int, int]] = []
    has_long = not all([raw[end - 1] in "\r\n" for _, end in spans[:-1]])
    is_alone = len(raw) <= LONGEST_LINE and sum(not raw[start:end].isspace() for start, end in spans) == 1
    if not (has_long or is_alone):
        return spans
    for first, last in _physical_lines(raw, spans):
        pieces = spans[first:last]
        if is_alone or last - first > 1:
            pieces = _cut_long_line(raw, list(cut_long_line(raw, *pieces[0])) if is_alone else pieces) or pieces
        cut.extend(pieces)
    return cut


def _physical_lines(raw: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The number of the first span of each physical line, and the number after its last."""
    first = 0
    for number, (_, end) in enumerate(spans, 1):
        if raw[end - 1] in "\r\n" or number == len(spans):
            yield first, number
            first = number


def _cut_long_line(raw: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces of a physical line cut further, empty when it holds paragraphs alone."""
    start, end = pieces[0][0], pieces[-1][1]
    words = _read_words(raw, start, end)
    phrases = _find_phrases(raw, words)
    glued = [match.start() for match in _GLUED.finditer(raw, start, end)]
    piece_ends = {piece_end for _, piece_end in pieces[:-1]}
    cuts = set(piece_ends)
    kinds_of_glue = {raw[max(0, place - _BESIDE) : place + _BESIDE] for place in glued}
    is_glued = len(kinds_of_glue) >= max(_FEWEST_GLUED, _GLUED_SHARE * len(words))
    if is_glued:
        cuts.update(glued)
    if len(phrases) >= _FEWEST_PHRASES:
        cuts.update(_find_meetings(raw, words, phrases))
    elif not is_glued:
        return []
    edges = [start]
    for cut, following in pairwise([*sorted(cuts - {start, end}), end]):
        is_needed = following - edges[-1] > LONGEST_LINE
        if is_needed or cut not in piece_ends or _SENTENCE_END.search(raw, max(start, cut - _LONGEST_END), cut):
            edges.append(cut)
    return list(pairwise([*edges, end]))


def _read_words(raw: str, start: int, end: int) -> list[_Word]:
    return [
        _Word(match.start(), match.end(), fold_word(match[0].lower()), match[0][0].isupper())
        for match in _WORD.finditer(raw, start, end)
    ]


def _find_phrases(raw: str, words: Sequence[_Word]) -> dict[int, tuple[int, int]]:
    """The phrases of boilerplate that open something new: by their first word the number of words and the category."""
    functions = load_lexicon().function_words
    found: dict[int, tuple[int, int]] = {}
    for number, length, category in load_lexicon().phrases.find([word.folded for word in words]):
        if words[number].is_capital and length > found.get(number, (0, 0))[0]:
            before = words[number - 1] if number else None
            if not before or (before.folded not in functions and _place_before(raw, before, words[number]) is not None):
                found[number] = length, category
    return found


def _find_meetings(raw: str, words: Sequence[_Word], phrases: dict[int, tuple[int, int]]) -> Iterator[int]:
    """The places before a word that opens something new, though no sentence ends before it."""
    functions = load_lexicon().function_words
    after_phrase = {number + length for number, (length, category) in phrases.items() if category != _BYLINE}
    edges = _edges_of_repeated(words)
    crumb = -_LONGEST_CRUMB  # the number of the first word of the last entry of a breadcrumb
    for number in range(1, len(words)):
        before, word = words[number - 1], words[number]
        if _CRUMB.fullmatch(raw, before.end, word.start):
            crumb = number
        if not word.is_capital:
            continue
        place = _place_before(raw, before, word)
        if place is None or before.folded in functions:
            continue
        following = words[number + 1] if number + 1 < len(words) else None
        is_opener = word.folded in functions and (before.is_capital or (following and not following.is_capital))
        is_after_date = word.folded not in _months() and _YEAR_OR_TIME.fullmatch(raw, before.start, before.end)
        is_after_crumb = number - crumb < _LONGEST_CRUMB
        if is_after_crumb:
            crumb = -_LONGEST_CRUMB
        if (
            number in phrases
            or number in after_phrase
            or number in edges
            or is_opener
            or is_after_date
            or is_after_crumb
        ):
            yield place


def _edges_of_repeated(words: Sequence[_Word]) -> set[int]:
    """The numbers of the words at which a run of words that stands in the line more than once begins, or after which it ended."""
    folded = [word.folded for word in words]
    runs = [tuple(folded[at : at + _REPEATED]) for at in range(len(words) - _REPEATED + 1)]
    counts = Counter(runs)
    is_again = [False, *(counts[run] > 1 for run in runs), False]
    edges = set()
    for at in range(1, len(is_again)):
        if is_again[at] and not is_again[at - 1]:
            edges.add(at - 1)
        elif is_again[at - 1] and not is_again[at]:
            edges.add(at - 2 + _REPEATED)
    return edges


def _place_before(raw: str, before: _Word, word: _Word) -> int | None:
    """Where a line may begin whose first word is `word`; None when something but white space stands between the two words."""
    place = word.start
    while place > before.end and raw[place - 1] in _OPENING:
        place -= 1
    between = raw[before.end : place]
    return place if between and between.isspace() else None


@cache
def _months() -> frozenset[str]:
    return frozenset(map(fold_word, months()))
