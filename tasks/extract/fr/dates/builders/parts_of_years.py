"""Builders of parts of years and months: "T3 2024", "cet été", "le premier mardi de mai", "les neuf premiers mois de 2024"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tasks.extract.fr.dates import calendar
from tasks.extract.fr.dates.calendar import Period, period
from tasks.extract.fr.dates.date_value import (
    BUILDERS,
    Context,
    DateValue,
    at_publication,
    builds,
    fixed,
    nearest,
    partial_date,
    unknown,
)
from tasks.extract.fr.dates.grammar import RuleMatch


def _rank_of_year(found: RuleMatch, context: Context, grain: str, per_year: int) -> DateValue | None:
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
def quarter(found: RuleMatch, context: Context) -> DateValue | None:
    return _rank_of_year(found, context, "quarter", 4)


@builds
def half(found: RuleMatch, context: Context) -> DateValue | None:
    return _rank_of_year(found, context, "half", 2)


@builds
def rank_of_year(found: RuleMatch, context: Context) -> DateValue | None:
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
def first_units(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Les neuf premiers mois de 2024"."""
    if found["unit"] not in ("day", "week", "month", "quarter"):
        return None
    if found["year"] is None and context.published is None:
        return unknown("XXXX", "interval")
    year = found["year"] or context.published.year + (found["which"] or 0)  # type: ignore[union-attr]
    first = date(year, 1, 1)
    last = period(first, found["unit"]).shift(found["count"] - 1).last
    reading = DateValue(f"{first}/{last}", "interval", first, last)
    return (
        reading
        if found["year"]
        else replace(reading, is_relative=True, anchor="publication", anchor_on=context.published)
    )


@builds
def first_days_of_month(found: RuleMatch, context: Context) -> DateValue | None:
    """ "Les trois premiers jours de juin", "les deux dernières semaines de mai"."""
    days = found["count"] * {"day": 1, "week": 7}.get(found["unit"], 0)
    whole = BUILDERS["month"](found, context)
    if whole is None or whole.first is None or whole.last is None or not 0 < days < 28:
        return whole and replace(whole, partial=None) if days else None
    steps = timedelta(days=days - 1)
    first, last = (whole.last - steps, whole.last) if found["end"] else (whole.first, whole.first + steps)
    return replace(whole, timex=f"{first}/{last}", grain="interval", first=first, last=last, partial=None)


@builds
def season(found: RuleMatch, context: Context) -> DateValue | None:
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
def nth(found: RuleMatch, context: Context) -> DateValue | None:
    month_no, rank = found["month"], found["rank"]
    year_no = found["year"]
    if year_no is None:
        whole = partial_date(month_no, None, context)
        if whole is None or whole.first is None:
            return unknown(f"XXXX-{month_no:02}-XX", "day")
        year_no = whole.first.year
    return _nth_of(found, rank, period(date(year_no, month_no, 1), "month"))


@builds
def nth_of_month(found: RuleMatch, context: Context) -> DateValue | None:
    """The same, of the month of publication, the next, the last."""
    if context.published is None:
        return unknown("XXXX-XX-XX", "day")
    reading = _nth_of(found, found["rank"], period(context.published, "month").shift(found["which"] or 0))
    return reading and replace(reading, is_relative=True, anchor="publication", anchor_on=context.published)


def _nth_of(found: RuleMatch, rank: int, whole_month: Period) -> DateValue | None:
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
            return DateValue(f"{first}/{last}", "interval", first, last)
        case "fortnight" if rank in (1, 2, -1):
            first = whole_month.first.replace(day=1 if rank == 1 else 16)
            last = whole_month.first.replace(day=15) if rank == 1 else whole_month.last
            return DateValue(f"{first}/{last}", "interval", first, last)
        case "weekend":
            saturday = calendar.nth_weekday(year_no, month_no, 6, rank)
            return fixed(period(saturday, "weekend")) if saturday else None
    return None


@builds
def nth_week(found: RuleMatch, context: Context) -> DateValue | None:
    weeks = date(found["year"], 12, 28).isocalendar().week
    rank = weeks if found["rank"] == -1 else found["rank"]
    return fixed(period(date.fromisocalendar(found["year"], rank, 1), "week")) if rank <= weeks else None
