"""Builders of dates counted from a day the text has named: "la veille", "trois jours plus tard", "cette année-là"."""

from __future__ import annotations

from tasks.extract.fr.dates.calendar import period
from tasks.extract.fr.dates.grammar import Found
from tasks.extract.fr.dates.readings import UNKNOWN, Context, Reading, builds, from_text, in_text, unknown, with_half


@builds
def beside(found: Found, context: Context) -> Reading | None:
    if found["event"]:
        return unknown("XXXX-XX-XX", "day")
    if context.day is None or context.day.first is None:
        return unknown("XXXX-XX-XX", "day")
    return in_text(period(context.day.first, "day").shift(found["beside"]), context.day)


@builds
def later(found: Found, context: Context) -> Reading | None:
    grain, count = with_half(found)
    if grain == "hour" and count % 24 == 0:  # "48 heures plus tôt"
        grain, count = "day", count // 24
    if grain not in UNKNOWN or count > 2000:
        return None
    if found["event"]:
        return unknown(UNKNOWN[grain], grain)
    return from_text(grain, count * found["later"], context)


@builds
def unit_beside(found: Found, context: Context) -> Reading | None:
    """ "Le jour d'après", "la semaine d'avant"."""
    return from_text(found["unit"], found["later"], context) if found["unit"] in UNKNOWN else None


@builds
def same(found: Found, context: Context) -> Reading | None:
    return from_text(found["unit"], 0, context) if found["unit"] in UNKNOWN else None
