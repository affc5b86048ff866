"""Builders of what stands around dates: parts of periods, ranges, open ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tasks.extract.fr.dates import calendar
from tasks.extract.fr.dates.calendar import Period, period
from tasks.extract.fr.dates.date_value import UNKNOWN, Context, DateValue, builds, unknown
from tasks.extract.fr.dates.grammar import RuleMatch


@builds
def part_of(found: RuleMatch, context: Context) -> DateValue | None:
    reading: DateValue = found["date"]
    if reading.grain in ("day", "part_of_day", "minute", "interval"):
        return None
    if reading.first is None or reading.last is None:
        return reading
    narrowed = Period(reading.first, reading.last, reading.grain, reading.timex).narrowed(found["part"])
    return replace(reading, first=narrowed.first, last=narrowed.last)


@builds
def between(found: RuleMatch, context: Context) -> DateValue | None:
    first, last = _in_step(found["from"], found["to"])
    if first is None or "/" in first.timex or "/" in last.timex:
        return None
    timex = f"{first.timex}/{last.timex}"
    if first.first is None or last.last is None:
        return replace(first, timex=timex, grain="interval", first=None, last=None)
    if first.first > last.last:
        return None
    relative = first.is_relative or last.is_relative
    if last.grain != first.grain and first.last and first.first <= last.first <= first.last:  # type: ignore[operator]
        return None  # "ce week-end, jusqu'à dimanche": two dates, one in the other
    anchor = first if first.anchor else last
    return DateValue(timex, "interval", first.first, last.last, first.at, relative, anchor.anchor, anchor.anchor_on)


def _in_step(first: DateValue, last: DateValue) -> tuple[DateValue | None, DateValue]:
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


def _placed(reading: DateValue, years: range, fits: Callable[[date], bool]) -> DateValue | None:
    assert reading.partial is not None
    month_no, day_no = reading.partial
    for year_no in years:
        written = calendar.valid_day(year_no, month_no, day_no or 1)
        if written and fits(written):
            placed = period(written, "day" if day_no else "month")
            return replace(reading, timex=placed.timex, first=placed.first, last=placed.last)
    return None


@builds
def since(found: RuleMatch, context: Context) -> DateValue | None:
    reading: DateValue = found["date"]
    if "/" in reading.timex:
        return reading
    return replace(reading, timex=f"{reading.timex}/..", grain="interval", last=None)


@builds
def as_said(found: RuleMatch, context: Context) -> DateValue | None:
    reading: DateValue = found["date"]
    return reading


@builds
def before(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Avant 2026" ends with the last day of 2025."""
    reading: DateValue = found["date"]
    if "/" in reading.timex:
        return None
    if reading.first is None or reading.grain in ("minute", "part_of_day"):
        return replace(reading, timex=f"../{reading.timex}", grain="interval", first=None, at=None)
    last = reading.first - timedelta(days=1)
    return replace(reading, timex=f"../{_named(last, reading.grain)}", grain="interval", first=None, last=last)


@builds
def after(found: RuleMatch, context: Context) -> DateValue | None:
    reading: DateValue = found["date"]
    if "/" in reading.timex:
        return None
    if reading.last is None or reading.grain in ("minute", "part_of_day"):
        return replace(reading, timex=f"{reading.timex}/..", grain="interval", last=None)
    first = reading.last + timedelta(days=1)
    return replace(reading, timex=f"{_named(first, reading.grain)}/..", grain="interval", first=first, last=None)


def _named(day: date, grain: str) -> str:
    """The period of that grain that ends before, or begins after, what was named: by its name where it has one."""
    return period(day, grain).timex if grain in ("month", "year") else day.isoformat()


@builds
def from_date(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Deux jours avant Noël", "trois ans après 2017"."""
    reading: DateValue = found["date"]
    grain, count = found["unit"], found["count"] * found["side"]
    if grain not in UNKNOWN or abs(count) > 2000:
        return None
    if reading.first is None or "/" in reading.timex:
        return unknown(UNKNOWN[grain], grain)
    moved = period(reading.first, grain).shift(count)
    return replace(reading, timex=moved.timex, grain=grain, first=moved.first, last=moved.last, partial=None)


@builds
def until(found: RuleMatch, context: Context) -> DateValue | None:
    reading: DateValue = found["date"]
    if "/" in reading.timex:
        return reading
    return replace(reading, timex=f"../{reading.timex}", grain="interval", first=None, at=None)
