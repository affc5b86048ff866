"""The value of a temporal expression, and what the builders named in `rules/` share.

A builder takes the match of a rule and its context and returns a `DateValue`, or None when the words are not a date. A
value without the anchor it needs keeps what is known in `timex` and has no days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal

from tasks.extract.fr.dates import calendar
from tasks.extract.fr.dates.calendar import Period, period
from tasks.extract.fr.dates.grammar import RuleMatch
from tasks.extract.fr.dates.tense import Clue

Builder = Callable[[RuleMatch, "Context"], "DateValue | None"]
BUILDERS: dict[str, Builder] = {}
Anchor = Literal["publication", "article"]


@dataclass(frozen=True, slots=True)
class DateValue:
    """The meaning of an expression: its days (`first` to `last`, inclusive, null when open or unknown) and their anchor."""

    timex: str
    grain: str
    first: date | None = None
    last: date | None = None
    at: datetime | None = None
    is_relative: bool = False
    anchor: Anchor | None = None
    anchor_on: date | None = None
    partial: tuple[int, int | None] | None = None  # month and day of a date without a year
    hours: tuple[str, ...] = ()  # clock times that wait for their day
    is_guess: bool = False  # a weekday without evidence of past or future in its clause


@dataclass(slots=True)
class Context:
    """What dates of a sentence depend on: the time of publication, the dates named before, the evidence of its verbs."""

    published: date | None
    published_at: datetime | None = None
    day: DateValue | None = None  # the last day the text named
    named: DateValue | None = None  # the last date of any grain the text named
    clue: Callable[[], Clue] = Clue

    def direction(self) -> int:
        """1 when the words around point to the future, -1 to the past, 0 when there is no evidence; the present tense is not evidence."""
        clue = self.clue()
        return 0 if clue.kind == "scheduled" else clue.direction


def builds(build: Builder) -> Builder:
    """Register a builder under its name, by which `rules/` calls it."""
    BUILDERS[build.__name__] = build
    return build


def at_publication(found: Period, context: Context) -> DateValue:
    """A value counted from the day of publication."""
    return DateValue(found.timex, found.grain, found.first, found.last, None, True, "publication", context.published)


def in_text(found: Period, named: DateValue) -> DateValue:
    """A value counted from a date the text has named."""
    return DateValue(found.timex, found.grain, found.first, found.last, None, True, "article", named.first)


def unknown(timex: str, grain: str, partial: tuple[int, int | None] | None = None) -> DateValue:
    """A value whose anchor is not known."""
    return DateValue(timex, grain, is_relative=partial is None, partial=partial)


def fixed(found: Period) -> DateValue:
    """A value that needs no anchor."""
    return DateValue(found.timex, found.grain, found.first, found.last)


NO_DATE = DateValue(
    "", "none"
)  # what a builder returns for words that look like a date and are not: no rule reads them


@builds
def no_date(found: RuleMatch, context: Context) -> DateValue:
    """Recurrences, durations, names: never a date."""
    return NO_DATE


UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "fortnight": "XXXX-WXX", "month": "XXXX-XX",
    "quarter": "XXXX-QX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


def nearest(candidates: list[Period], context: Context, patience_days: int) -> Period:
    """Choose among periods a year apart.

    It is the one nearest to publication, unless that is farther than `patience_days` and the verb points the other way.
    """
    assert context.published is not None
    published = context.published

    def days_away(each: Period) -> int:
        return max((each.first - published).days, (published - each.last).days, 0)

    nearest_first = sorted(candidates, key=days_away)
    best = nearest_first[0]
    if days_away(best) > patience_days and (direction := context.direction()):
        ahead = best.first > published
        if ahead != (direction > 0):
            return next((each for each in nearest_first if (each.first > published) == (direction > 0)), best)
    return best


def partial_date(month: int, day: int | None, context: Context, weekday: int | None = None) -> DateValue | None:
    """A month, or a day of a month, without a year."""
    if calendar.valid_day(2024, month, day or 1) is None:
        return None
    timex = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
    grain = "day" if day else "month"
    if context.published is None:
        return unknown(timex, grain, (month, day))
    years = range(context.published.year - 1, context.published.year + 2)
    days = [found for year in years if (found := calendar.valid_day(year, month, day or 1))]
    if not days:
        return unknown(timex, grain, (month, day))
    candidates = [period(found, grain) for found in days]
    if weekday:
        candidates = [each for each in candidates if each.first.isoweekday() == weekday] or candidates
    chosen = nearest(candidates, context, 60)
    return replace(fixed(chosen), anchor="publication", anchor_on=context.published, partial=(month, day))


def with_daypart(value: DateValue, part: str) -> DateValue:
    """The value with a part of the day (TIMEX3: `MO`, `AF`, `EV`, `NI`)."""
    return replace(value, timex=f"{value.timex}T{part}", grain="part_of_day")


def at_time(value: DateValue, clock_time: time, context: Context) -> DateValue:
    """The value at a time of day."""
    if value.first is None:
        return replace(value, timex=f"{value.timex[:10]}T{clock_time:%H:%M}", grain="minute")
    zone = context.published_at.tzinfo if context.published_at else None
    moment = datetime.combine(value.first, clock_time, zone)
    return replace(value, timex=f"{moment:%Y-%m-%dT%H:%M}", grain="minute", at=moment)


def from_text(grain: str, count: int, context: Context) -> DateValue:
    """The period `count` units from the date the text has named."""
    named = context.day if grain == "day" else context.named
    if named is None or named.first is None:
        return unknown(UNKNOWN[grain], grain)
    return in_text(period(named.first, grain).shift(count), named)


_HALVES = {"hour": ("minute", 60), "year": ("month", 12), "decade": ("year", 10), "century": ("decade", 10)}


def with_half(found: RuleMatch) -> tuple[str, int]:
    """The unit and the number of units of "deux ans", and of "deux ans et demi" in the smaller unit."""
    grain, count = found["unit"], found["count"]
    if not found["half"] or grain not in _HALVES:
        return grain, count
    smaller, size = _HALVES[grain]
    return smaller, count * size + size // 2


def which_of(dated: Callable[[int], date | None], grain: str, which: int, context: Context) -> DateValue | None:
    """The last such date before publication, or the first after it."""
    if context.published is None:
        return None
    years = range(context.published.year - 2, context.published.year + 3)
    candidates = [period(written, grain) for year in years if (written := dated(year))]
    if which < 0:
        earlier = [each for each in candidates if each.last < context.published]
        return at_publication(earlier[-1], context) if earlier else None
    later = [each for each in candidates if each.first > context.published]
    return at_publication(later[0], context) if later else None
