"""Builders of dates counted from the day of publication: "hier", "jeudi", "la semaine prochaine", "ce week-end"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tasks.extract.fr.dates.calendar import period
from tasks.extract.fr.dates.date_value import (
    BUILDERS,
    NO_DATE,
    UNKNOWN,
    Context,
    DateValue,
    at_publication,
    builds,
    from_text,
    in_text,
    unknown,
    with_daypart,
)
from tasks.extract.fr.dates.grammar import RuleMatch


@builds
def offset(found: RuleMatch, context: Context) -> DateValue | None:
    if context.published is None:
        return unknown("XXXX-XX-XX", "day")
    return at_publication(period(context.published + timedelta(days=found["offset"]), "day"), context)


@builds
def weekday(found: RuleMatch, context: Context) -> DateValue | None:
    number = found["weekday"] or found["this"] or found["nominal"] or found["limit"]
    which = found["which"] or found["intext"]
    named = context.day.first if found["intext"] and context.day else context.published
    if named is None:
        return unknown(f"XXXX-WXX-{number}", "day")
    days_back = (named.isoweekday() - number) % 7
    days_ahead = (number - named.isoweekday()) % 7
    clue = context.clue()
    direction = which or clue.direction
    if found["limit"]:  # an end is still to come, unless something lasted that long
        direction = -1 if clue.kind == "lasting" and clue.is_near else 1
    if which:
        days = -(days_back or 7) if direction < 0 else (days_ahead or 7)
    elif found["this"] and not direction:
        days = days_ahead if days_ahead < days_back else -days_back
    else:
        days = days_ahead if direction > 0 else -days_back
    chosen = period(named + timedelta(days=days), "day")
    value = in_text(chosen, context.day) if found["intext"] and context.day else at_publication(chosen, context)
    if not which and not found["this"]:
        value = replace(value, is_guess=found["nominal"] is not None or not (clue.is_near or found["limit"]))
    return with_daypart(value, found["daypart"]) if found["daypart"] else value


_LONG_SPAN = 4  # days from the first to the last


@builds
def habitual_span(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Du lundi au vendredi" is every week; a shorter span can be of one week, and stage 4 reads it."""
    return NO_DATE if (found["last"] - found["first"]) % 7 >= _LONG_SPAN else None


@builds
def weekday_of_week(found: RuleMatch, context: Context) -> DateValue | None:
    if context.published is None:
        return unknown(f"XXXX-WXX-{found['weekday']}", "day")
    week = period(context.published, "week").shift(found["which"] or 0)
    return at_publication(period(week.first + timedelta(days=found["weekday"] - 1), "day"), context)


@builds
def weekday_in(found: RuleMatch, context: Context) -> DateValue | None:
    if found["days"] not in (8, 15):
        return None
    if context.published is None:
        return unknown(f"XXXX-WXX-{found['weekday']}", "day")
    ahead = (found["weekday"] - context.published.isoweekday()) % 7
    extra = 7 if found["days"] == 8 else 14
    return at_publication(period(context.published + timedelta(days=ahead + extra), "day"), context)


@builds
def which_unit(found: RuleMatch, context: Context) -> DateValue | None:
    grain = found["unit"]
    if grain not in UNKNOWN:
        return None
    if found["intext"]:
        return from_text(grain, found["intext"], context)
    if context.published is None:
        return unknown(UNKNOWN[grain], grain)
    this = period(context.published, grain)
    if grain == "weekend" and found["which"] > 0 and context.published < this.first:
        return at_publication(this, context)  # on a Wednesday, "le week-end prochain" begins in three days
    return at_publication(this.shift(found["which"]), context)


@builds
def this_unit(found: RuleMatch, context: Context) -> DateValue | None:
    grain = found["unit"]
    if grain not in UNKNOWN:
        return None
    if context.published is None:
        return unknown(UNKNOWN[grain], grain)
    this = period(context.published, grain)
    if (
        grain == "weekend" and context.published.isoweekday() < 4
    ):  # early in the week the last one is still "ce week-end"
        direction = context.direction()
        if direction < 0 or (not direction and context.published.isoweekday() < 3):
            this = this.shift(-1)
    return at_publication(this, context)


@builds
def the_weekend(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Pendant le week-end": "ce week-end"; alone, "le week-end" is what one does every week."""
    if found["end_of_week"] != "weekend":
        return None
    return this_unit(replace(found, values={"unit": "weekend"}), context)


@builds
def part_of_unit(found: RuleMatch, context: Context) -> DateValue | None:
    grain = found["unit"]
    if grain not in UNKNOWN or grain in ("day", "century", "decade"):
        return None
    if context.published is None:
        return unknown(UNKNOWN[grain], grain)
    whole = period(context.published, grain).shift(found["which"] or 0)
    return at_publication(whole.narrowed(found["part"]), context)


@builds
def before_end_of_unit(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Avant la fin de la semaine": its last day counts."""
    value = BUILDERS["this_unit"](found, context) if found["which"] is None else which_unit(found, context)
    return value and replace(value, timex=f"../{value.timex}", grain="interval", first=None)


@builds
def rest_of(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Le reste de la semaine"."""
    grain = found["unit"]
    if grain not in UNKNOWN or grain == "day":
        return None
    if context.published is None:
        return unknown(f"XXXX-XX-XX/{UNKNOWN[grain]}", "interval")
    whole = period(context.published, grain)
    timex = f"{context.published}/{whole.last}"
    return replace(at_publication(whole, context), timex=timex, grain="interval", first=context.published)
