"""Dates as pages print them, with their time and zone: "14 août 2025 01:47", "04.09.2025", "May 4th, 2018 at 3:10 pm EST".

Only dates with a year: one without is read by `inferred_dates`. Day before month unless the page or its country says
otherwise (`month_first`); a day over 12 decides. Dates glued to a word ("Publié le12/06/2025à 10h") are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from tasks.strip.describe.lexicon import lexicon, months, weekdays
from tasks.text.phrases import alternation

FIRST_YEAR, LAST_YEAR = (
    1985,
    2199,
)  # news online, and typing errors; what lies outside is a number that looks like a year
LAST_PLAUSIBLE_YEAR = (
    2059  # a later one is read where it stands in a whole date, and gives way to any other date of the page
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """One date in a line: `start`/`end` in characters of that line, the time included.

    `clock` is the printed time, `zone` the printed zone (None: the page prints none). `is_ambiguous`: day and month
    could be swapped.
    """

    start: int
    end: int
    day: date
    granularity: Literal["minute", "day", "month"]
    clock: time | None = None
    zone: tzinfo | None = None
    is_ambiguous: bool = False
    has_weekday: bool = False

    def at(self, zone: tzinfo) -> datetime | None:
        """The moment meant, in the printed zone or else in `zone`; None when the page prints no time."""
        return None if self.clock is None else datetime.combine(self.day, self.clock, self.zone or zone)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The ways of writing a date, in lower case: comparing a hundred months regardless of case takes five times as long."""
    month = rf"(?P<month>{alternation(months())})"
    day = r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])(?:\s?er|st|nd|rd|th|\\?\.|º|ª)?"
    year = (
        rf"(?P<year>(?:19|2[01])\d\d)(?!\d(?!\d?\.?\s*(?:{alternation(months())})))"  # "2019" in "201922. Dezember" too
    )
    gap = r"[\s.,/\-–]*"
    return tuple(
        re.compile(pattern)
        for pattern in (
            r"(?<!\d)(?P<year>(?:19|2[01])\d\d)(?P<mark>[-/.])(?P<month_no>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)",
            r"(?P<year>(?:19|20)\d\d)\s?年\s?(?P<month_no>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
            rf"{day}{gap}(?:de\s+|of\s+)?{month}(?![^\W\d]){gap}(?:de\s+|del\s+)?{year}",
            rf"(?<![^\W\d]){month}{gap}{day},?{gap}{year}",
            r"(?:(?<![\d.,/])|(?<=[-/.]20\d\d))(?P<first>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<second>\d{1,2})\s?(?P=mark)\s?(?P<year>(?:19|2[01])\d\d|\d\d)(?!\d(?!\d?[-/.]\d\d?[-/.])|[-/.]\d)",
            rf"(?<![^\W\d]){month}(?![^\W\d]){gap}(?:de\s+)?{year}",
        )
    )


@cache
def _zone_pattern() -> str:
    named = alternation(lexicon()["zones"])
    return rf"(?P<zone>(?:UTC|GMT)\s?[+\-−]\s?\d{{1,2}}(?::?\d\d)?|[+\-−]\d\d:?\d\d|Z\b|\(?(?:{named})\b\)?)"


@cache
def _clock_after() -> re.Pattern[str]:
    glue = r"\s*(?:[,\-–—|•·/@]\s*)?(?:(?:à|a|at|um|kl\.?|alle|a\s+las|ore)\s*)?T?"
    return re.compile(
        rf"{glue}(?!\d\d?[-/.]\d\d?[-/.]\d\d)(?P<hour>[01]?\d|2[0-4])(?:\s?[:hH.]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?|(?P<whole>\s?(?:h|heures?)(?![^\W\d])|(?=\s?[ap]\.?m)))(?!\d|\s?\.\s?\d)"
        rf"\s?(?P<half>[ap]\.?\s?m\b\.?)?(?:\s?Uhr\b)?(?:\s?{_zone_pattern()})?",
        re.IGNORECASE,
    )


@cache
def _clock_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\d)(?P<hour>[01]?\d|2[0-3])\s?[:hH.]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?P<whole>)\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?Uhr)?"
        rf"(?:\s?{_zone_pattern()})?\s*+(?:(?:[,/|•·\-–—]|on|le|am|,\s*le)\s*)?$",
        re.IGNORECASE,
    )


