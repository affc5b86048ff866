"""What the words of a rule mean: the builders named in `rules.toml`.

Each takes what a rule found and the context it stands in and gives a `Reading`, or nothing when the words are no
date after all. A reading without the anchor it needs keeps what is known in `timex` and no days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from tasks.facts.dates import calendar
from tasks.facts.dates.calendar import Period, period
from tasks.facts.dates.grammar import Found

Anchor = Literal["publication", "article"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of an expression: its days (`first` to `last`, inclusive, null when open or unknown) and how we know."""

    timex: str
    grain: str
    first: date | None = None
    last: date | None = None
    at: datetime | None = None
    is_relative: bool = False
    anchor: Anchor | None = None
    anchor_on: date | None = None
    partial: tuple[int, int | None] | None = None  # month and day of a date whose year was not said
    hours: tuple[str, ...] = ()  # clock times that wait for their day


@dataclass(slots=True)
class Context:
    """Where a sentence stands: when it was published, what day the text has named, whether it looks ahead."""

    published: date | None
    published_at: datetime | None = None
    day: Reading | None = None  # the last day the text named
    named: Reading | None = None  # the last date of any grain the text named
    direction: Callable[[], int] = lambda: 0


def at_publication(found: Period, context: Context) -> Reading:
    """A reading counted from the day of publication."""
    return Reading(found.timex, found.grain, found.first, found.last, None, True, "publication", context.published)


def in_text(found: Period, named: Reading) -> Reading:
    """A reading counted from a date the text has named."""
    return Reading(found.timex, found.grain, found.first, found.last, None, True, "article", named.first)


def unknown(timex: str, grain: str, partial: tuple[int, int | None] | None = None) -> Reading:
    """A reading whose anchor is not known."""
    return Reading(timex, grain, is_relative=partial is None, partial=partial)


def fixed(found: Period) -> Reading:
    """A reading that needs no anchor."""
    return Reading(found.timex, found.grain, found.first, found.last)


UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "fortnight": "XXXX-WXX", "month": "XXXX-XX",
    "quarter": "XXXX-QX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


def nearest(candidates: list[Period], context: Context, patience_days: int) -> Period:
    """Of periods a year apart, the one meant: the nearest to publication, unless it is farther than
    `patience_days` and the verb looks the other way."""
    assert context.published is not None
    published = context.published
    gaps = sorted(candidates, key=lambda each: abs((each.first - published).days))
    best = gaps[0]
    direction = context.direction()
    if direction and abs((best.first - published).days) > patience_days and len(gaps) > 1:
        ahead = best.first > published
        if ahead != (direction > 0):
            return next((each for each in gaps if (each.first > published) == (direction > 0)), best)
    return best


def partial_date(month: int, day: int | None, context: Context, weekday: int | None = None) -> Reading | None:
    """A month, or a day of a month, whose year is not said."""
    if calendar.valid_day(2024, month, day or 1) is None:
        return None
    timex = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
    grain = "day" if day else "month"
    if context.published is None:
        return unknown(timex, grain, (month, day))
    years = range(context.published.year - 1, context.published.year + 2)
    days = [found for year in years if (found := calendar.valid_day(year, month, day or 1))]
    if not days:
        return unknown(timex, grain, (month, day))
    candidates = [period(found, grain) for found in days]
    if weekday:
        candidates = [each for each in candidates if each.first.isoweekday() == weekday] or candidates
    chosen = nearest(candidates, context, 60)
    return replace(fixed(chosen), anchor="publication", anchor_on=context.published, partial=(month, day))


# ---- the calendar ----


def day(found: Found, context: Context) -> Reading | None:
    year, which = found["year"], found["which"]
    if year is None and which is None:
        return partial_date(found["month"], found["day"], context, found["weekday"])
    if which is not None:
        return _which_of(lambda year: calendar.valid_day(year, found["month"], found["day"]), "day", which, context) or (
            unknown(f"XXXX-{found['month']:02}-{found['day']:02}", "day")
        )
    written = calendar.valid_day(year, found["month"], found["day"])
    return fixed(period(written, "day")) if written else None


def _which_of(
    dated: Callable[[int], date | None], grain: str, which: int, context: Context
) -> Reading | None:
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


