"""Builders of days the calendar places, or the year nearest to publication: "le 3 mai", "15/08/2025", "le 3 du mois prochain"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta

from tasks.extract.fr.dates import calendar
from tasks.extract.fr.dates.calendar import period
from tasks.extract.fr.dates.date_value import (
    Context,
    DateValue,
    at_publication,
    at_time,
    builds,
    fixed,
    in_text,
    partial_date,
    unknown,
    which_of,
)
from tasks.extract.fr.dates.grammar import RuleMatch

_DIGITS = re.compile(r"\d+")


@builds
def day(found: RuleMatch, context: Context) -> DateValue | None:
    year, which, intext = found["year"], found["which"], found["intext"]
    if intext is not None and context.day and context.day.first:
        days = (
            calendar.valid_day(context.day.first.year + count, found["month"], found["day"]) for count in (-1, 0, 1)
        )
        beyond = [each for each in days if each and (each - context.day.first).days * intext > 0]
        return in_text(period(beyond[0 if intext > 0 else -1], "day"), context.day) if beyond else None
    if year is None and which is None:
        return partial_date(found["month"], found["day"], context, found["weekday"])
    if which is not None:
        return which_of(lambda year: calendar.valid_day(year, found["month"], found["day"]), "day", which, context) or (
            unknown(f"XXXX-{found['month']:02}-{found['day']:02}", "day")
        )
    written = calendar.valid_day(year, found["month"], found["day"])
    return fixed(period(written, "day")) if written else None


@builds
def numeric(found: RuleMatch, context: Context) -> DateValue | None:
    if found["iso"]:
        written, _, hour = found["iso"].partition("t")
        year, month, day_no = (int(part) for part in written.split("-"))
    else:
        hour = ""
        parts = [int(part) for part in _DIGITS.findall(found["numeric"])]
        year, month, day_no = parts if parts[0] > 31 else parts[::-1]
        if year < 100:
            year += 1900 if year > 50 else 2000
        if month > 12:  # the American order
            month, day_no = day_no, month
    known = calendar.valid_day(year, month, day_no)
    if known is None:
        return None
    value = fixed(period(known, "day"))
    return at_time(value, time.fromisoformat(hour), context) if hour else value


@builds
def slash(found: RuleMatch, context: Context) -> DateValue | None:
    day_no, month = (int(part) for part in _DIGITS.findall(found["slash"] or found["lone"]))
    is_share = found["lone"] is not None and day_no < month < 5  # a line "3/4" is a share, or the third page of four
    if is_share or calendar.valid_day(2024, month, day_no) is None:
        return None
    return partial_date(month, day_no, context)


@builds
def days_range(found: RuleMatch, context: Context) -> DateValue | None:
    month_no = found["month"]
    if found["first"] >= found["last"]:
        return None
    if found["year"]:
        last = calendar.valid_day(found["year"], month_no, found["last"])
        value = fixed(period(last, "day")) if last else None
    else:
        value = partial_date(month_no, found["last"], context)
    if value is None:
        return None
    if value.first is None:
        first_timex = f"XXXX-{month_no:02}-{found['first']:02}"
        return replace(value, timex=f"{first_timex}/{value.timex}", grain="interval")
    start = value.first.replace(day=found["first"])
    return replace(value, timex=f"{start}/{value.timex}", grain="interval", first=start)


@builds
def day_of_which_month(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Le 3 du mois prochain", "du 4 au 23 du mois prochain"."""
    if context.published is None:
        return unknown(f"XXXX-XX-{found['day']:02}", "day")
    month = period(context.published, "month").shift(found["which"] or 0).first
    last = calendar.valid_day(month.year, month.month, found["day"])
    first = calendar.valid_day(month.year, month.month, found["first"]) if found["first"] else last
    if first is None or last is None or first > last:
        return None
    if found["first"] is None:
        return at_publication(period(last, "day"), context)
    return replace(at_publication(period(last, "day"), context), timex=f"{first}/{last}", grain="interval", first=first)


@builds
def weekday_day(found: RuleMatch, context: Context) -> DateValue | None:
    weekday_no, day_no = found["weekday"], found["day"]
    if context.published is None:
        return unknown(f"XXXX-XX-{day_no:02}", "day")
    around = (context.published + timedelta(days=shift) for distance in range(190) for shift in (-distance, distance))
    chosen = next((each for each in around if each.day == day_no and each.isoweekday() == weekday_no), None)
    return at_publication(period(chosen, "day"), context) if chosen else None


@builds
def day_of_same_month(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Le 13, …": a day of the month that the text named last."""
    if context.day is None or context.day.first is None:
        return None
    first = context.day.first
    same = calendar.valid_day(first.year, first.month, found["day"])
    return in_text(period(same, "day"), context.day) if same else None


@builds
def day_only(found: RuleMatch, context: Context) -> DateValue | None:
    anchor = context.day.first if context.day and context.day.first else context.published
    if anchor is None:
        return unknown(f"XXXX-XX-{found['day']:02}", "day")
    months = [period(anchor, "month").shift(count).first for count in (-1, 0, 1)]
    candidates = [
        period(each, "day") for first in months if (each := calendar.valid_day(first.year, first.month, found["day"]))
    ]
    direction = context.direction() or 1
    ahead = [each for each in candidates if (each.first >= anchor if direction > 0 else each.first <= anchor)]
    chosen = (ahead[0] if direction > 0 else ahead[-1]) if ahead else candidates[0]
    return at_publication(chosen, context)
