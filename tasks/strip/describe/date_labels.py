"""The label of a printed date: the words before or after it that announce which date it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.printed_dates import PrintedDate
from tasks.strip.describe.title_candidates import is_picture_credit
from tasks.text.phrases import alternation

Label = Literal["published", "updated", "other", "plain", "none"]


@cache
def _label_pattern() -> re.Pattern[str]:
    groups = "|".join(
        f"(?P<{name}>{alternation(lexicon()['labels'][name])})" for name in ("published", "updated", "other", "plain")
    )
    articles = alternation(lexicon()["labels"]["articles"])
    return re.compile(rf"(?:^|(?<![^\W\d_]))(?:{groups})\s*(?:[:.\-–—|•,]\s*)?(?:(?:{articles})\s*)?$", re.IGNORECASE)


@cache
def _glued_pattern() -> re.Pattern[str]:
    """Labels stuck to the word before them ("Ann PerrinPublished"): only those no other word ends in, capital first."""
    groups = "|".join(
        f"(?P<{name}>{alternation(word.capitalize() for word in lexicon()['labels']['glued'] if word in lexicon()['labels'][name])})"
        for name in ("published", "updated")
    )
    articles = alternation(lexicon()["labels"]["glued_articles"])
    return re.compile(rf"(?:{groups})\s*:?\s*(?:{articles})?\s*$")


def read_label(before: str) -> Label:
    """The kind of date that the words right before it announce."""
    match = _label_pattern().search(before[-60:]) or _glued_pattern().search(before[-60:])
    return match.lastgroup if match and match.lastgroup else "none"  # type: ignore[return-value]


@cache
def _update_after() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{alternation(lexicon()['labels']['update_notes'])})\W*$", re.IGNORECASE)


@cache
def _recording_pattern() -> re.Pattern[str]:
    """What marks a recording: the word that opens its line, or its duration."""
    words = alternation(lexicon()["labels"]["recordings"])
    return re.compile(rf"^(?:{words})\b|\b\d{{1,2}}:\d\d\s?(?:min|h\b)", re.IGNORECASE)


def label_of(layout: Layout, index: int, dates: Sequence[PrintedDate], rank: int) -> Label:
    """The label of the `rank`-th date of a line: before it on its line, after it, or on a line above that is only a label."""
    text, start = layout.lines[index].text, dates[rank].start
    before = text[dates[rank - 1].end if rank else 0 : start]
    label = read_label(before)
    if rank and not before.strip() and dates[rank - 1].day < dates[rank].day:
        return "updated"  # "12 June 2025 13 June 2025": the two moments a weblog keeps, without their labels
    if label in ("none", "plain") and rank == 0 and len(before.strip(" :-–|•,")) <= 3 and index:
        above = layout.lines[index - 1].text
        if len(above) <= 40 and (over := read_label(above)) != "none":
            return over
    if label in ("none", "plain"):
        if _update_after().match(text, dates[rank].end):
            return "updated"
        if _recording_pattern().search(text) or layout.lines[index].row.kind == "caption" or is_picture_credit(text):
            return "other"
    return label
