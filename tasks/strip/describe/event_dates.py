"""The dates of events, which stand below titles as dates of publication do: "Samedi 21 juin 2025, de 18 heures à minuit"."""

from __future__ import annotations

import re
from functools import cache

from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import lexicon, months, weekdays
from tasks.strip.describe.printed_dates import PrintedDate, read_dates
from tasks.text.phrases import alternation

MOST_WORDS = 20  # of a line about an event; a longer one is prose
REACH = 40  # characters before a date in which the first day of a range stands
ORDINAL = r"(?:er|\.|st|nd|rd|th)?"
CLOCK = r"\d{1,2}\s?(?:[:h.]\s?(?:\d\d)?(?!\d)|(?:heures?|uhr|[ap]\.?m)\b)"


@cache
def _first_day() -> re.Pattern[str]:
    """The first day of a range before its last: "du 3 au", "Les 3 et 4", "3 –" where a line begins."""
    first = rf"\d{{1,2}}{ORDINAL}(?:\s+(?:{alternation(months())}))?"
    words = alternation(lexicon()["labels"]["ranges"])
    return re.compile(rf"(?:(?<![\w:.,/]){first}\s+(?:{words})|^{first}\s*[-–—])\s*$", re.IGNORECASE)


@cache
def _what_follows() -> re.Pattern[str]:
    """What follows the day of an event: its last day ("au 5 juin"), or the hours ("de 18 heures", "20h-23h")."""
    ranges, notes = (alternation(lexicon()["labels"][name]) for name in ("ranges", "event_notes"))
    day = (
        rf"(?:(?:{alternation(weekdays())})\s+)?\d{{1,2}}{ORDINAL}\s?(?:[/.]\d|(?:de\s+)?(?:{alternation(months())})\b)"
    )
    return re.compile(
        rf"\W{{0,3}}(?:(?:{ranges})\s+{day}|(?:{notes})\s+{CLOCK}|{CLOCK}\s*(?:[-–—]|(?:{ranges})\s)\s*{CLOCK})",
        re.IGNORECASE,
    )


@cache
def _last_hour() -> re.Pattern[str]:
    """What follows the first hour of an event, read as the time of the date: "20h" in "le 3 mars à 18h-20h"."""
    return re.compile(rf"\s*[-–—/]\s*{CLOCK}", re.IGNORECASE)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{alternation(lexicon()['labels']['event_words'])})(?![^\W\d_])", re.IGNORECASE)


def is_of_event(layout: Layout, index: int, printed: PrintedDate) -> bool:
    """Whether a date without a label is that of an event: one of several days, one with the hours it lasts, or with "entrée libre" beside it."""
    line = layout.lines[index]
    if line.count_words > MOST_WORDS:
        return False
    below = layout.lines[index + 1] if index + 1 < len(layout.lines) else line
    texts = [one.text for one in (line, below) if one.count_words <= MOST_WORDS]
    return _has_span(line.text, printed) or any(_words().search(text) for text in texts)


def is_event_line(text: str) -> bool:
    """Whether a short line says when an event takes place: its date with its hours or its last day."""
    return len(text.split()) <= MOST_WORDS and any(_has_span(text, printed) for printed in read_dates(text))


def has_event_words(text: str) -> bool:
    """Whether a short line has words said of events alone: "entrée libre"."""
    return len(text.split()) <= MOST_WORDS and _words().search(text) is not None


def _has_span(text: str, printed: PrintedDate) -> bool:
    before = text[max(0, printed.start - REACH) : printed.start]
    if _first_day().search(before) or _what_follows().match(text, printed.end):
        return True
    return printed.clock is not None and _last_hour().match(text, printed.end) is not None
