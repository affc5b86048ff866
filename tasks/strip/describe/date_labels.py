"""The label of a printed date: the words before or after it that announce which date it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from tasks.strip.describe.event_dates import is_of_event
from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.printed_dates import PrintedDate
from tasks.strip.describe.title_candidates import is_picture_credit
from tasks.text.phrases import alternation

LONGEST_LABEL, LONGEST_ARTICLE = 40, 4  # characters of a line that is only a label, and of one that is only "le"
CAPTION_WORDS = 5  # words at least before the place and date that end a caption
SHEET_REACH = 3  # lines from a date to the fields of the data sheet it belongs to

Label = Literal["published", "updated", "other", "plain", "none"]


@cache
def _label_pattern() -> re.Pattern[str]:
    groups = "|".join(
        f"(?P<{name}>{alternation(lexicon()['labels'][name])})" for name in ("published", "updated", "other", "plain")
    )
    articles = alternation(lexicon()["labels"]["articles"])
    return re.compile(
        rf"(?:^|(?<![^\W\d_]))(?:{groups})\s*+(?:[:.\-–—|•,]\s*+)?(?:(?:{articles})\s*+)?$", re.IGNORECASE
    )


@cache
def _glued_pattern() -> re.Pattern[str]:
    """Labels stuck to the word before them ("Ann PerrinPublished"): only those no other word ends in, capital first."""
    groups = "|".join(
        f"(?P<{name}>{alternation(word.capitalize() for word in lexicon()['labels']['glued'] if word in lexicon()['labels'][name])})"
        for name in ("published", "updated")
    )
    articles = alternation(lexicon()["labels"]["glued_articles"])
    return re.compile(rf"(?:{groups})\s*+(?::\s*+)?(?:(?:{articles})\s*+)?$")


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


@cache
def _published_after() -> re.Pattern[str]:
    """A label after its date: "24 janvier 2017 | Mise en ligne à 12h02"."""
    words = alternation(lexicon()["labels"]["published"])
    return re.compile(rf"[^\w(]{{1,4}}\(?(?:{words})(?![^\W\d_])", re.IGNORECASE)


@cache
def _sheet_field() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(lexicon()['labels']['sheet_fields'])})\s*:", re.IGNORECASE)


@cache
def _place_before() -> re.Pattern[str]:
    """The place at the end of a caption, before its date: "Des soldats au repos (Kundus, 6.12.2010)"."""
    return re.compile(r"\([^\W\d_][^()]{1,30},\s*$")


def _label_above(layout: Layout, index: int) -> Label:
    """The label on the line above, or on the two lines above when the nearer one is no more than "le"."""
    above = layout.lines[index - 1].text if index else ""
    label = read_label(above) if 0 < len(above) <= LONGEST_LABEL else "none"
    if label in ("none", "plain") and len(above) <= LONGEST_ARTICLE and index > 1:
        first = layout.lines[index - 2].text
        over = read_label(f"{first} {above}") if len(first) <= LONGEST_LABEL else "none"
        return over if over in ("published", "updated", "other") else label
    return label


def label_of(layout: Layout, index: int, dates: Sequence[PrintedDate], rank: int) -> Label:
    """The label of the `rank`-th date of a line: before it on its line, after it, or on a line above that is only a label."""
    text, printed = layout.lines[index].text, dates[rank]
    before = text[dates[rank - 1].end if rank else 0 : printed.start]
    label = read_label(before)
    if rank and not before.strip() and dates[rank - 1].day < printed.day:
        return "updated"  # "12 June 2025 13 June 2025": the two moments a weblog keeps, without their labels
    if label in ("none", "plain") and rank == 0 and len(before.strip(" :-–|•,")) <= 3:
        over = _label_above(layout, index)
        label = label if over == "none" else over
    if label in ("none", "plain"):
        return _label_after(layout, index, dates, rank) or label
    announced = before if before.strip() or not index else layout.lines[index - 1].text
    is_field = label == "published" and announced.rstrip().endswith(":")
    return "other" if is_field and _is_of_sheet(layout, index) else label


def _label_after(layout: Layout, index: int, dates: Sequence[PrintedDate], rank: int) -> Label | None:
    """The label of a date that none announces: what follows it, or what its line is."""
    text, printed = layout.lines[index].text, dates[rank]
    if _update_after().match(text, printed.end):
        return "updated"
    is_last = rank + 1 == len(dates)
    if is_last and _published_after().match(text, printed.end):
        return "published"
    is_credit = layout.lines[index].row.kind == "caption" or is_picture_credit(text)
    is_credit |= (
        text[: printed.start].count(" ") >= CAPTION_WORDS and _place_before().search(text, 0, printed.start) is not None
    )
    if (is_credit and printed.clock is None) or _recording_pattern().search(text):
        return "other"  # the credit of a picture has no time
    return "other" if is_of_event(layout, index, printed) else None


def _is_of_sheet(layout: Layout, index: int) -> bool:
    """Whether a line stands in the data sheet of a book, a film or an event, among fields such as "Éditeur :"."""
    near = layout.lines[max(0, index - SHEET_REACH) : index + SHEET_REACH + 1]
    return any(_sheet_field().match(line.text) for line in near)
