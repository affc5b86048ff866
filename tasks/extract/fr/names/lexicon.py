"""The words and names of the TOML files beside this module, each file read once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml

_FOLDER = Path(__file__).parent


def read_data(file_name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return read_toml(_FOLDER / file_name)


@cache
def read_words(key: str) -> frozenset[str]:
    """One list of `words.toml`, small letters, straight apostrophes."""
    return frozenset(read_data("words.toml")[key])


@cache
def never_names() -> frozenset[str]:
    """What is never a name alone: common words, acronyms that are common nouns, boilerplate of web pages."""
    return read_words("never") | read_words("never_acronyms") | read_words("never_boilerplate")


def words_pattern(words: Iterable[str]) -> str:
    """Any of these words or expressions, as a group."""
    return f"(?:{alternation(words)})"
