"""The lexicon of this step: `words.toml` read once, with the regular expressions made of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any


@cache
def lexicon() -> dict[str, Any]:
    """The tables of `words.toml`, as written."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def months() -> dict[str, int]:
    """Spelling of a month, lower case -> its number."""
    return {word: int(number) for number, spellings in lexicon()["months"].items() for word in spellings}


@cache
def weekdays() -> dict[str, int]:
    """Name of a weekday, lower case -> ISO number, Monday 1."""
    return {word: int(number) for number, spellings in lexicon()["weekdays"].items() for word in spellings}


def alternatives(words: Iterable[str]) -> str:
    """The words as one alternation, the longest that fits first, any white space between the words of one.

    Words that begin alike share their beginning: tried one after another, a hundred of them cost ten times as much.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in LETTER.findall(word):
            node = node.setdefault(r"\s+" if letter[0] == " " else re.escape(letter), {})
        node[""] = {}
    return _branches(tree)


def _branches(tree: dict[str, Any]) -> str:
    branches = [letter + _group(below) for letter, below in tree.items() if letter]
    return "|".join([*branches, ""] if "" in tree else branches)


def _group(tree: dict[str, Any]) -> str:
    return _branches(tree) if len(tree) == 1 else f"(?:{_branches(tree)})"


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, by which two lines are compared."""
    return WORD.findall(text.lower())


def key_of(text: str) -> str:
    """A text reduced to its words: what makes two spellings of one value the same value."""
    return " ".join(words_of(text))


WORD = re.compile(r"\w+")
LETTER = re.compile(r" +|.")
