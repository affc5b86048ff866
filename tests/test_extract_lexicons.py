"""The word lists of the languages: sorted, one entry once, and no known name of two kinds."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tasks.extract.fr.names.gazetteer import names_by_kind
from tasks.extract.language import languages
from tasks.text.folding import fold_text

# Lists whose order has a meaning: a text and what is read in it, CLDR identifiers, and the names of a country, of which the
# first is the usual one.
ORDERED = {"example", "counter", "units", "names", "capitals", "demonyms"}
FILES = sorted(file for language in languages().values() for file in language.folder.rglob("*.toml"))


def word_lists(table: Any, place: str) -> Iterator[tuple[str, list[str]]]:
    """Every list of words of a TOML table, at any depth, with its path."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
            if key not in ORDERED:
                yield f"{place}.{key}", value
        elif isinstance(value, dict | list):
            yield from word_lists(value, f"{place}.{key}")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_word_lists_are_sorted_and_have_no_duplicates(file: Path) -> None:
    for place, words in word_lists(tomllib.loads(file.read_text(encoding="utf-8")), file.stem):
        assert words == sorted(set(words), key=lambda word: (fold_text(word), word)), place


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_long_word_lists_have_one_word_a_line(file: Path) -> None:
    lines = {line.strip().rstrip(",") for line in file.read_text(encoding="utf-8").splitlines()}
    for place, words in word_lists(tomllib.loads(file.read_text(encoding="utf-8")), file.stem):
        if len(words) > 12:
            assert {json.dumps(word, ensure_ascii=False) for word in words} <= lines, place


def test_a_known_name_has_one_kind() -> None:
    for (kind, names), (other_kind, other_names) in combinations(names_by_kind().items(), 2):
        assert not names & other_names, (kind, other_kind)
