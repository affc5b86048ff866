"""Phrases found in a text: among its words by an index, or among its characters by one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from operator import itemgetter
from typing import Any, Generic, TypeVar

from tasks.text.words import split_folded_words

_Value = TypeVar("_Value")
_LETTER = re.compile(r" +|.")
_ORDER = itemgetter(0, 1)


class PhraseIndex(Generic[_Value]):
    """Phrases with a value each, found as whole words in a row whatever their case, accents and punctuation.

    Each phrase is filed under its longest word, which few texts have, so that most texts are done with after one look-up
    for each word; under one of the `common` words, which many texts have, only where it has no other. Texts are given as
    `split_folded_words` splits them.
    """

    def __init__(self, phrases: Iterable[tuple[str, _Value]], common: Set[str] = frozenset()) -> None:
        self._by_longest: dict[str, list[tuple[int, int, tuple[str, ...], _Value]]] = {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], _Value]]] = {}
        for number, (phrase, value) in enumerate(phrases):
            words = tuple(split_folded_words(phrase))
            place = max(range(len(words)), key=lambda at: (words[at] not in common, len(words[at])))
            self._by_longest.setdefault(words[place], []).append((place, number, words, value))
            self._by_first.setdefault(words[0], []).append((words, value))

    @property
    def rarest_words(self) -> Set[str]:
        """The words that phrases are filed under: a text without any of them holds none."""
        return self._by_longest.keys()

    @property
    def first_words(self) -> Set[str]:
        """The first words of all phrases."""
        return self._by_first.keys()

    def find(self, words: Sequence[str]) -> list[tuple[int, int, _Value]]:
        """Position, length (both in words) and value of every phrase among `words`, those of one position in the order given."""
        by_longest = self._by_longest
        if by_longest.keys().isdisjoint(words):
            return []
        found: list[tuple[int, int, int, _Value]] = []
        for at in [at for at, word in enumerate(words) if word in by_longest]:
            for place, number, phrase, value in by_longest[words[at]]:
                length, start = len(phrase), at - place
                if length == 1 or (start >= 0 and tuple(words[start : start + length]) == phrase):
                    found.append((start, number, length, value))
        found.sort(key=_ORDER)
        return [(start, length, value) for start, _, length, value in found]

    def opening(self, words: Sequence[str]) -> _Value | None:
        """The value of the first phrase given with which `words` begin."""
        entries = self._by_first.get(words[0], ()) if words else ()
        return next((value for phrase, value in entries if tuple(words[: len(phrase)]) == phrase), None)


def alternation(phrases: Iterable[str]) -> str:
    """The phrases as one regular expression, the longest that fits first, any white space between the words of one.

    Phrases that begin alike share their beginning (a trie): tried one after another, a hundred of them cost ten times
    as much.
    """
    tree: dict[str, Any] = {}
    for phrase in phrases:
        node = tree
        for letter in _LETTER.findall(phrase):
            node = node.setdefault(r"\s+" if letter[0] == " " else re.escape(letter), {})
        node[""] = {}
    return _branches(tree)


def _branches(tree: dict[str, Any]) -> str:
    branches = [letter + _group(below) for letter, below in tree.items() if letter]
    return "|".join([*branches, ""] if "" in tree else branches)


def _group(tree: dict[str, Any]) -> str:
    return _branches(tree) if len(tree) == 1 else f"(?:{_branches(tree)})"
