"""Bare weekdays that nothing turns ahead or back, settled by the rest of the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tasks.extract.fr.dates.date_value import DateValue


def in_context(readings: list[DateValue], published: date | None) -> list[DateValue]:
    """The same, each guessed weekday on the day the rest of the text puts that weekday on, if it agrees on one."""
    if published is None or not any(each.is_guess for each in readings):
        return readings
    sure = {each.first for each in readings if each.first and not each.is_guess and each.first == each.last}
    near = [day for day in sure if abs((day - published).days) <= 7]
    settled = []
    for each in readings:
        same = [day for day in near if each.is_guess and each.first and day.isoweekday() == each.first.isoweekday()]
        settled.append(_on_day(each, same[0]) if len(same) == 1 and same[0] != each.first else each)
    return settled


def _on_day(reading: DateValue, day: date) -> DateValue:
    assert reading.first is not None
    moment = reading.at.replace(year=day.year, month=day.month, day=day.day) if reading.at else None
    timex = reading.timex.replace(reading.first.isoformat(), day.isoformat())
    return replace(reading, first=day, last=day, at=moment, timex=timex)
