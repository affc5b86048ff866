"""Phrases found in a text: among its words by an index, or among its characters by one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from tasks.text.words import split_folded_words

_Value = TypeVar("_Value")
_LETTER = re.compile(r" +|.")


class PhraseIndex(Generic[_Value]):
    """Phrases with a value each, found as whole words in a row whatever their case, accents and punctuation.

    The phrases lie by their first word, and most words of a text are done with after one look-up. Texts are given as
    `split_folded_words` splits them.
    """

    def __init__(self, phrases: Iterable[tuple[str, _Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], _Value]]] = {}
        for phrase, value in phrases:
            words = tuple(split_folded_words(phrase))
            self._by_first.setdefault(words[0], []).append((words, value))
        self._alone = {
            first for first, entries in self._by_first.items() if any(len(words) == 1 for words, _ in entries)
        }
        self._seconds = {
            first: {words[1] for words, _ in entries if len(words) > 1} for first, entries in self._by_first.items()
        }

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, _Value]]:
        """Position, length (both in words) and value of every phrase among `words`, those of one position in the order given."""
        by_first, alone, seconds = self._by_first, self._alone, self._seconds
        if by_first.keys().isdisjoint(words):
            return
        following = [*words[1:], ""]
        for position, word in enumerate(words):
            if word in by_first and (word in alone or following[position] in seconds[word]):
                for phrase, value in by_first[word]:
                    length = len(phrase)
                    if length == 1 or tuple(words[position : position + length]) == phrase:
                        yield position, length, value

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
