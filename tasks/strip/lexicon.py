"""The words of web chrome and of prose, kept as data in `lexicon.toml`, and how often a line uses them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

LEXICON_FILE = Path(__file__).with_name("lexicon.toml")

_WORD = re.compile(r"\w+")
_ACCENTS = str.maketrans("àâäáãåçéèêëíìîïñóòôöõúùûüýÿß", "aaaaaaceeeeiiiinooooouuuuyys")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphens and the like, inside words


def words_of(text: str) -> list[str]:
    """The words of a text in lower case without accents; an apostrophe parts two words."""
    lower = text.lower()
    if lower.isascii():
        return _WORD.findall(lower)
    if _UNSEEN.search(lower):
        lower = _UNSEEN.sub("", lower)
    return [word if word.isascii() else _fold(word) for word in _WORD.findall(lower)]


@lru_cache(maxsize=20_000)
def _fold(word: str) -> str:
    return word.translate(_ACCENTS)


class Lexicon(NamedTuple):
    """`phrases`: first word → its phrases as (words, category number), longest first; `openers`: the first words by category."""

    categories: tuple[str, ...]
    phrases: dict[str, list[tuple[tuple[str, ...], int]]]
    openers: tuple[frozenset[str], ...]
    function_words: frozenset[str]
    second_person: frozenset[str]
    first_person: frozenset[str]

    def count_covered(self, words: Sequence[str]) -> list[int]:
        """How many of a line's words stand in phrases of each category."""
        counts = [0] * len(self.categories)
        phrases = self.phrases
        for position, word in enumerate(words):
            if word in phrases:
                seen = 0
                for phrase, category in phrases[word]:
                    length = len(phrase)
                    if not seen >> category & 1 and (
                        length == 1 or tuple(words[position : position + length]) == phrase
                    ):
                        counts[category] += length
                        seen |= 1 << category
        return counts

    def count_in(self, words: Sequence[str], category: str) -> int:
        """How many of the words stand in phrases of one category: quicker than counting them all."""
        number = self.categories.index(category)
        openers = self.openers[number].intersection(words)
        count = 0
        for position, word in enumerate(words) if openers else ():
            if word in openers:
                fitting = (phrase for phrase, at in self.phrases[word] if at == number)
                count += next((len(one) for one in fitting if tuple(words[position : position + len(one)]) == one), 0)
        return count


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read once a process."""
    data = tomllib.loads(LEXICON_FILE.read_text(encoding="utf-8"))
    categories = tuple(data["chrome"])
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, category in enumerate(categories):
        for phrase in {tuple(words_of(entry)) for entry in data["chrome"][category]}:
            phrases.setdefault(phrase[0], []).append((phrase, number))
    for entries in phrases.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry))
    prose = data["prose"]
    openers: list[set[str]] = [set() for _ in categories]
    for first, entries in phrases.items():
        for _, number in entries:
            openers[number].add(first)
    return Lexicon(
        categories,
        phrases,
        tuple(map(frozenset, openers)),
        frozenset(words_of(prose["function_words"])),
        frozenset(words_of(prose["second_person"])),
        frozenset(words_of(prose["first_person"])),
    )