@cache
def _weekday_before() -> re.Pattern[str]:
    short = [word[:3] for word in weekdays()]
    return re.compile(
        rf"(?:{alternation(weekdays())}|(?<![^\W\d])(?:{alternation(set(short))})\.?)\s*+(?:,\s*+)?(?:le\s+|den\s+)?$",
        re.IGNORECASE,
    )


LONGEST_BEFORE = 40  # characters of a date before the digits by which it is found: day and month, and spaces between
LONGEST_LINE = 2000  # characters from the first date on in which further ones are read; a hostile line holds thousands
HAS_DATE = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)[01]\d\d|\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d\d)")


def read_dates(line: str, *, month_first: bool = False) -> list[PrintedDate]:
    """The dates of one line in reading order, none overlapping; an impossible one ("31.02.2024") is not a date."""
    if not (digits := HAS_DATE.search(line)):
        return []
    first = max(0, digits.start() - LONGEST_BEFORE)
    found: list[PrintedDate] = []
    low = line.lower() if len(line.lower()) == len(line) else line  # a dotted capital I becomes two
    for pattern in _patterns():
        for match in pattern.finditer(low, first, first + LONGEST_LINE):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in found):
                continue
            printed = _read(line, match, month_first)
            if printed:
                found.append(printed)
    return sorted(found, key=lambda printed: printed.start)


def _read(line: str, match: re.Match[str], month_first: bool) -> PrintedDate | None:
    part = match.groupdict()
    is_short = len(part["year"]) == 2
    year = int(part["year"]) + (2000 if is_short else 0)
    if not FIRST_YEAR <= year <= (LAST_PLAUSIBLE_YEAR if is_short else LAST_YEAR):
        return None
    is_ambiguous = False
    if part.get("first"):
        first, second = int(part["first"]), int(part["second"])
        is_ambiguous = first <= 12 and second <= 12 and first != second
        is_swapped = first <= 12 and (second > 12 or (month_first and part["mark"] != "."))
        day, month = (second, first) if is_swapped else (first, second)
    else:
        day = int(part["day"]) if part.get("day") else 1
        month = int(part["month_no"]) if part.get("month_no") else months()[part["month"]]
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    start, end = match.span()
    if weekday := _weekday_before().search(line, max(0, start - 20), start):
        start = weekday.start()
    if not part.get("day") and not part.get("first"):
        return PrintedDate(start, end, on, "month")
    start, end, clock, zone = _read_clock(line, start, end)
    return PrintedDate(start, end, on, "minute" if clock else "day", clock, zone, is_ambiguous, weekday is not None)


def _read_clock(line: str, start: int, end: int) -> tuple[int, int, time | None, tzinfo | None]:
    """The time printed right after the date, or right before it, and the span with it."""
    for match in _clocks(line, start, end):
        if (clock := _time_of(match)) is not None:
            clock_end = match.start() + len(match.group().rstrip())
            return min(start, match.start()), max(end, clock_end), clock, read_zone(match["zone"] or "")
    return start, end, None, None


def read_clock(line: str, position: int) -> tuple[time, tzinfo | None, int] | None:
    """The time printed at a place of a line, its zone, and where it ends; None when there is none."""
    match = _clock_after().match(line, position)
    clock = _time_of(match) if match else None
    return (clock, read_zone(match["zone"] or ""), match.end()) if match and clock is not None else None


def _time_of(match: re.Match[str]) -> time | None:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, int(match["minute"] or 0), int(match["second"] or 0)) if hour <= 23 else None


def _clocks(line: str, start: int, end: int) -> Iterator[re.Match[str]]:
    if after := _clock_after().match(line, end):
        yield after
    if before := _clock_before().search(line, max(0, start - 24), start):
        yield before


def read_zone(text: str) -> tzinfo | None:
    """The zone of "Z", "+02:00", "UTC+1", "CEST", "heure de Paris"; None for any other text."""
    word = " ".join(text.lower().strip("() ").split())
    known = lexicon()["zones"].get(word)
    if word == "z" or known == 0:
        return UTC
    if known is not None:
        return ZoneInfo(known) if isinstance(known, str) else timezone(timedelta(minutes=known))
    if match := re.fullmatch(r"(?:utc|gmt)?\s?([+\-−])\s?(\d{1,2})(?::?(\d\d))?", word):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=-minutes if match[1] in "-−" else minutes))
    return None
