"""Builders of months, years, decades and centuries: "mars 2024", "en 2019", "les années 90"."""

from __future__ import annotations

import re
from datetime import date

from tasks.extract.fr.dates.calendar import period
from tasks.extract.fr.dates.date_value import (
    Context,
    DateValue,
    at_publication,
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
def yearmonth(found: RuleMatch, context: Context) -> DateValue | None:
    first, second = _DIGITS.findall(found["yearmonth"])
    year, month = (first, second) if len(first) == 4 else (second, first)
    if "-" in found["yearmonth"] and len(first) == 4 and len(month) == 2 and int(month) == (int(year) + 1) % 100:
        return years(int(year), int(year) + 1)  # the season 2010-11
    return fixed(period(date(int(year), int(month), 1), "month"))


@builds
def month(found: RuleMatch, context: Context) -> DateValue | None:
    if found["which"] is not None:
        reading = which_of(lambda year: date(year, found["month"], 1), "month", found["which"], context)
        return reading or unknown(f"XXXX-{found['month']:02}", "month")
    if found["year"] is None:
        return partial_date(found["month"], None, context)
    return fixed(period(date(found["year"], found["month"], 1), "month"))


@builds
def month_year2(found: RuleMatch, context: Context) -> DateValue | None:
    if found["short"] <= 31:
        return None
    return fixed(period(date(1900 + found["short"], found["month"], 1), "month"))


@builds
def month_of_year(found: RuleMatch, context: Context) -> DateValue | None:
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
def this_month(found: RuleMatch, context: Context) -> DateValue | None:
    if context.published is None:
        return unknown(f"XXXX-{found['month']:02}", "month")
    return at_publication(period(date(context.published.year, found["month"], 1), "month"), context)


@builds
def year(found: RuleMatch, context: Context) -> DateValue | None:
    return fixed(period(date(found["year"], 1, 1), "year"))


def years(first: int, last: int) -> DateValue:
    return DateValue(f"{first}/{last}", "interval", date(first, 1, 1), date(last, 12, 31))


@builds
def years_range(found: RuleMatch, context: Context) -> DateValue | None:
    first = found["first"]
    last = found["last"] if found["short"] is None else first // 100 * 100 + found["short"]
    if found["short"] is not None and not first < last <= first + 10:
        return None
    return years(first, last) if first < last else None


@builds
def decade(found: RuleMatch, context: Context) -> DateValue | None:
    number = found["decade"]
    if number < 100 and number % 10 == 0:
        number += 1900 if number >= 20 else 2000  # "les années 20" are still those of the last century
    if number % 10 or not 1000 < number < 2200:
        return None
    return fixed(period(date(number, 1, 1), "decade"))


_ROMAN = {"i": 1, "v": 5, "x": 10}


@builds
def century(found: RuleMatch, context: Context) -> DateValue | None:
    rank = found["rank"]
    if isinstance(rank, str):
        letters = [_ROMAN[letter] for letter in rank if letter in _ROMAN]
        rank = sum(-one if one < following else one for one, following in zip(letters, [*letters[1:], 0], strict=True))
    if not 5 <= rank <= 22:
        return None
    return fixed(period(date(rank * 100 - 100 or 1, 1, 1), "century"))