def numeric(found: Found, context: Context) -> Reading | None:
    if found["iso"]:
        written, _, hour = found["iso"].partition("t")
        year, month, day_no = (int(part) for part in written.split("-"))
    else:
        hour = ""
        parts = [int(part) for part in _split(found["numeric"])]
        year, month, day_no = parts if parts[0] > 31 else parts[::-1]
        if year < 100:
            year += 1900 if year > 50 else 2000
        if month > 12:  # the American order
            month, day_no = day_no, month
    known = calendar.valid_day(year, month, day_no)
    if known is None:
        return None
    reading = fixed(period(known, "day"))
    return _at(reading, time.fromisoformat(hour), context) if hour else reading


def _split(numbers: str) -> list[str]:
    return "".join(letter if letter.isdigit() else " " for letter in numbers).split()


def slash(found: Found, context: Context) -> Reading | None:
    day_no, month = (int(part) for part in _split(found["slash"]))
    if calendar.valid_day(2024, month, day_no) is None:
        return None
    return partial_date(month, day_no, context)


def yearmonth(found: Found, context: Context) -> Reading | None:
    first, second = _split(found["yearmonth"])
    year, month = (first, second) if len(first) == 4 else (second, first)
    if "-" in found["yearmonth"] and len(first) == 4 and len(month) == 2 and int(month) == (int(year) + 1) % 100:
        return _years(int(year), int(year) + 1)  # the season 2010-11
    return fixed(period(date(int(year), int(month), 1), "month"))


def month(found: Found, context: Context) -> Reading | None:
    if found["which"] is not None:
        reading = _which_of(lambda year: date(year, found["month"], 1), "month", found["which"], context)
        return reading or unknown(f"XXXX-{found['month']:02}", "month")
    if found["year"] is None:
        return partial_date(found["month"], None, context)
    return fixed(period(date(found["year"], found["month"], 1), "month"))


def month_year2(found: Found, context: Context) -> Reading | None:
    if found["short"] <= 31:
        return None
    return fixed(period(date(1900 + found["short"], found["month"], 1), "month"))


def month_of_year(found: Found, context: Context) -> Reading | None:
    if found["which"] is not None:
        if context.published is None:
            return unknown(f"XXXX-{found['month']:02}", "month")
        return at_publication(period(date(context.published.year + found["which"], found["month"], 1), "month"), context)
    if context.named is None or context.named.first is None:
        return unknown(f"XXXX-{found['month']:02}", "month")
    return in_text(period(date(context.named.first.year, found["month"], 1), "month"), context.named)


def this_month(found: Found, context: Context) -> Reading | None:
    if context.published is None:
        return unknown(f"XXXX-{found['month']:02}", "month")
    return at_publication(period(date(context.published.year, found["month"], 1), "month"), context)


def year(found: Found, context: Context) -> Reading | None:
    return fixed(period(date(found["year"], 1, 1), "year"))


def _years(first: int, last: int) -> Reading:
    return Reading(f"{first}/{last}", "interval", date(first, 1, 1), date(last, 12, 31))


def years_range(found: Found, context: Context) -> Reading | None:
    first = found["first"]
    last = found["last"] if found["short"] is None else first // 100 * 100 + found["short"]
    if found["short"] is not None and not first < last <= first + 10:
        return None
    return _years(first, last) if first < last else None


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


def decade(found: Found, context: Context) -> Reading | None:
    number = found["decade"]
    if number < 100 and number % 10 == 0:
        number += 1900 if number >= 20 else 2000  # "les années 20" are still those of the last century
    if number % 10 or not 1000 < number < 2200:
        return None
    return fixed(period(date(number, 1, 1), "decade"))


_ROMAN = {"i": 1, "v": 5, "x": 10}


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


def quarter(found: Found, context: Context) -> Reading | None:
    return _rank_of_year(found, context, "quarter", 4)


def half(found: Found, context: Context) -> Reading | None:
    return _rank_of_year(found, context, "half", 2)


