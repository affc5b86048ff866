"""Builders of dates counted from a day the text has named: "la veille", "trois jours plus tard", "cette année-là"."""

from __future__ import annotations

from tasks.extract.fr.dates.calendar import period
from tasks.extract.fr.dates.date_value import (
    UNKNOWN,
    Context,
    DateValue,
    builds,
    from_text,
    in_text,
    unknown,
    with_half,
)
from tasks.extract.fr.dates.grammar import RuleMatch


@builds
def beside(found: RuleMatch, context: Context) -> DateValue | None:
    if found["event"]:
        return unknown("XXXX-XX-XX", "day")
    if context.day is None or context.day.first is None:
        return unknown("XXXX-XX-XX", "day")
    return in_text(period(context.day.first, "day").shift(found["beside"]), context.day)


@builds
def later(found: RuleMatch, context: Context) -> DateValue | None:
    grain, count = with_half(found)
    if grain == "hour" and count % 24 == 0:  # "48 heures plus tôt"
        grain, count = "day", count // 24
    if grain not in UNKNOWN or count > 2000:
        return None
    if found["event"]:
        return unknown(UNKNOWN[grain], grain)
    return from_text(grain, count * found["later"], context)


@builds
def unit_beside(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Le jour d'après", "la semaine d'avant"."""
    return from_text(found["unit"], found["later"], context) if found["unit"] in UNKNOWN else None


@builds
def same(found: RuleMatch, context: Context) -> DateValue | None:
    return from_text(found["unit"], 0, context) if found["unit"] in UNKNOWN else None
