"""Builders of dates counted from the day of publication: "hier", "jeudi", "la semaine prochaine", "il y a deux ans"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tasks.extract.fr.dates.calendar import Period, period
from tasks.extract.fr.dates.date_value import (
    BUILDERS,
    UNKNOWN,
    Context,
    DateValue,
    at_publication,
    builds,
    from_text,
    in_text,
    unknown,
    with_daypart,
    with_half,
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
    behind = (named.isoweekday() - number) % 7
    ahead = (number - named.isoweekday()) % 7
    clue = context.clue()
    direction = which or clue.direction
    if found["limit"]:  # an end is still to come, unless something lasted that long
        direction = -1 if clue.says == "lasted" and clue.is_near else 1
    if which:
        days = -(behind or 7) if direction < 0 else (ahead or 7)
    elif found["this"] and not direction:
        days = ahead if ahead < behind else -behind
    else:
        days = ahead if direction > 0 else -behind
    chosen = period(named + timedelta(days=days), "day")
    reading = in_text(chosen, context.day) if found["intext"] and context.day else at_publication(chosen, context)
    if not which and not found["this"]:
        reading = replace(reading, is_guess=found["nominal"] is not None or not (clue.is_near or found["limit"]))
    return with_daypart(reading, found["daypart"]) if found["daypart"] else reading


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
    reading = BUILDERS["this_unit"](found, context) if found["which"] is None else which_unit(found, context)
    return reading and replace(reading, timex=f"../{reading.timex}", grain="interval", first=None)


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


def _same_day(day: date, grain: str, count: int) -> date:
    """The same day of the month so many units away; days, weeks and fortnights are counted in days."""
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


@builds
def this_daypart(found: RuleMatch, context: Context) -> DateValue | None:
    today = (
        unknown("XXXX-XX-XX", "day")
        if context.published is None
        else at_publication(period(context.published, "day"), context)
    )
    return with_daypart(today, found["daypart"])


@builds
def that_daypart(found: RuleMatch, context: Context) -> DateValue | None:
    return with_daypart(from_text("day", 0, context), found["daypart"])


@builds
def that_date(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Cette date" is a day; "cette époque" whatever the text named last."""
    if found["era"] is None:
        return from_text("day", 0, context)
    named = context.named
    if named is None or named.first is None or named.last is None:
        return DateValue("PAST_REF", "ref", is_relative=True)
    return in_text(Period(named.first, named.last, named.grain, named.timex), named)


@builds
def last_night(found: RuleMatch, context: Context) -> DateValue | None:
    if found["intext"]:
        return with_daypart(from_text("day", min(found["intext"], 0), context), "NI")
    if context.published is None:
        return unknown("XXXX-XX-XXTNI", "part_of_day")
    other = context.published + timedelta(days=-1 if found["which"] < 0 else 0)
    return with_daypart(at_publication(period(other, "day"), context), "NI")