def season(found: Found, context: Context) -> Reading | None:
    name = found["season"]
    if found["year"]:
        return fixed(calendar.season(found["year"], name))
    if context.published is None:
        return unknown(f"XXXX-{name}", "season")
    published = context.published
    candidates = [calendar.season(year, name) for year in range(published.year - 2, published.year + 2)]
    if found["which"] is not None:
        beyond = [each for each in candidates if (each.last < published if found["which"] < 0 else each.first > published)]
        return at_publication(beyond[-1] if found["which"] < 0 else beyond[0], context) if beyond else None
    running = [each for each in candidates if each.first <= published <= each.last]
    return at_publication(running[0] if running else nearest(candidates, context, 30), context)


def nth(found: Found, context: Context) -> Reading | None:
    month_no, rank = found["month"], found["rank"]
    year_no = found["year"]
    if year_no is None:
        whole = partial_date(month_no, None, context)
        if whole is None or whole.first is None:
            return unknown(f"XXXX-{month_no:02}-XX", "day")
        year_no = whole.first.year
    whole_month = period(date(year_no, month_no, 1), "month")
    if found["weekday"]:
        written = calendar.nth_weekday(year_no, month_no, found["weekday"], rank)
        return fixed(period(written, "day")) if written else None
    match found["unit"]:
        case "day":
            day_no = whole_month.last.day if rank == -1 else rank
            written = calendar.valid_day(year_no, month_no, day_no)
            return fixed(period(written, "day")) if written else None
        case "week" if rank <= 5:
            first = whole_month.last - timedelta(days=6) if rank == -1 else whole_month.first + timedelta(weeks=rank - 1)
            last = min(first + timedelta(days=6), whole_month.last)
            return Reading(f"{first}/{last}", "interval", first, last)
        case "weekend":
            saturday = calendar.nth_weekday(year_no, month_no, 6, rank)
            return fixed(period(saturday, "weekend")) if saturday else None
    return None


def nth_week(found: Found, context: Context) -> Reading | None:
    weeks = date(found["year"], 12, 28).isocalendar().week
    rank = weeks if found["rank"] == -1 else found["rank"]
    return fixed(period(date.fromisocalendar(found["year"], rank, 1), "week")) if rank <= weeks else None


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


def weekday_day(found: Found, context: Context) -> Reading | None:
    weekday_no, day_no = found["weekday"], found["day"]
    if context.published is None:
        return unknown(f"XXXX-XX-{day_no:02}", "day")
    around = (context.published + timedelta(days=shift) for distance in range(190) for shift in (-distance, distance))
    chosen = next((each for each in around if each.day == day_no and each.isoweekday() == weekday_no), None)
    return at_publication(period(chosen, "day"), context) if chosen else None


def day_only(found: Found, context: Context) -> Reading | None:
    anchor = context.day.first if context.day and context.day.first else context.published
    if anchor is None:
        return unknown(f"XXXX-XX-{found['day']:02}", "day")
    months = [period(anchor, "month").shift(count).first for count in (-1, 0, 1)]
    candidates = [period(each, "day") for first in months if (each := calendar.valid_day(first.year, first.month, found["day"]))]
    direction = context.direction() or 1
    ahead = [each for each in candidates if (each.first >= anchor if direction > 0 else each.first <= anchor)]
    chosen = (ahead[0] if direction > 0 else ahead[-1]) if ahead else candidates[0]
    return at_publication(chosen, context)


# ---- from the day of publication ----


def offset(found: Found, context: Context) -> Reading | None:
    if context.published is None:
        return unknown("XXXX-XX-XX", "day")
    return at_publication(period(context.published + timedelta(days=found["offset"]), "day"), context)


def weekday(found: Found, context: Context) -> Reading | None:
    number = found["weekday"] or found["this"]
    named = context.day.first if found["which"] and found["intext"] and context.day else context.published
    if named is None:
        return unknown(f"XXXX-WXX-{number}", "day")
    behind = (named.isoweekday() - number) % 7
    ahead = (number - named.isoweekday()) % 7
    direction = found["which"] or context.direction()
    if found["which"]:
        days = -(behind or 7) if direction < 0 else (ahead or 7)
    elif found["this"] and not direction:
        days = ahead if ahead < behind else -behind
    else:
        days = ahead if direction > 0 else -behind
    reading = at_publication(period(named + timedelta(days=days), "day"), context)
    if found["daypart"]:
        reading = _with_daypart(reading, found["daypart"])
    return reading


