"""One number of a text in full: its digits or words, its scale and its fraction."""

from __future__ import annotations

import math
import re
from typing import Literal, NamedTuple

from tasks.extract.fr.figures import number_forms
from tasks.extract.fr.figures.numerals import read_digits, read_number

Span = tuple[int, int]


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
    is_large: bool = False  # in millions, dozens …: a figure even without a noun

    @property
    def is_bare(self) -> bool:
        return self.kind == "count" and self.counted is None


def read_bare(text: str, folded: str, match: re.Match[str], limit: int) -> Number | None:
    """The number at a match with its scale and its half, without a unit; a share of one ("la moitié") has the unit `part`.

    Returns None when the match has no value: "des dizaines".
    """
    number = _value(folded, match)
    if number is None or number.unit == "part":
        return number
    return _with_half(folded, _scaled(folded, _in_millions(text, number), limit), limit)


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
            return None  # "des dizaines" has no value; "la quarantaine de l'équipage" is not a number
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
    """ "1,2e6", "3^2"; returns None when the value does not fit a float."""
    try:
        value = value * 10.0 ** int(exponent or 0)
        value = value ** int(power) if power else value
    except (OverflowError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _lower_end(words: str) -> str:
    """The first number of "cent et deux cents" after "entre"; all of it when it is one number only."""
    parts = words.split(" et ")
    for cut in range(1, len(parts)):
        low, high = read_number(" et ".join(parts[:cut])), read_number(" et ".join(parts[cut:]))
        if low is not None and high is not None and low < high:
            return " et ".join(parts[:cut])
    return words


def _read_words(words: str, end: int) -> tuple[int | None, int]:
    """The longest beginning of a run of number words that is one number, and where it ends."""
    while (value := read_number(words)) is None:
        shorter = re.sub(r"(?:(?: |-)et)?[ -]{1,2}[a-z]+$", "", words)
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


def scale_of(folded: str, number: Number) -> float:
    """What the last word of a number multiplies by: both ends of "2 à 3 millions" are millions."""
    return number_forms.SCALES.get(folded[number.start : number.bare_end].split(" ")[-1], 1.0)
