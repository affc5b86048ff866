"""Which blocks are cross-references: lines between two paragraphs of an article that point to another one.

"Read also: …" below an article ends it; between two paragraphs it does not, so these blocks are taken out before the
article is sought. The openings are those of `certain_opening`, and those of the table `cross_references` of `lexicons/`,
which are one only before a colon, a bar or an arrow: "Our analysis: …" against "Our analysis shows …"; genres only after a
sign or in capitals, since "Analysis: …" may be a subheading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tasks.strip.certain_phrases import certain_opening
from tasks.strip.lexicon import lexicon_tables
from tasks.text.phrases import alternation
from tasks.text.remembered import MOST
from tasks.text.words import remember_words

_REASONS = ("related_article", "share_line", "newsletter", "paywall")
_SHORTEST_PARAGRAPH = 60  # characters of a paragraph above or below
_SHORTEST_REFERENCE, _LONGEST_REFERENCE = 30, 250  # characters of one with its headline; without it a list may follow
_MOST_IN_A_ROW = 3
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]\s]*$")
_SIGNS = r"\s*([^\w\s«»\"“”„'’(\[-]{1,3})?"
_SEPARATOR = r"\s{0,3}(?:[:>|»→–—]|-\s)"


def find_cross_references(texts: Sequence[str]) -> dict[int, str]:
    """The indices of the blocks that are cross-references, and the reason to remove each, from the texts of all blocks."""
    found: dict[int, str] = {}
    above = 0
    while above < len(texts):
        run: dict[int, str] = {}
        if _is_paragraph(texts[above]):
            run = _read_run(texts, above + 1)
            below = above + 1 + len(run)
            if run and below < len(texts) and _is_paragraph(texts[below]):
                found |= run
        above += 1 + len(run)
    return found


def _read_run(texts: Sequence[str], start: int) -> dict[int, str]:
    """The references that follow one another from a block on."""
    run: dict[int, str] = {}
    at = start
    while at < len(texts) and at < start + _MOST_IN_A_ROW:
        reason = _reason(texts[at])
        if reason is None:
            break
        run[at] = reason
        at += 1
    return run


def _is_paragraph(text: str) -> bool:
    return len(text) >= _SHORTEST_PARAGRAPH and _ENDED.search(text[-8:]) is not None and _reason(text) is None


def _reason(text: str) -> str | None:
    if not _SHORTEST_REFERENCE <= len(text) <= _LONGEST_REFERENCE or text.endswith(":"):
        return None
    return _read_reason(text)


@lru_cache(maxsize=MOST)  # asked twice for most blocks, and pages of one source share them
def _read_reason(text: str) -> str | None:
    reason = certain_opening(remember_words(text))
    if reason in _REASONS:
        return reason
    folded = text.casefold()
    genre = _pattern("genres").match(folded)
    is_marked = genre is not None and (genre[1] or text[: genre.end()].isupper())
    return "related_article" if is_marked or _pattern("openings").match(folded) else None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """What opens a cross-reference: a sign such as an arrow (group 1), a phrase of a list, and a separator."""
    phrases = alternation(lexicon_tables()["cross_references"][name])
    return re.compile(rf"{_SIGNS}[\W_]{{0,4}}?(?:{phrases}){_SEPARATOR}")
