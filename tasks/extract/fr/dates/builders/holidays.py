"""Builders of holidays and of periods around a day: "à Noël", "le lendemain de Pâques", "la semaine du 6 octobre"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tasks.extract.fr.dates import calendar
from tasks.extract.fr.dates.calendar import period
from tasks.extract.fr.dates.date_value import (
    BUILDERS,
    NO_DATE,
    Context,
    DateValue,
    at_publication,
    builds,
    fixed,
    nearest,
    unknown,
    which_of,
    with_daypart,
)
from tasks.extract.fr.dates.grammar import RuleMatch


@builds
def holiday(found: RuleMatch, context: Context) -> DateValue | None:
    rule = found["holiday"]
    if found["year"]:
        return fixed(period(calendar.holiday(found["year"], rule), "day"))
    if context.published is None:
        return unknown("XXXX-XX-XX" if not rule[0].isdigit() or "/" in rule else f"XXXX-{rule}", "day")
    if found["which"] is not None:
        return which_of(lambda year: calendar.holiday(year, rule), "day", found["which"], context)
    years = range(context.published.year - 1, context.published.year + 2)
    candidates = [period(calendar.holiday(year, rule), "day") for year in years]
    return at_publication(nearest(candidates, context, 60), context)


_FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}  # month and day


@builds
def named_by_its_day(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Le 14-Juillet"; another day written so is the name of what happened then."""
    if (found["month"], found["day"]) not in _FIXED_HOLIDAYS:
        return NO_DATE
    return BUILDERS["day"](found, context)


@builds
def part_of_holiday(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Le soir de Noël", "le week-end de Pâques"."""
    value = BUILDERS["holiday"](found, context)
    if value is None or found["daypart"]:
        return value and with_daypart(value, found["daypart"])
    return week_holding(value, found["unit"])


@builds
def beside_holiday(found: RuleMatch, context: Context) -> DateValue | None:
    return _shifted(BUILDERS["holiday"](found, context), found["beside"])


@builds
def beside_day(found: RuleMatch, context: Context) -> DateValue | None:
    return _shifted(BUILDERS["day"](found, context), found["beside"])


def _shifted(value: DateValue | None, days: int) -> DateValue | None:
    if value is None or value.first is None:
        return value and unknown("XXXX-XX-XX", "day")
    moved = period(value.first, "day").shift(days)
    return replace(value, timex=moved.timex, first=moved.first, last=moved.last, partial=None)


@builds
def week_of_day(found: RuleMatch, context: Context) -> DateValue | None:
    """ "La semaine du 6 octobre", "le week-end du 8 mars"."""
    return week_holding(found["day"], found["unit"])


def week_holding(value: DateValue, grain: str) -> DateValue | None:
    """The week or week-end that holds a day; the week "of" a Sunday is the one it opens."""
    if grain not in ("week", "weekend") or value.first is None:
        return None
    is_sunday = value.first.isoweekday() == 7
    held = period(value.first + timedelta(days=int(grain == "week" and is_sunday)), grain)
    return replace(value, timex=held.timex, grain=grain, first=held.first, last=held.last, partial=None)