def weekday_of_week(found: Found, context: Context) -> Reading | None:
    if context.published is None:
        return unknown(f"XXXX-WXX-{found['weekday']}", "day")
    week = period(context.published, "week").shift(found["which"] or 0)
    return at_publication(period(week.first + timedelta(days=found["weekday"] - 1), "day"), context)


def weekday_in(found: Found, context: Context) -> Reading | None:
    if found["days"] not in (8, 15):
        return None
    if context.published is None:
        return unknown(f"XXXX-WXX-{found['weekday']}", "day")
    ahead = (found["weekday"] - context.published.isoweekday()) % 7 or 7
    extra = 7 if found["days"] == 8 else 14
    return at_publication(period(context.published + timedelta(days=ahead + extra), "day"), context)


def which_unit(found: Found, context: Context) -> Reading | None:
    grain = found["unit"]
    if grain not in UNKNOWN:
        return None
    if found["intext"]:
        return _from_text(grain, found["which"], context)
    if context.published is None:
        return unknown(UNKNOWN[grain], grain)
    return at_publication(period(context.published, grain).shift(found["which"]), context)


def _from_text(grain: str, count: int, context: Context) -> Reading:
    named = context.day if grain == "day" else context.named
    if named is None or named.first is None:
        return unknown(UNKNOWN[grain], grain)
    return in_text(_moved(named, grain, count), named)


_COARSER = ("day", "week", "month", "quarter", "half", "year", "decade", "century")


def _moved(named: Reading, grain: str, count: int) -> Period:
    """`count` units from a date, as exact as the coarser of the two: two years from a year is a year."""
    assert named.first is not None
    return period(named.first, grain).shift(count)


def this_unit(found: Found, context: Context) -> Reading | None:
    grain = found["unit"]
    if grain not in UNKNOWN:
        return None
    if context.published is None:
        return unknown(UNKNOWN[grain], grain)
    this = period(context.published, grain)
    if grain == "weekend" and context.published.isoweekday() < 4:  # early in the week the last one is still "ce week-end"
        direction = context.direction()
        if direction < 0 or (not direction and context.published.isoweekday() < 3):
            this = this.shift(-1)
    return at_publication(this, context)


def part_of_unit(found: Found, context: Context) -> Reading | None:
    grain = found["unit"]
    if grain not in UNKNOWN or grain in ("day", "century", "decade"):
        return None
    if context.published is None:
        return unknown(UNKNOWN[grain], grain)
    whole = period(context.published, grain).shift(found["which"] or 0)
    return at_publication(whole.narrowed(found["part"]), context)


_HOURS = {"second": 1, "minute": 60, "hour": 3600}


def _counted(found: Found, context: Context, sign: int) -> Reading | None:
    grain, count = found["unit"], found["count"] * sign
    if grain in _HOURS:
        if context.published_at is None:
            return unknown("XXXX-XX-XXTXX:XX", "minute")
        moment = context.published_at + timedelta(seconds=count * _HOURS[grain])
        return Reading(
            f"{moment:%Y-%m-%dT%H:%M}", "minute", moment.date(), moment.date(), moment, True, "publication", context.published
        )
    if grain not in UNKNOWN or abs(count) > 2000 or (grain in ("decade", "century") and abs(count) > 9):
        return None
    if context.published is None:
        return unknown(UNKNOWN[grain], grain)
    return at_publication(period(context.published, "week" if grain == "fortnight" else grain).shift(count), context)


def ago(found: Found, context: Context) -> Reading | None:
    return _counted(found, context, -1)


def ahead(found: Found, context: Context) -> Reading | None:
    return _counted(found, context, 1)


def span(found: Found, context: Context) -> Reading | None:
    grain, count = found["unit"], found["count"] * found["which"]
    if grain == "hour" and found["count"] % 24 == 0:
        grain, count = "day", count // 24
    if grain not in UNKNOWN or abs(count) > 500 or (grain in ("decade", "century") and abs(count) > 9):
        return None
    if context.published is None:
        return unknown(f"../{UNKNOWN[grain]}" if count < 0 else f"{UNKNOWN[grain]}/..", "interval")
    other = _same_day(context.published, grain, count)
    first, last = min(other, context.published), max(other, context.published)
    return Reading(f"{first}/{last}", "interval", first, last, None, True, "publication", context.published)


