"""The words of web-page boilerplate ("chrome") and of prose, kept as data in `lexicons/`, one file per language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tasks.text.data_files import merge_languages, read_by_language
from tasks.text.phrases import PhraseIndex
from tasks.text.words import split_folded_words

_FOLDER = Path(__file__).with_name("lexicons")

# The categories of boilerplate, each also the reason given to a line removed for it; where two claim a line, the first wins.
CATEGORIES = (
    "cookie_banner", "newsletter", "share_line", "comment", "related_article", "most_read", "menu", "legal", "accessibility",
    "advert", "paywall", "photo_credit", "byline", "author_bio", "disclosure", "error_page",
)  # fmt: skip


class Lexicon(NamedTuple):
    """`phrases`: all phrases of chrome with the number of their category; `by_category`: the same, an index per category.

    `reader_words` are those of `second_person` that speak of nobody else ("Sie" is "they" too, "su" is "his").
    """

    phrases: PhraseIndex[int]
    by_category: dict[str, PhraseIndex[None]]
    function_words: frozenset[str]
    second_person: frozenset[str]
    reader_words: frozenset[str]
    first_person: frozenset[str]

    def count_covered(self, words: Sequence[str]) -> list[int]:
        """How many of a line's words stand in phrases of each category; of those that begin at one word the longest counts."""
        counts = [0] * len(CATEGORIES)
        last, seen = -1, 0
        for position, length, category in self.phrases.find(words):
            if position != last:
                last, seen = position, 0
            if not seen >> category & 1:
                counts[category] += length
                seen |= 1 << category
        return counts

    def count_in(self, words: Sequence[str], category: str) -> int:
        """How many of the words stand in phrases of one category: quicker than counting them all."""
        longest: dict[int, int] = {}
        for position, length, _ in self.by_category[category].find(words):
            longest.setdefault(position, length)
        return sum(longest.values())


@cache
def lexicon_tables() -> dict[str, Any]:
    """The tables of all languages, merged."""
    return merge_languages(_FOLDER)


def tables_by_language() -> dict[str, dict[str, Any]]:
    """The tables of each language by its ISO 639-1 code."""
    return read_by_language(_FOLDER)


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    data = lexicon_tables()
    chrome = {category: sorted(data["chrome"][category], key=_longest_first) for category in CATEGORIES}
    prose = {name: frozenset(split_folded_words(" ".join(words))) for name, words in data["prose"].items()}
    return Lexicon(
        PhraseIndex(
            sorted(
                ((phrase, number) for number, phrases in enumerate(chrome.values()) for phrase in phrases),
                key=lambda entry: _longest_first(entry[0]),
            ),
            prose["function_words"],
        ),
        {category: PhraseIndex((phrase, None) for phrase in phrases) for category, phrases in chrome.items()},
        prose["function_words"],
        prose["second_person"],
        prose["second_person"] - prose["also_third_person"],
        prose["first_person"],
    )


def _longest_first(phrase: str) -> tuple[int, list[str]]:
    words = split_folded_words(phrase)
    return -len(words), words
