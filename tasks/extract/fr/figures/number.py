"""One number of a text with its scale, unit, currency or noun."""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import Literal, NamedTuple

from tasks.extract.fr.figures import number_forms
from tasks.extract.fr.figures.numerals import read_digits, read_number
from tasks.extract.fr.figures.surroundings import ADJECTIVES, NOT_NOUNS
from tasks.extract.fr.figures.units import measures

Span = tuple[int, int]
_DURATIONS = ("s", "min", "h", "j", "semaine", "mois", "an")
_SECONDS = {"s": 1, "min": 60, "h": 3600}
_DAYS_AND_LONGER = ("j", "mois", "an")  # "deux jours sur trois" is a share, "deux mètres sur trois" an area


class Number(NamedTuple):
    """A number in the text: `[start, end)` with what it is a number of, `[start, bare_end)` without."""

    start: int
    end: int
    bare_end: int
    value: float
    kind: Literal["count", "money", "percent", "measure", "rank"] = "count"
    unit: str | None = None
    currency: str | None = None
    counted: str | None = None
    low: float | None = None
    high: float | None = None
    is_word: bool = False
    is_large: bool = False  # said in millions, dozens …: a figure even when nothing says of what

    @property
    def is_bare(self) -> bool:
        return self.kind == "count" and self.counted is None


def read_one(text: str, folded: str, match: re.Match[str], sentence: Span) -> Number | None:
    """The number at a match, with scale, unit, currency or noun; nothing for what is no number."""
    number = _value(folded, match)
    if number is None or number.unit == "part":
        return number
    limit = sentence[1]
    number = _with_half(folded, _scaled(folded, _in_millions(text, number), limit), limit)
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
        measured = _measured_behind_adjectives(text, folded, measured, limit)
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


def _value(folded: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if match["demi"]:
        return Number(start, end, end, 0.5)
    if match["half_of"] or match["share"]:
        share = number_forms.part_of_one(match["half_of"] or match["share"])
        return Number(start, end, end, share, "measure", "part", is_large=True) if share else None
    if match["approximate"]:
        value, low, high = number_forms.APPROXIMATE[match["approximate"]]
        if match["times"] is None and not (folded[end - 1] != "s" and number_forms.OF_THINGS.match(folded, end)):
            return None  # "des dizaines": nobody says how many; "la quarantaine de l'équipage" is none
        factor = number_forms.TIMES.get(match["times"], 1) / (2 if match["half"] else 1)
        return Number(start, end, end, float(value * factor), low=low * factor, high=high * factor, is_large=True)
    if match["over"]:
        part = _division(match["over"], match["under"])
        return Number(start, end, end, part, "measure", "part", is_large=True) if part else None
    if match["digits"]:
        said = _power(read_digits(match["digits"]), match["exponent"], match["power"])
        return None if said is None else Number(start, end, end, -said if match["sign"] else said)
    spelled = _lower_end(match["words"]) if folded.endswith("entre ", 0, start) else match["words"]
    words, end = _read_words(spelled, start + len(spelled))
    if words is None:
        return None
    decimals = number_forms.DECIMALS.match(folded, end)
    if decimals and (after := read_number(decimals["decimals"])) is not None:
        return Number(start, decimals.end(), decimals.end(), float(f"{words}.{after}"))
    return Number(start, end, end, float(words), is_word=True)


def _in_millions(text: str, number: Number) -> Number:
    """ "200M": millions, when the letter is a capital, touches the digits and ends the word."""
    end = number.end
    if number.is_word or text[end : end + 1] != "M" or not number_forms.WORD_END.match(text, end + 1):
        return number
    return number._replace(end=end + 1, bare_end=end + 1, value=number.value * 1e6, is_large=True)


def _power(value: float, exponent: str | None, power: str | None) -> float | None:
    """ "1,2e6", "3^2"; nothing for what no float can hold."""
    try:
        value = value * 10.0 ** int(exponent or 0)
        value = value ** int(power) if power else value
    except (OverflowError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _lower_end(words: str) -> str:
    """The first number of "cent et deux cents" behind "entre"; all of it when it is one number only."""
    parts = words.split(" et ")
    for cut in range(1, len(parts)):
        low, high = read_number(" et ".join(parts[:cut])), read_number(" et ".join(parts[cut:]))
        if low is not None and high is not None and low < high:
            return " et ".join(parts[:cut])
    return words


def _read_words(words: str, end: int) -> tuple[int | None, int]:
    """The longest beginning of a run of number words that is one number, and where it ends."""
    while (value := read_number(words)) is None:
        shorter = re.sub(r"(?:(?: |-)et)?[ -]+[a-z]+$", "", words)
        if shorter == words:
            break
        end -= len(words) - len(shorter)
        words = shorter
    return value, end


def _scaled(folded: str, number: Number, limit: int) -> Number:
    """The same times its scale: "2,4 millions", "une centaine de milliers", "deux millions cinq cent mille"."""
    while match := number_forms.SCALE.match(folded, number.end, limit):
        factor, end = number_forms.SCALES[match["scale"]], match.end()
        if match["scale"] in number_forms.SIGNS_OF_SCALE and number.is_word:
            break
        low, high = (None if bound is None else bound * factor for bound in (number.low, number.high))
        number = number._replace(end=end, bare_end=end, value=number.value * factor, low=low, high=high, is_large=True)
        rest = number_forms.NUMBER.match(folded, end + 1, limit) if folded[end : end + 1] == " " else None
        added = _value(folded, rest) if rest and not rest["approximate"] and not rest["demi"] else None
        if added and 1 < added.value < factor <= 1e12 and not number_forms.SCALE.match(folded, added.end, limit):
            number = number._replace(end=added.end, bare_end=added.end, value=number.value + added.value)
    return number


def _with_half(folded: str, number: Number, limit: int) -> Number:
    """ "Deux millions et demi", "trois et demi", "2 1/2": half of the unit, or another part of it, more."""
    match = number_forms.AND_A_PART.match(folded, number.end, limit)
    if match is None:
        return number
    part: float | None = 0.5
    if match["over"]:
        part = _division(match["over"], match["under"])
    elif match["words"]:
        share, count = number_forms.part_of_one(match["part"]), read_number(match["words"])
        part = share * count if share and count else None
    if part is None:
        return number
    value = number.value + math.copysign(part * scale_of(folded, number), number.value)
    return number._replace(end=match.end(), bare_end=match.end(), value=value, is_large=True)


def _division(over: str, under: str) -> float | None:
    return int(over) / int(under) if int(under) > int(over) > 0 else None


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
    """The same with its unit, currency or per cent sign, if one follows; nothing when both are a name."""
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


def _measured_behind_adjectives(text: str, folded: str, number: Number, limit: int) -> Number:
    """ "Trois petits kilomètres": units let adjectives in before them as other nouns do."""
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
    """The same with the noun it counts; adjectives that stand before the noun are stepped over."""
    place = number.end
    for _ in range(3):
        match = number_forms.NOUN.match(folded, place, limit)
        if match is None or match["noun"] in NOT_NOUNS:
            return number
        if match["noun"] not in ADJECTIVES:
            if match["de"] and not number.is_large:
                return number
            if number.value >= 2 and match["noun"].endswith("nt"):
                return number  # what is many ends in s, x or z; "ouvrent" is a verb
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


def scale_of(folded: str, number: Number) -> float:
    """What the last word of a number multiplies by: both ends of "2 à 3 millions" are millions."""
    return number_forms.SCALES.get(folded[number.start : number.bare_end].split(" ")[-1], 1.0)
