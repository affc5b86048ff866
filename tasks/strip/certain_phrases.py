"""Phrases that leave no doubt: those of lines that are never article wherever they stand, and those of a paywall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from tasks.strip.lexicon import lexicon_tables, load_lexicon
from tasks.text.phrases import PhraseIndex
from tasks.text.words import split_folded_words


class _Certain(NamedTuple):
    longest_line: int
    opening: PhraseIndex[str]
    anywhere: PhraseIndex[str]
    whole: tuple[str, ...]
    longest_whole: int


def certain_reason(words: Sequence[str], covered: Sequence[float]) -> str | None:
    """The reason to remove a line whatever surrounds it, or None; `covered` is its share of words by category."""
    certain = _load_certain()
    count = len(words)
    if not 0 < count <= certain.longest_line:
        return None
    if reason := certain.opening.opening(words) or next((value for *_, value in certain.anywhere.find(words)), None):
        return reason
    if count <= certain.longest_whole:
        for category, share in zip(load_lexicon().categories, covered, strict=True):
            if share >= 1 and category in certain.whole:
                return category
    return None


@cache
def _load_certain() -> _Certain:
    data = lexicon_tables()["certain"]
    return _Certain(
        data["longest_line"],
        PhraseIndex(_with_reasons(data["opening"])),
        PhraseIndex(_with_reasons(data["anywhere"])),
        tuple(data["whole"]["categories"]),
        data["whole"]["longest_line"],
    )


def _with_reasons(table: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for reason, phrases in table.items():
        for phrase in phrases:
            yield phrase, reason


def has_paywall_notice(text: str) -> bool:
    """Whether a text holds a phrase by which a paywall announces that the article goes on for subscribers."""
    return any(True for _ in _paywall_notices().find(split_folded_words(text)))


@cache
def _paywall_notices() -> PhraseIndex[None]:
    return PhraseIndex((phrase, None) for phrase in lexicon_tables()["truncation"]["phrases"])
