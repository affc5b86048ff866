"""Builders of dates the calendar alone places, or the year nearest to publication: "le 3 mai", "en 2019", "T3 2024"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from tasks.facts.dates import calendar
from tasks.facts.dates.calendar import Period, period
from tasks.facts.dates.grammar import Found
from tasks.facts.dates.readings import (
    BUILDERS,
    Context,
    Reading,
    at_publication,
    at_time,
    builds,
    fixed,
    in_text,
    nearest,
    partial_date,
    unknown,
    with_daypart,
)

_DIGITS = re.compile(r"\d+")


@builds
def day(found: Found, context: Context) -> Reading | None:
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
        return _which_of(
            lambda year: calendar.valid_day(year, found["month"], found["day"]), "day", which, context
        ) or (unknown(f"XXXX-{found['month']:02}-{found['day']:02}", "day"))
    written = calendar.valid_day(year, found["month"], found["day"])
    return fixed(period(written, "day")) if written else None


def _which_of(dated: Callable[[int], date | None], grain: str, which: int, context: Context) -> Reading | None:
    """The last such date before publication, or the first after it."""
    if context.published is None:
        return None
    years = range(context.published.year - 2, context.published.year + 3)
    candidates = [period(written, grain) for year in years if (written := dated(year))]
    if which < 0:
        behind = [each for each in candidates if each.last < context.published]
        return at_publication(behind[-1], context) if behind else None
    ahead = [each for each in candidates if each.first > context.published]
    return at_publication(ahead[0], context) if ahead else None


@builds
def numeric(found: Found, context: Context) -> Reading | None:
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
    reading = fixed(period(known, "day"))
    return at_time(reading, time.fromisoformat(hour), context) if hour else reading


@builds
def slash(found: Found, context: Context) -> Reading | None:
    day_no, month = (int(part) for part in _DIGITS.findall(found["slash"] or found["lone"]))
    is_share = found["lone"] is not None and day_no < month < 5  # a line "3/4" is a share, or the third page of four
    if is_share or calendar.valid_day(2024, month, day_no) is None:
        return None
    return partial_date(month, day_no, context)


@builds
def yearmonth(found: Found, context: Context) -> Reading | None:
    first, second = _DIGITS.findall(found["yearmonth"])
    year, month = (first, second) if len(first) == 4 else (second, first)
    if "-" in found["yearmonth"] and len(first) == 4 and len(month) == 2 and int(month) == (int(year) + 1) % 100:
        return _years(int(year), int(year) + 1)  # the season 2010-11
    return fixed(period(date(int(year), int(month), 1), "month"))


@builds
def month(found: Found, context: Context) -> Reading | None:
    if found["which"] is not None:
        reading = _which_of(lambda year: date(year, found["month"], 1), "month", found["which"], context)
        return reading or unknown(f"XXXX-{found['month']:02}", "month")
    if found["year"] is None:
        return partial_date(found["month"], None, context)
    return fixed(period(date(found["year"], found["month"], 1), "month"))


@builds
def month_year2(found: Found, context: Context) -> Reading | None:
    if found["short"] <= 31:
        return None
    return fixed(period(date(1900 + found["short"], found["month"], 1), "month"))


@builds
def month_of_year(found: Found, context: Context) -> Reading | None:
    if found["which"] is not None:
        if context.published is None:
            return unknown(f"XXXX-{found['month']:02}", "month")
        return at_publication(
            period(date(context.published.year + found["which"], found["month"], 1), "month"), context
        )
    if context.named is None or context.named.first is None:
        return unknown(f"XXXX-{found['month']:02}", "month")
    return in_text(period(date(context.named.first.year, found["month"], 1), "month"), context.named)


@builds
def this_month(found: Found, context: Context) -> Reading | None:
    if context.published is None:
        return unknown(f"XXXX-{found['month']:02}", "month")
    return at_publication(period(date(context.published.year, found["month"], 1), "month"), context)


@builds
def year(found: Found, context: Context) -> Reading | None:
    return fixed(period(date(found["year"], 1, 1), "year"))


def _years(first: int, last: int) -> Reading:
    return Reading(f"{first}/{last}", "interval", date(first, 1, 1), date(last, 12, 31))


@builds
def years_range(found: Found, context: Context) -> Reading | None:
    first = found["first"]
    last = found["last"] if found["short"] is None else first // 100 * 100 + found["short"]
    if found["short"] is not None and not first < last <= first + 10:
        return None
    return _years(first, last) if first < last else None


@builds
def days_range(found: Found, context: Context) -> Reading | None:
    month_no = found["month"]
    if found["first"] >= found["last"]:
        return None
    if found["year"]:
        last = calendar.valid_day(found["year"], month_no, found["last"])
        reading = fixed(period(last, "day")) if last else None
    else:
        reading = partial_date(month_no, found["last"], context)
    if reading is None:
        return None
    if reading.first is None:
        first_timex = f"XXXX-{month_no:02}-{found['first']:02}"
        return replace(reading, timex=f"{first_timex}/{reading.timex}", grain="interval")
    start = reading.first.replace(day=found["first"])
    return replace(reading, timex=f"{start}/{reading.timex}", grain="interval", first=start)


@builds
def decade(found: Found, context: Context) -> Reading | None:
    number = found["decade"]
    if number < 100 and number % 10 == 0:
        number += 1900 if number >= 20 else 2000  # "les années 20" are still those of the last century
    if number % 10 or not 1000 < number < 2200:
        return None
    return fixed(period(date(number, 1, 1), "decade"))


_ROMAN = {"i": 1, "v": 5, "x": 10}


@builds
def century(found: Found, context: Context) -> Reading | None:
    rank = found["rank"]
    if isinstance(rank, str):
        letters = [_ROMAN[letter] for letter in rank if letter in _ROMAN]
        rank = sum(-one if one < following else one for one, following in zip(letters, [*letters[1:], 0], strict=True))
    if not 5 <= rank <= 22:
        return None
    return fixed(period(date(rank * 100 - 100 or 1, 1, 1), "century"))


def _rank_of_year(found: Found, context: Context, grain: str, per_year: int) -> Reading | None:
    rank, months = found["rank"], 12 // per_year
    if rank == -1 or not 1 <= rank <= per_year:
        return None
    if found["year"]:
        return fixed(period(date(found["year"], 1 + (rank - 1) * months, 1), grain))
    if context.published is None:
        return unknown(f"XXXX-{grain[0].upper()}{rank}", grain)
    years = range(context.published.year - 1, context.published.year + 2)
    candidates = [period(date(year, 1 + (rank - 1) * months, 1), grain) for year in years]
    return at_publication(nearest(candidates, context, 30), context)


@builds
def quarter(found: Found, context: Context) -> Reading | None:
    return _rank_of_year(found, context, "quarter", 4)


@builds
def half(found: Found, context: Context) -> Reading | None:
    return _rank_of_year(found, context, "half", 2)


@builds
def rank_of_year(found: Found, context: Context) -> Reading | None:
    """A quarter or half of last year, this year."""
    grain, rank = found["unit"], found["rank"]
    per_year = {"quarter": 4, "half": 2}.get(grain, 0)
    if not 1 <= rank <= per_year:
        return None
    if context.published is None:
        return unknown(f"XXXX-{grain[0].upper()}{rank}", grain)
    year = context.published.year + (found["which"] or 0)
    return at_publication(period(date(year, 1 + (rank - 1) * 12 // per_year, 1), grain), context)


@builds
def first_units(found: Found, context: Context) -> Reading | None:
    """ "Les neuf premiers mois de 2024"."""
    if found["unit"] not in ("day", "week", "month", "quarter"):
        return None
    if found["year"] is None and context.published is None:
        return unknown("XXXX", "interval")
    year = found["year"] or context.published.year + (found["which"] or 0)  # type: ignore[union-attr]
    first = date(year, 1, 1)
    last = period(first, found["unit"]).shift(found["count"] - 1).last
    reading = Reading(f"{first}/{last}", "interval", first, last)
    return (
        reading
        if found["year"]
        else replace(reading, is_relative=True, anchor="publication", anchor_on=context.published)
    )


@builds
def first_days_of_month(found: Found, context: Context) -> Reading | None:
    """ "Les trois premiers jours de juin", "les deux dernières semaines de mai"."""
    days = found["count"] * {"day": 1, "week": 7}.get(found["unit"], 0)
    whole = BUILDERS["month"](found, context)
    if whole is None or whole.first is None or whole.last is None or not 0 < days < 28:
        return whole and replace(whole, partial=None) if days else None
    steps = timedelta(days=days - 1)
    first, last = (whole.last - steps, whole.last) if found["end"] else (whole.first, whole.first + steps)
    return replace(whole, timex=f"{first}/{last}", grain="interval", first=first, last=last, partial=None)


@builds
def season(found: Found, context: Context) -> Reading | None:
    name = found["season"]
    if found["year"]:
        return fixed(calendar.season(found["year"], name))
    if context.published is None:
        return unknown(f"XXXX-{name}", "season")
    published = context.published
    candidates = [calendar.season(year, name) for year in range(published.year - 2, published.year + 2)]
    if found["which"] is not None:
        beyond = [
            each for each in candidates if (each.last < published if found["which"] < 0 else each.first > published)
        ]
        return at_publication(beyond[-1] if found["which"] < 0 else beyond[0], context) if beyond else None
    running = [each for each in candidates if each.first <= published <= each.last]
    return at_publication(running[0] if running else nearest(candidates, context, 30), context)


@builds
def nth(found: Found, context: Context) -> Reading | None:
    month_no, rank = found["month"], found["rank"]
    year_no = found["year"]
    if year_no is None:
        whole = partial_date(month_no, None, context)
        if whole is None or whole.first is None:
            return unknown(f"XXXX-{month_no:02}-XX", "day")
        year_no = whole.first.year
    return _nth_of(found, rank, period(date(year_no, month_no, 1), "month"))


@builds
def nth_of_month(found: Found, context: Context) -> Reading | None:
    """The same, of the month of publication, the next, the last."""
    if context.published is None:
        return unknown("XXXX-XX-XX", "day")
    reading = _nth_of(found, found["rank"], period(context.published, "month").shift(found["which"] or 0))
    return reading and replace(reading, is_relative=True, anchor="publication", anchor_on=context.published)


def _nth_of(found: Found, rank: int, whole_month: Period) -> Reading | None:
    year_no, month_no = whole_month.first.year, whole_month.first.month
    if found["weekday"]:
        written = calendar.nth_weekday(year_no, month_no, found["weekday"], rank)
        return fixed(period(written, "day")) if written else None
    match found["unit"]:
        case "day":
            day_no = whole_month.last.day if rank == -1 else rank
            written = calendar.valid_day(year_no, month_no, day_no)
            return fixed(period(written, "day")) if written else None
        case "week" if rank <= 5:
            first = (
                whole_month.last - timedelta(days=6) if rank == -1 else whole_month.first + timedelta(weeks=rank - 1)
            )
            last = min(first + timedelta(days=6), whole_month.last)
            return Reading(f"{first}/{last}", "interval", first, last)
        case "fortnight" if rank in (1, 2, -1):
            first = whole_month.first.replace(day=1 if rank == 1 else 16)
            last = whole_month.first.replace(day=15) if rank == 1 else whole_month.last
            return Reading(f"{first}/{last}", "interval", first, last)
        case "weekend":
            saturday = calendar.nth_weekday(year_no, month_no, 6, rank)
            return fixed(period(saturday, "weekend")) if saturday else None
    return None


@builds
def nth_week(found: Found, context: Context) -> Reading | None:
    weeks = date(found["year"], 12, 28).isocalendar().week
    rank = weeks if found["rank"] == -1 else found["rank"]
    return fixed(period(date.fromisocalendar(found["year"], rank, 1), "week")) if rank <= weeks else None


@builds
def holiday(found: Found, context: Context) -> Reading | None:
    rule = found["holiday"]
    if found["year"]:
        return fixed(period(calendar.holiday(found["year"], rule), "day"))
    if context.published is None:
        return unknown("XXXX-XX-XX" if not rule[0].isdigit() or "/" in rule else f"XXXX-{rule}", "day")
    if found["which"] is not None:
        return _which_of(lambda year: calendar.holiday(year, rule), "day", found["which"], context)
    years = range(context.published.year - 1, context.published.year + 2)
    candidates = [period(calendar.holiday(year, rule), "day") for year in years]
    return at_publication(nearest(candidates, context, 60), context)


@builds
def part_of_holiday(found: Found, context: Context) -> Reading | None:
    """ "Le soir de Noël", "le week-end de Pâques"."""
    reading = BUILDERS["holiday"](found, context)
    if reading is None or found["daypart"]:
        return reading and with_daypart(reading, found["daypart"])
    return week_holding(reading, found["unit"])


@builds
def beside_holiday(found: Found, context: Context) -> Reading | None:
    return _shifted(BUILDERS["holiday"](found, context), found["beside"])


@builds
def beside_day(found: Found, context: Context) -> Reading | None:
    return _shifted(BUILDERS["day"](found, context), found["beside"])


def _shifted(reading: Reading | None, days: int) -> Reading | None:
    if reading is None or reading.first is None:
        return reading and unknown("XXXX-XX-XX", "day")
    moved = period(reading.first, "day").shift(days)
    return replace(reading, timex=moved.timex, first=moved.first, last=moved.last, partial=None)


@builds
def week_of_day(found: Found, context: Context) -> Reading | None:
    """ "La semaine du 6 octobre", "le week-end du 8 mars"."""
    return week_holding(found["day"], found["unit"])


def week_holding(reading: Reading, grain: str) -> Reading | None:
    """The week or week-end that holds a day; the week "of" a Sunday is the one it opens."""
    if grain not in ("week", "weekend") or reading.first is None:
        return None
    is_sunday = reading.first.isoweekday() == 7
    held = period(reading.first + timedelta(days=int(grain == "week" and is_sunday)), grain)
    return replace(reading, timex=held.timex, grain=grain, first=held.first, last=held.last, partial=None)


@builds
def day_of_which_month(found: Found, context: Context) -> Reading | None:
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
def weekday_day(found: Found, context: Context) -> Reading | None:
    weekday_no, day_no = found["weekday"], found["day"]
    if context.published is None:
        return unknown(f"XXXX-XX-{day_no:02}", "day")
    around = (context.published + timedelta(days=shift) for distance in range(190) for shift in (-distance, distance))
    chosen = next((each for each in around if each.day == day_no and each.isoweekday() == weekday_no), None)
    return at_publication(period(chosen, "day"), context) if chosen else None


@builds
def day_only(found: Found, context: Context) -> Reading | None:
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