def _same_day(day: date, grain: str, count: int) -> date:
    """The same day of the month so many units away; days, weeks and fortnights are counted in days."""
    if grain in ("day", "week", "weekend", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "fortnight": 14}.get(grain, 7))
    away = period(day, "month").shift(count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}.get(grain, 1200))
    return away.first.replace(day=min(day.day, away.last.day))


def past(found: Found, context: Context) -> Reading | None:
    return Reading("PAST_REF", "ref", is_relative=True)


def vague_span(found: Found, context: Context) -> Reading | None:
    if found["unit"] in _HOURS and found["unit"] != "hour":
        return None
    return Reading("PAST_REF" if found["which"] < 0 else "FUTURE_REF", "ref", is_relative=True)


def vague(found: Found, context: Context) -> Reading | None:
    return Reading(found["vague"], "ref", is_relative=True)


def this_daypart(found: Found, context: Context) -> Reading | None:
    today = (
        unknown("XXXX-XX-XX", "day") if context.published is None else at_publication(period(context.published, "day"), context)
    )
    return _with_daypart(today, found["daypart"])


def last_night(found: Found, context: Context) -> Reading | None:
    if context.published is None:
        return unknown("XXXX-XX-XXTNI", "part_of_day")
    other = context.published + timedelta(days=-1 if found["which"] < 0 else 0)
    return _with_daypart(at_publication(period(other, "day"), context), "NI")


def _with_daypart(reading: Reading, part: str) -> Reading:
    return replace(reading, timex=f"{reading.timex}T{part}", grain="part_of_day")


# ---- from a day the text has named ----


def beside(found: Found, context: Context) -> Reading | None:
    if found["event"]:
        return unknown("XXXX-XX-XX", "day")
    if context.day is None or context.day.first is None:
        return unknown("XXXX-XX-XX", "day")
    return in_text(period(context.day.first, "day").shift(found["beside"]), context.day)


def later(found: Found, context: Context) -> Reading | None:
    grain = found["unit"]
    if grain not in UNKNOWN or found["count"] > 2000:
        return None
    if found["event"]:
        return unknown(UNKNOWN[grain], grain)
    return _from_text(grain, found["count"] * found["later"], context)


def same(found: Found, context: Context) -> Reading | None:
    return _from_text(found["unit"], 0, context) if found["unit"] in UNKNOWN else None


# ---- hours ----


def _clock(hours: int, minutes: int, found: Found) -> Reading | None:
    if found["daypart"] in ("AF", "EV") and hours < 12:
        hours += 12
    if hours > 24 or minutes > 59:
        return None
    written = f"{hours % 24:02}:{minutes:02}"
    return Reading(f"T{written}", "clock", is_relative=True, hours=(written,))


def clock(found: Found, context: Context) -> Reading | None:
    written = found["clock"]
    hours, *rest = (int(part) for part in _split(written))
    if written.endswith("pm") and hours < 12:
        hours += 12
    if hours > 12 and written.endswith("m") and "h" not in written:
        hours = hours if written.endswith("pm") else hours % 12
    return _clock(hours, rest[0] if rest else 0, found)


def hour_words(found: Found, context: Context) -> Reading | None:
    if found["unit"] not in (None, "hour"):
        return None
    return _clock(found["hour"], found["minute"] or 0, found)


def hours_range(found: Found, context: Context) -> Reading | None:
    if found["unit"] != "hour":
        return None
    first, last = f"{found['first'] % 24:02}:00", f"{found['last'] % 24:02}:00"
    return Reading(f"T{first}/T{last}", "clock", is_relative=True, hours=(first, last))


def noon(found: Found, context: Context) -> Reading | None:
    return _clock(found["noon"], found["minute"] or 0, found)


def loose_daypart(found: Found, context: Context) -> Reading | None:
    return Reading(f"T{found['daypart']}", "loosepart", is_relative=True, hours=(found["daypart"],))


def clock_range(found: Found, context: Context) -> Reading | None:
    first, last = found["first"].hours[0], found["last"].hours[-1]
    return Reading(f"T{first}/T{last}", "clock", is_relative=True, hours=(first, last))


# ---- what stands around dates ----


