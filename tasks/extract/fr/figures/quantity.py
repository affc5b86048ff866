"""One number of a text with its unit, currency or noun."""

from __future__ import annotations

import math
import re
from itertools import islice

from tasks.extract.fr.figures import number_forms
from tasks.extract.fr.figures.number import Number, Span, read_bare
from tasks.extract.fr.figures.numerals import read_digits, read_number
from tasks.extract.fr.figures.surroundings import ADJECTIVES, NOT_NOUNS
from tasks.extract.fr.figures.units import measures

_DURATIONS = ("s", "min", "h", "j", "semaine", "mois", "an")
_SECONDS = {"s": 1, "min": 60, "h": 3600}
_DAYS_AND_LONGER = ("j", "mois", "an")  # "deux jours sur trois" is a share, "deux mètres sur trois" an area


def read_quantity(text: str, folded: str, match: re.Match[str], sentence: Span) -> Number | None:
    """The number at a match, with scale, unit, currency or noun; returns None when the match is not a number."""
    limit = sentence[1]
    number = read_bare(text, folded, match, limit)
    if number is None or number.unit == "part":
        return number
    if not math.isfinite(number.value):
        return None
    if match["prefix"]:
        return number._replace(kind="money", currency=number_forms.currency_of(match["prefix"]))
    if number.is_word and _is_ordinal(folded, number, limit):
        return None
    fraction = _fraction(folded, number, limit)
    if fraction is not None:
        return fraction
    measured = _measured(text, folded, number, limit)
    if measured is not None and measured.kind == "count":
        measured = _measured_after_adjectives(text, folded, measured, limit)
    if measured is None:
        return None
    number = _with_smaller_units(folded, _and_half_more(folded, measured, limit), limit)
    if number.kind == "money":
        return _with_subunits(folded, number, limit)
    if number.unit in _DAYS_AND_LONGER:
        return _shared(folded, number, limit)
    if number.kind != "count":
        return _below_zero(folded, number, sentence[0])
    return _shared(folded, _counted(text, folded, number, limit), limit)


def _is_ordinal(folded: str, number: Number, limit: int) -> bool:
    """Whether number words are the beginning of one ordinal: "deux centième", "vingt et unième"; "un dixième" is a share."""
    match = number_forms.ORDINAL_TAIL.match(folded, number.end, limit)
    said = folded[number.start : number.end]
    return bool(match) and said not in ("un", "une") and number_forms.rank_of(f"{said} {match[1]}") is not None  # type: ignore[index]


def _fraction(folded: str, number: Number, limit: int) -> Number | None:
    """ "Deux tiers", "trois quarts de million", "un vingt-cinquième": a share of one, or of a scale."""
    match = number_forms.FRACTION.match(folded, number.end, limit)
    if match is None or number.low is not None or not number.value.is_integer():
        return None
    part = number_forms.part_of_one(match["part"])
    if part is None or (folded.startswith("une ", number.start) and match["part"] != "moitie"):
        return None  # "une troisième" is one of several; shares are masculine
    if match["scale"]:
        value, end = number.value * part * number_forms.SCALES[match["scale"]], match.end() + len(match["of"])
        return Number(number.start, end, end, value, is_large=True)
    return Number(number.start, match.end(), match.end(), number.value * part, "measure", "part", is_large=True)


def _measured(text: str, folded: str, number: Number, limit: int) -> Number | None:
    """The same with its unit, currency or per cent sign, if one follows; returns None when both are a name."""
    gap = number_forms.GAP.match(folded, number.end, limit)
    start = gap.end() if gap else number.end
    if start > number.end + 2 and not number.is_large:
        start = number.end + 1  # only "millions" and dozens take "de" before what they measure
    first = number_forms.WORDISH.search(folded, start, min(limit, start + 32))
    if first is None or first[0] not in number_forms.measure_starts():
        return number
    words = islice(number_forms.WORDISH.finditer(folded, start, min(limit, start + 32)), 4)
    for end in reversed([word.end() for word in words]):
        meaning = measures().get(" ".join(folded[start:end].split()))
        if meaning is None or (end < limit and not number_forms.UNIT_END.match(folded, end)):
            continue
        kind, name = meaning
        if end == start + 1 and folded[start].isalpha() and (number.is_word or text[start] != name[:1]):
            continue  # "m" is a metre, "M" somebody's title; "K" a kelvin
        if kind == "scaled_money" and not number.is_large:
            continue
        if name in _DURATIONS and end > start + 3 and text[start].isupper() and text[end - 1].islower():
            return None  # "20 Minutes" is a paper, "24 Heures" a race
        if kind in ("money", "scaled_money"):
            return number._replace(end=end, kind="money", currency=name or None)
        if kind == "percent":
            return number._replace(end=end, kind="percent")
        return number._replace(end=end, kind="measure", unit=name)
    return number


