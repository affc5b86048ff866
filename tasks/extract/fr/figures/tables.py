"""The tables of rules beside this file, and the words in them as regular expressions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tasks.extract.folding import fold

TABLES = ("number_forms", "surroundings", "not_figures", "units")


@cache
def read_table(name: str) -> dict[str, Any]:
    """One of `TABLES`."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


def folded(words: dict[str, Any]) -> dict[str, Any]:
    return {fold(word): meaning for word, meaning in words.items()}


def alternation(words: Iterable[str]) -> str:
    """The words as one regular expression over folded text, longest first."""
    return "|".join(re.escape(word) for word in sorted(map(fold, words), key=len, reverse=True))
