"""The lexicons of stripping and describing: one file per language, one phrase a line, sorted, none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tasks.strip
from tasks.strip.lexicon import CATEGORIES
from tasks.text.data_files import read_toml
from tasks.text.words import split_folded_words

STRIP = Path(tasks.strip.__file__).parent
FILES = sorted(STRIP.glob("**/lexicons/*.toml"))


def lists_of(tables: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from lists_of(value, f"{path}{name}.")
        elif isinstance(value, list):
            yield f"{path}{name}", value


def test_there_is_a_lexicon_for_each_language_measured() -> None:
    for folder in (STRIP / "lexicons", STRIP / "describe" / "lexicons"):
        assert {"fr", "en", "de", "shared"} <= {file.stem for file in FILES if file.parent == folder}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parents[1].name}-{file.stem}")
def test_phrases_are_sorted_one_a_line_and_none_stands_twice(file: Path) -> None:
    lines = Counter(line.strip().removesuffix(",") for line in file.read_text(encoding="utf-8").splitlines())
    for name, phrases in lists_of(read_toml(file)):
        assert phrases == sorted(phrases), name
        spellings = [phrase if "describe" in file.parts else " ".join(split_folded_words(phrase)) for phrase in phrases]
        repeated = [] if name == "captions.credit_patterns" else [one for one, n in Counter(spellings).items() if n > 1]
        assert not repeated, name
        assert all(any(lines[quote.format(phrase)] for quote in ('"{}"', "'{}'", "'''{}'''")) for phrase in phrases), (
            name
        )


@pytest.mark.parametrize("table", ["chrome", "certain_opening", "certain_anywhere"])
def test_every_list_of_boilerplate_is_a_category(table: str) -> None:
    for file in (STRIP / "lexicons").glob("*.toml"):
        assert set(read_toml(file).get(table, {})) <= set(CATEGORIES), file.name