def _measured_after_adjectives(text: str, folded: str, number: Number, limit: int) -> Number:
    """ "Trois petits kilomètres": adjectives may stand before units as before other nouns."""
    place = number.end
    while (match := number_forms.NOUN.match(folded, place, limit)) and match["noun"] in ADJECTIVES:
        place = match.end()
    if place == number.end:
        return number
    measured = _measured(text, folded, number._replace(end=place), limit)
    return measured if measured is not None and measured.kind == "measure" else number


def _and_half_more(folded: str, number: Number, limit: int) -> Number:
    """ "Six mois et demi", "un an et demi": half of the unit more."""
    match = number_forms.AND_HALF.match(folded, number.end, limit)
    if match is None or number.is_large or number.kind in ("count", "percent"):
        return number
    return number._replace(end=match.end(), value=number.value + 0.5)


def _with_smaller_units(folded: str, number: Number, limit: int) -> Number:
    """ "2 h 5 min", "3 minutes 20 secondes": one duration, in its greatest unit."""
    pattern = number_forms.SMALLER_UNITS.get(number.unit or "")
    match = pattern.match(folded, number.end, limit) if pattern else None
    if match is None or not number.value.is_integer():
        return number
    smaller = sum(int(said) * _SECONDS[unit] for unit, said in match.groupdict().items() if said)
    return number._replace(end=match.end(), value=number.value + smaller / _SECONDS[number.unit or ""])


def _with_subunits(folded: str, number: Number, limit: int) -> Number:
    """ "2 euros 50", "3 euros et 20 centimes": one amount."""
    match = number_forms.SUBUNITS.match(folded, number.end, limit)
    if match is None or number.is_large or not number.currency or not number.value.is_integer():
        return number
    cents = int(match["cents"]) if match["cents"].isdigit() else read_number(match["cents"])
    if cents is None or cents > 99:
        return number
    return number._replace(end=match.end(), value=number.value + cents / 100)


def _below_zero(folded: str, number: Number, floor: int) -> Number:
    """ "Moins dix degrés": in words, "moins" is a sign only of degrees."""
    if not number.is_word or not (number.unit or "").startswith("°"):
        return number
    before = folded[max(floor, number.start - 9) : number.start]
    if not before.endswith("moins ") or before.endswith(("au moins ", "du moins ")):
        return number
    return number._replace(start=number.start - len("moins "), value=-number.value)


def _counted(text: str, folded: str, number: Number, limit: int) -> Number:
    """The same with the noun it counts; adjectives before the noun are skipped."""
    place = number.end
    for _ in range(3):
        match = number_forms.NOUN.match(folded, place, limit)
        if match is None or match["noun"] in NOT_NOUNS:
            return number
        if match["noun"] not in ADJECTIVES:
            if match["de"] and not number.is_large:
                return number
            if number.value >= 2 and match["noun"].endswith("nt"):
                return number  # plurals end in s, x or z; "ouvrent" is a verb
            start, end = match.span("noun")
            counted = number._replace(end=end, counted=text[start:end])
            half = number_forms.AND_HALF.match(folded, end, limit)
            if half is None or number.is_large or not number.value.is_integer():
                return counted
            return counted._replace(end=half.end(), value=number.value + 0.5)
        place = match.end()
    return number


def _shared(folded: str, number: Number, limit: int) -> Number:
    """ "Un sur trois", "deux pays sur trois": a share of one."""
    match = number_forms.OUT_OF.match(folded, number.end, limit)
    if match is None or number.is_large:
        return number
    whole = read_digits(match["digits"]) if match["digits"] else read_number(match["words"])
    noun = number_forms.NOUN.match(folded, match.end(), limit)
    thing = noun["noun"] if noun and noun["noun"] not in NOT_NOUNS else None  # "deux jours sur trois semaines"
    if not whole or whole < number.value or (whole == number.value and not number.is_bare):
        return number
    if thing is not None and (number.counted is None or thing[-1] in "sx"):
        return number
    return number._replace(end=match.end(), value=number.value / whole, kind="measure", unit="part", is_large=True)
