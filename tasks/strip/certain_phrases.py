"""Phrases that leave no doubt: lines that are never article wherever they stand, and what a paywall says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from tasks.strip.lexicon import LEXICON_FILE, load_lexicon, words_of


class _Certain(NamedTuple):
    longest_line: int
    opening: dict[str, list[tuple[tuple[str, ...], str]]]
    anywhere: dict[str, list[tuple[tuple[str, ...], str]]]
    whole: tuple[str, ...]
    longest_whole: int


def certain_reason(words: Sequence[str], covered: Sequence[float]) -> str | None:
    """The reason to remove a line whatever surrounds it, or None; `covered` is its share of words by category."""
    certain = _load_certain()
    count = len(words)
    if not 0 < count <= certain.longest_line:
        return None
    for phrase, reason in certain.opening.get(words[0], ()):
        if tuple(words[: len(phrase)]) == phrase:
            return reason
    for position, word in enumerate(words) if not certain.anywhere.keys().isdisjoint(words) else ():
        for phrase, reason in certain.anywhere.get(word, ()):
            if tuple(words[position : position + len(phrase)]) == phrase:
                return reason
    if count <= certain.longest_whole:
        for category, share in zip(load_lexicon().categories, covered, strict=True):
            if share >= 1 and category in certain.whole:
                return category
    return None


@cache
def _load_certain() -> _Certain:
    data = tomllib.loads(LEXICON_FILE.read_text(encoding="utf-8"))["certain"]
    return _Certain(
        data["longest_line"],
        _by_first_word(data["opening"]),
        _by_first_word(data["anywhere"]),
        tuple(data["whole"]["categories"]),
        data["whole"]["longest_line"],
    )


def _by_first_word(table: Mapping[str, Any]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for reason, entries in table.items():
        for entry in entries:
            words = tuple(words_of(entry))
            phrases.setdefault(words[0], []).append((words, reason))
    return phrases


def has_paywall_notice(text: str) -> bool:
    """Whether a text says that an article goes on behind a paywall."""
    said = f" {' '.join(words_of(text))} "
    return any(phrase in said for phrase in _truncation_phrases())


@cache
def _truncation_phrases() -> tuple[str, ...]:
    data = tomllib.loads(LEXICON_FILE.read_text(encoding="utf-8"))
    return tuple(f" {' '.join(words_of(phrase))} " for phrase in data["truncation"]["phrases"])
