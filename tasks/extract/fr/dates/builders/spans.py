"""Builders of distances and spans from the day of publication: "il y a deux ans", "depuis trois jours", "dans les 15 jours"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tasks.extract.fr.dates.calendar import period
from tasks.extract.fr.dates.date_value import (
    BUILDERS,
    UNKNOWN,
    Context,
    DateValue,
    at_publication,
    builds,
    unknown,
    with_half,
)
from tasks.extract.fr.dates.grammar import RuleMatch

_HOURS = {"second": 1, "minute": 60, "hour": 3600}


def _counted(found: RuleMatch, context: Context, sign: int) -> DateValue | None:
    grain, count = with_half(found)
    count *= sign
    if grain in _HOURS:
        if context.published_at is None:
            return unknown("XXXX-XX-XXTXX:XX", "minute")
        moment = context.published_at + timedelta(seconds=count * _HOURS[grain])
        return DateValue(
            f"{moment:%Y-%m-%dT%H:%M}",
            "minute",
            moment.date(),
            moment.date(),
            moment,
            True,
            "publication",
            context.published,
        )
    if grain not in UNKNOWN or abs(count) > 2000 or (grain in ("decade", "century") and abs(count) > 9):
        return None
    if context.published is None:
        return unknown(UNKNOWN[grain], grain)
    return at_publication(period(context.published, "week" if grain == "fortnight" else grain).shift(count), context)


@builds
def ago(found: RuleMatch, context: Context) -> DateValue | None:
    return _counted(found, context, -1)


@builds
def ahead(found: RuleMatch, context: Context) -> DateValue | None:
    return _counted(found, context, 1)


@builds
def span(found: RuleMatch, context: Context) -> DateValue | None:
    grain, count = found["unit"], found["count"] * found["which"]
    if grain == "hour" and found["count"] % 24 == 0:
        grain, count = "day", count // 24
    if grain not in UNKNOWN or abs(count) > 500 or (grain in ("decade", "century") and abs(count) > 9):
        return None
    if context.published is None:
        return unknown(f"../{UNKNOWN[grain]}" if count < 0 else f"{UNKNOWN[grain]}/..", "interval")
    other = _same_day(context.published, grain, count)
    first, last = min(other, context.published), max(other, context.published)
    return DateValue(f"{first}/{last}", "interval", first, last, None, True, "publication", context.published)


@builds
def within(found: RuleMatch, context: Context) -> DateValue | None:
    """ "D'ici deux semaines", "dans les 15 jours": from publication on."""
    return BUILDERS["span"](replace(found, values=found.values | {"which": 1}), context)


@builds
def to_come(found: RuleMatch, context: Context) -> DateValue | None:
    return DateValue("FUTURE_REF", "ref", is_relative=True)


def _same_day(day: date, grain: str, count: int) -> date:
    """The same day of the month `count` units away; days, weeks and fortnights are counted in days."""
    if grain in ("day", "week", "weekend", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "fortnight": 14}.get(grain, 7))
    away = period(day, "month").shift(
        count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}.get(grain, 1200)
    )
    return away.first.replace(day=min(day.day, away.last.day))


@builds
def past(found: RuleMatch, context: Context) -> DateValue | None:
    return DateValue("PAST_REF", "ref", is_relative=True)


@builds
def vague_span(found: RuleMatch, context: Context) -> DateValue | None:
    if found["unit"] in _HOURS and found["unit"] != "hour":
        return None
    return DateValue("PAST_REF" if found["which"] < 0 else "FUTURE_REF", "ref", is_relative=True)


@builds
def vague(found: RuleMatch, context: Context) -> DateValue | None:
    return DateValue(found["vague"], "ref", is_relative=True)
