"""The tables of rules beside this file, and the words in them as regular expressions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text

TABLES = ("number_forms", "surroundings", "not_figures", "units", "currency_zones")


def read_table(name: str) -> dict[str, Any]:
    """One of `TABLES`."""
    return read_toml(Path(__file__).with_name(f"{name}.toml"))


def folded(words: dict[str, Any]) -> dict[str, Any]:
    """The same table by folded words."""
    return {fold_text(word): meaning for word, meaning in words.items()}


def folded_alternation(words: Iterable[str]) -> str:
    """Any of the words as a regular expression over folded text."""
    return alternation(map(fold_text, words))