def part_of(found: Found, context: Context) -> Reading | None:
    reading: Reading = found["date"]
    if reading.grain in ("day", "part_of_day", "minute", "interval"):
        return None
    if reading.first is None or reading.last is None:
        return reading
    narrowed = Period(reading.first, reading.last, reading.grain, reading.timex).narrowed(found["part"])
    return replace(reading, first=narrowed.first, last=narrowed.last)


def day_daypart(found: Found, context: Context) -> Reading | None:
    part = found["daypart"] or found["loose"].hours[0]
    return _with_daypart(found["day"], part)


def _at(reading: Reading, clock_time: time, context: Context) -> Reading:
    if reading.first is None:
        return replace(reading, timex=f"{reading.timex[:10]}T{clock_time:%H:%M}", grain="minute")
    zone = context.published_at.tzinfo if context.published_at else None
    moment = datetime.combine(reading.first, clock_time, zone)
    return replace(reading, timex=f"{moment:%Y-%m-%dT%H:%M}", grain="minute", at=moment)


def day_at(found: Found, context: Context) -> Reading | None:
    return day_at_hours(found["day"], found["clock"].hours, context)


def day_at_hours(reading: Reading, written: tuple[str, ...], context: Context) -> Reading:
    """A day with its clock times; "sept heures" of an evening are nineteen."""
    hours = [time.fromisoformat(hour) for hour in written]
    if reading.timex.endswith(("TEV", "TAF", "TNI")) and 4 < hours[0].hour < 12:
        hours = [each.replace(hour=each.hour + 12) if each.hour < 12 else each for each in hours]
    bound = _at(reading, hours[0], context)
    if len(hours) > 1:
        return replace(bound, timex=f"{bound.timex}/{_at(reading, hours[1], context).timex}")
    return bound


def from_article(reading: Reading, named: Reading) -> Reading:
    """The same, counted from a day the text names elsewhere."""
    return replace(reading, is_relative=True, anchor="article", anchor_on=named.first)


def between(found: Found, context: Context) -> Reading | None:
    first, last = _in_step(found["from"], found["to"])
    if first is None or "/" in first.timex or "/" in last.timex:
        return None
    timex = f"{first.timex}/{last.timex}"
    if first.first is None or last.last is None:
        return replace(first, timex=timex, grain="interval", first=None, last=None)
    if first.first > last.last:
        return None
    relative = first.is_relative or last.is_relative
    anchor = first if first.anchor else last
    return Reading(timex, "interval", first.first, last.last, first.at, relative, anchor.anchor, anchor.anchor_on)


def _in_step(first: Reading, last: Reading) -> tuple[Reading | None, Reading]:
    """The two ends of a range, the one whose year was not said in the year that puts it before (or after) the other."""
    if first.first is None or last.first is None:
        return first, last
    if first.partial and not last.partial:
        return _placed(first, range(last.first.year, last.first.year - 2, -1), lambda day: day <= last.first), last
    if last.partial and last.first < first.first:
        return first, _placed(last, range(first.first.year, first.first.year + 2), lambda day: day >= first.first) or last
    if last.is_relative and last.grain == "day" and last.first < first.first:  # "de vendredi à lundi"
        moved = period(last.first + timedelta(days=7), "day")
        return first, replace(last, first=moved.first, last=moved.last, timex=moved.timex)
    return first, last


def _placed(reading: Reading, years: range, fits: Callable[[date], bool]) -> Reading | None:
    assert reading.partial is not None
    month_no, day_no = reading.partial
    for year_no in years:
        written = calendar.valid_day(year_no, month_no, day_no or 1)
        if written and fits(written):
            placed = period(written, "day" if day_no else "month")
            return replace(reading, timex=placed.timex, first=placed.first, last=placed.last)
    return None


def since(found: Found, context: Context) -> Reading | None:
    reading: Reading = found["date"]
    if "/" in reading.timex:
        return reading
    return replace(reading, timex=f"{reading.timex}/..", grain="interval", last=None)


def until(found: Found, context: Context) -> Reading | None:
    reading: Reading = found["date"]
    if "/" in reading.timex:
        return reading
    return replace(reading, timex=f"../{reading.timex}", grain="interval", first=None, at=None)
