"""Phrases that decide alone: those of lines that are never article, wherever they stand, and those of a paywall notice."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from tasks.strip.lexicon import CATEGORIES, lexicon_tables, load_lexicon
from tasks.text.phrases import PhraseIndex
from tasks.text.words import remember_words

_LONGEST_LINE = 70  # words
# A line of a few words that all stand in phrases of one of these categories is never article.
_WHOLE_LINES = frozenset(
    (
        "advert",
        "share_line",
        "comment",
        "newsletter",
        "paywall",
        "accessibility",
        "related_article",
        "cookie_banner",
    )
)
LONGEST_WHOLE_LINE = 6  # words


def certain_reason(words: Sequence[str], covered: Sequence[float]) -> str | None:
    """The reason to remove a line independent of its surroundings, or None; `covered` is its share of words by category."""
    count = len(words)
    if not 0 < count <= _LONGEST_LINE:
        return None
    reason = certain_opening(words)
    if reason is None and (found := _phrases("certain_anywhere").find(words)):
        reason = found[0][2]
    if reason is None and count <= LONGEST_WHOLE_LINE:
        whole = (category for category, share in zip(CATEGORIES, covered, strict=True) if share >= 1)
        reason = next((category for category in whole if category in _WHOLE_LINES), None)
    return reason


def certain_opening(words: Sequence[str]) -> str | None:
    """The category of the phrase by whose opening a line is never article, or None."""
    return _phrases("certain_opening").opening(words)


def certain_words() -> tuple[Set[str], Set[str]]:
    """The words of which a line with a phrase that decides alone has one: anywhere, or as its first word."""
    return _phrases("certain_anywhere").rarest_words, _phrases("certain_opening").first_words


@cache
def _phrases(table: str) -> PhraseIndex[str]:
    """The phrases of a table with their categories; where two open a line, the first category wins."""
    phrases = lexicon_tables()[table]
    entries = ((phrase, category) for category in CATEGORIES for phrase in phrases.get(category, ()))
    return PhraseIndex(entries, load_lexicon().function_words)


def has_paywall_notice(text: str) -> bool:
    """Whether a text holds a phrase by which a paywall announces that the article goes on for subscribers."""
    return bool(_paywall_notices().find(remember_words(text)))


@cache
def _paywall_notices() -> PhraseIndex[None]:
    return PhraseIndex((phrase, None) for phrase in lexicon_tables()["paywall"]["notices"])
