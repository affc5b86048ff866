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
    """The words as one alternation, longest first, any white space between the words of one."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, by which two lines are compared."""
    return WORD.findall(text.lower())


def key_of(text: str) -> str:
    """A text reduced to its words: what makes two spellings of one value the same value."""
    return " ".join(words_of(text))


WORD = re.compile(r"\w+")
