"""Builders of what stands around dates: parts of periods, ranges, open ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tasks.facts.dates import calendar
from tasks.facts.dates.calendar import Period, period
from tasks.facts.dates.grammar import Found
from tasks.facts.dates.readings import Context, Reading, builds


@builds
def part_of(found: Found, context: Context) -> Reading | None:
    reading: Reading = found["date"]
    if reading.grain in ("day", "part_of_day", "minute", "interval"):
        return None
    if reading.first is None or reading.last is None:
        return reading
    narrowed = Period(reading.first, reading.last, reading.grain, reading.timex).narrowed(found["part"])
    return replace(reading, first=narrowed.first, last=narrowed.last)


@builds
def between(found: Found, context: Context) -> Reading | None:
    first, last = _in_step(found["from"], found["to"])
    if first is None or "/" in first.timex or "/" in last.timex:
        return None
    timex = f"{first.timex}/{last.timex}"
    if first.first is None or last.last is None:
        return replace(first, timex=timex, grain="interval", first=None, last=None)
    if first.first > last.last:
        return None
    relative = first.is_relative or last.is_relative
    anchor = first if first.anchor else last
    return Reading(timex, "interval", first.first, last.last, first.at, relative, anchor.anchor, anchor.anchor_on)


def _in_step(first: Reading, last: Reading) -> tuple[Reading | None, Reading]:
    """The two ends of a range, the one whose year was not said in the year that puts it before (or after) the other."""
    if first.first is None or last.first is None:
        return first, last
    begin, end = first.first, last.first
    if first.partial and not last.partial:
        return _placed(first, range(end.year, end.year - 2, -1), lambda day: day <= end), last
    if last.partial and end < begin:
        return first, _placed(last, range(begin.year, begin.year + 2), lambda day: day >= begin) or last
    if last.is_relative and last.grain == "day" and last.first < first.first:  # "de vendredi à lundi"
        moved = period(last.first + timedelta(days=7), "day")
        return first, replace(last, first=moved.first, last=moved.last, timex=moved.timex)
    return first, last


def _placed(reading: Reading, years: range, fits: Callable[[date], bool]) -> Reading | None:
    assert reading.partial is not None
    month_no, day_no = reading.partial
    for year_no in years:
        written = calendar.valid_day(year_no, month_no, day_no or 1)
        if written and fits(written):
            placed = period(written, "day" if day_no else "month")
            return replace(reading, timex=placed.timex, first=placed.first, last=placed.last)
    return None


@builds
def since(found: Found, context: Context) -> Reading | None:
    reading: Reading = found["date"]
    if "/" in reading.timex:
        return reading
    return replace(reading, timex=f"{reading.timex}/..", grain="interval", last=None)


@builds
def until(found: Found, context: Context) -> Reading | None:
    reading: Reading = found["date"]
    if "/" in reading.timex:
        return reading
    return replace(reading, timex=f"../{reading.timex}", grain="interval", first=None, at=None)
