"""Builders of clock times and parts of days, alone and with their day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta

from tasks.extract.fr.dates.calendar import period
from tasks.extract.fr.dates.date_value import (
    Context,
    DateValue,
    at_publication,
    at_time,
    builds,
    from_text,
    unknown,
    with_daypart,
)
from tasks.extract.fr.dates.grammar import RuleMatch

_DIGITS = re.compile(r"\d+")


def _clock(hours: int, minutes: int, found: RuleMatch) -> DateValue | None:
    if found["daypart"] in ("AF", "EV") and hours < 12:
        hours += 12
    if hours > 24 or minutes > 59:
        return None
    written = f"{hours % 24:02}:{minutes:02}"
    return DateValue(f"T{written}", "clock", is_relative=True, hours=(written,))


@builds
def clock(found: RuleMatch, context: Context) -> DateValue | None:
    written = found["clock"]
    hours, *rest = (int(part) for part in _DIGITS.findall(written))
    if written.endswith("pm") and hours < 12:
        hours += 12
    if hours > 12 and written.endswith("m") and "h" not in written:
        hours = hours if written.endswith("pm") else hours % 12
    return _clock(hours, rest[0] if rest else 0, found)


@builds
def hour_words(found: RuleMatch, context: Context) -> DateValue | None:
    if found["unit"] not in (None, "hour"):
        return None
    return _clock(found["hour"], found["minute"] or 0, found)


@builds
def hours_range(found: RuleMatch, context: Context) -> DateValue | None:
    if found["unit"] != "hour":
        return None
    first, last = f"{found['first'] % 24:02}:00", f"{found['last'] % 24:02}:00"
    return DateValue(f"T{first}/T{last}", "clock", is_relative=True, hours=(first, last))


@builds
def noon(found: RuleMatch, context: Context) -> DateValue | None:
    return _clock(found["noon"], found["minute"] or 0, found)


@builds
def loose_daypart(found: RuleMatch, context: Context) -> DateValue | None:
    return DateValue(f"T{found['daypart']}", "loosepart", is_relative=True, hours=(found["daypart"],))


@builds
def clock_range(found: RuleMatch, context: Context) -> DateValue | None:
    first, last = found["first"].hours[0], found["last"].hours[-1]
    return DateValue(f"T{first}/T{last}", "clock", is_relative=True, hours=(first, last))


@builds
def day_daypart(found: RuleMatch, context: Context) -> DateValue | None:
    part = found["daypart"] or found["loose"].hours[0]
    return with_daypart(found["day"], part)


@builds
def night(found: RuleMatch, context: Context) -> DateValue | None:
    """ "La nuit de mardi à mercredi": the two days it touches; the second may be only a weekday."""
    day: DateValue = found["day"]
    if found["loose"] and found["loose"].hours != ("NI",):
        return None
    if day.first is None and found["other"]:
        return replace(day, timex=f"{day.timex}/{found['other'].timex}", grain="interval")
    if day.first is None or day.grain == "interval":
        return replace(day, grain="interval")
    last = day.first + timedelta(days=1)
    return replace(day, timex=f"{day.first}/{last}", grain="interval", last=last, partial=None)


@builds
def day_at(found: RuleMatch, context: Context) -> DateValue | None:
    return day_at_hours(found["day"], found["clock"].hours, context)


def day_at_hours(value: DateValue, written: tuple[str, ...], context: Context) -> DateValue:
    """A day with its clock times; "sept heures" of an evening are nineteen."""
    hours = [time.fromisoformat(hour) for hour in written]
    if value.timex.endswith(("TEV", "TAF", "TNI")) and 4 < hours[0].hour < 12:
        hours = [each.replace(hour=each.hour + 12) if each.hour < 12 else each for each in hours]
    bound = at_time(value, hours[0], context)
    if len(hours) == 1:
        return bound
    is_past_midnight = hours[1] < hours[0] and value.first is not None
    end_day = period(value.first + timedelta(days=1), "day") if is_past_midnight and value.first else None
    end = replace(value, first=end_day.first, last=end_day.last, timex=end_day.timex) if end_day else value
    return replace(bound, timex=f"{bound.timex}/{at_time(end, hours[1], context).timex}", last=end.last)


def from_article(value: DateValue, named: DateValue) -> DateValue:
    """The same value, anchored to a day that the text names elsewhere."""
    return replace(value, is_relative=True, anchor="article", anchor_on=named.first)


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
def last_night(found: RuleMatch, context: Context) -> DateValue | None:
    if found["intext"]:
        return with_daypart(from_text("day", min(found["intext"], 0), context), "NI")
    if context.published is None:
        return unknown("XXXX-XX-XXTNI", "part_of_day")
    other = context.published + timedelta(days=-1 if found["which"] < 0 else 0)
    return with_daypart(at_publication(period(other, "day"), context), "NI")
