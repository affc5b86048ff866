"""Periods of the calendar: a day, a week, a month …, the one before and the one after, and how ISO 8601 writes them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

SEASONS = {
    "SP": (3, 5),
    "SU": (6, 8),
    "FA": (9, 11),
    "WI": (12, 2),
}  # meteorological: whole months, as newsrooms use them
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
# Which days of a period its beginning, middle and end are, from which to before which: the end of a week is Thursday to Sunday …
_PARTS = {
    "week": {"START": (0, 2), "MID": (2, 4), "END": (3, 7)},
    "month": {"START": (0, 10), "MID": (10, 20), "END": (20, 31)},
}
# … and which months of a longer one: the end of a year is its last two months, that of a decade its last three years.
_PARTS_IN_MONTHS = {
    "quarter": {"START": (0, 1), "MID": (1, 2), "END": (2, 3)},
    "season": {"START": (0, 1), "MID": (1, 2), "END": (2, 3)},
    "half": {"START": (0, 2), "MID": (2, 4), "END": (4, 6)},
    "year": {"START": (0, 2), "MID": (4, 8), "END": (10, 12)},
    "decade": {"START": (0, 36), "MID": (36, 84), "END": (84, 120)},
    "century": {"START": (0, 400), "MID": (400, 800), "END": (800, 1200)},
}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, inclusive; `grain` is the kind of period, `timex` its ISO 8601 or TIMEX3 form."""

    first: date
    last: date
    grain: str
    timex: str

    def shift(self, count: int) -> Period:
        """The period of the same grain `count` places later."""
        if self.grain in _DAYS:
            return period(self.first + timedelta(days=count * _DAYS[self.grain]), self.grain)
        months = self.first.year * 12 + self.first.month - 1 + count * _MONTHS[self.grain]
        return period(date(months // 12, months % 12 + 1, 1), self.grain)

    def narrowed(self, part: str) -> Period:
        """Its beginning, middle or end (`START`, `MID`, `END`); the whole period when it has no such part."""
        if part in _PARTS_IN_MONTHS.get(self.grain, ()):
            start, end = _PARTS_IN_MONTHS[self.grain][part]
            return replace(
                self, first=_months_after(self.first, start), last=_months_after(self.first, end) - timedelta(days=1)
            )
        if part not in _PARTS.get(self.grain, ()):
            return self
        start, end = _PARTS[self.grain][part]
        last = self.last if end >= 28 and self.grain == "month" else self.first + timedelta(days=end - 1)
        return replace(self, first=self.first + timedelta(days=start), last=last)


def _months_after(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def period(day: date, grain: str) -> Period:
    """The period of that grain that holds `day`; ISO weeks start on Monday, a weekend is its Saturday and Sunday."""
    match grain:
        case "day":
            return Period(day, day, grain, day.isoformat())
        case "week" | "weekend" | "fortnight":
            monday = day - timedelta(days=day.weekday())
            year, week, _ = monday.isocalendar()
            if grain == "weekend":
                return Period(monday + timedelta(days=5), monday + timedelta(days=6), grain, f"{year}-W{week:02}-WE")
            days = 6 if grain == "week" else 13
            return Period(monday, monday + timedelta(days=days), grain, f"{year}-W{week:02}")
    size = _MONTHS[grain]
    first = (day.year * 12 + day.month - 1) // size * size
    last = first + size
    start, end = date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, 1) - timedelta(days=1)
    year = start.year
    timex = {
        "month": f"{year:04}-{start.month:02}",
        "quarter": f"{year:04}-Q{(start.month + 2) // 3}",
        "half": f"{year:04}-H{(start.month + 5) // 6}",
        "year": f"{year:04}",
        "decade": f"{year // 10:03}",
        "century": f"{year // 100:02}",
    }[grain]
    return Period(start, end, grain, timex)


def season(year: int, name: str) -> Period:
    """The meteorological season of a year; the winter of 2024 begins in December 2024."""
    start, end = SEASONS[name]
    last_year = year + (end < start)
    last = date(last_year, end, calendar.monthrange(last_year, end)[1])
    return Period(date(year, start, 1), last, "season", f"{year:04}-{name}")


def valid_day(year: int, month: int, day: int) -> date | None:
    """The date, or null when the calendar has no such day."""
    if 1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date | None:
    """The first, second … Monday (1) to Sunday (7) of a month; `which` -1 is the last one."""
    days = [week[weekday - 1] for week in calendar.monthcalendar(year, month) if week[weekday - 1]]
    if which > len(days) or which == 0:
        return None
    return date(year, month, days[which - 1 if which > 0 else which])


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year, by the rule of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday(year: int, rule: str) -> date:
    """A holiday by its rule: `MM-DD`, `easter±days`, or `MM/weekday/which`, which may end in `+days`."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:]))
    if "/" not in rule:
        return date(year, int(rule[:2]), int(rule[3:]))
    place, _, days = rule.partition("+")
    month, weekday, which = (int(part) for part in place.split("/"))
    day = nth_weekday(year, month, weekday, which)
    assert day is not None  # the rules in the lexicon name days every year has
    return day + timedelta(days=int(days or 0))
