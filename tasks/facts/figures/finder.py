"""Find the figures of a text: how many, how much, what share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from tasks.facts.figures import patterns
from tasks.facts.figures.numerals import read_digits, read_number
from tasks.facts.figures.units import measures
from tasks.facts.spelling import fold
from warehouse.rows import DateMention, Figure, Sentence

Qualifier = Literal["about", "more_than", "less_than", "at_least", "at_most", "between"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Number:
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


def find_figures(text: str, sentences: Sequence[Sentence], *, dates: Sequence[DateMention]) -> list[Figure]:
    """The numbers of a French text that say how many or how much, in order; positions in code points of `text`.

    `value` is in full (2,4 millions is 2400000), a percentage as printed, a fraction a share of one (unit `part`).
    What stands in `dates`, clock times, scores, telephone and article numbers are no figures; "un" alone is none.
    """
    folded = fold(text)
    dated = [(each.start_char, each.end_char) for each in dates]
    found: list[Figure] = []
    for sentence in sentences:
        if patterns.TRIGGER.search(folded, sentence.start_char, sentence.end_char):
            span = (sentence.start_char, sentence.end_char)
            inside = [each for each in dated if each[0] < span[1] and each[1] > span[0]]
            found += _in_sentence(text, folded, span, inside)
    return found


def _in_sentence(text: str, folded: str, sentence: Span, dated: list[Span]) -> list[Figure]:
    taken = dated + [match.span() for pattern in patterns.NOT_FIGURES for match in pattern.finditer(folded, *sentence)]
    numbers: list[_Number] = list(_ranks(folded, sentence))
    taken += [(each.start, each.end) for each in numbers]
    place = sentence[0]
    for match in patterns.NUMBER.finditer(folded, *sentence):
        if match.start() < place or any(start < match.end() and end > match.start() for start, end in taken):
            continue
        number = _read(text, folded, match, sentence)
        if number is not None:
            numbers.append(number)
            place = number.end
    numbers.sort(key=lambda each: each.start)
    figures = []
    for number, other in _ranges(folded, numbers):
        last = other or number
        if other is None and not _is_figure(text, folded, number, sentence):
            continue
        figures.append(_figure(text, folded, number, last, sentence))
    return figures


def _ranks(folded: str, sentence: Span) -> Iterator[_Number]:
    """Ordinals that are places in a ranking."""
    for match in patterns.RANK.finditer(folded, *sentence):
        name = match.lastgroup or "rank"
        start, end = match.span(name)
        yield _Number(start, end, end, float(re.sub(r"\D", "", match[name])), "rank", is_large=True)


# ---- one number ----


def _read(text: str, folded: str, match: re.Match[str], sentence: Span) -> _Number | None:
    """The number at a match, with scale, unit, currency or noun; nothing for what is no number."""
    number = _value(folded, match)
    if number is None:
        return None
    number = _scaled(folded, number, sentence[1])
    if match["prefix"]:
        code = patterns.currency_of(match["prefix"])
        return replace(number, kind="money", currency=code)
    fraction = _fraction(folded, number, sentence[1])
    if fraction is not None:
        return fraction
    number = _measured(text, folded, number, sentence[1])
    if number.kind != "count":
        return number
    return _shared(folded, _counted(text, folded, number, sentence[1]), sentence[1])


def _value(folded: str, match: re.Match[str]) -> _Number | None:
    start, end = match.span()
    if match["approximate"]:
        value, low, high = patterns.APPROXIMATE[match["approximate"]]
        factor = 2 if match["times"] == "deux" else 1
        return _Number(start, end, end, float(value * factor), low=low * factor, high=high * factor, is_large=True)
    if match["digits"]:
        value = read_digits(match["digits"]) * 10 ** int(match["exponent"] or 0)
        return _Number(start, end, end, -value if match["sign"] else value)
    words = read_number(match["words"])
    if words is None:
        return None
    decimals = patterns.DECIMALS.match(folded, end)
    if decimals and (after := read_number(decimals["decimals"])) is not None:
        return _Number(start, decimals.end(), decimals.end(), float(f"{words}.{after}"))
    return _Number(start, end, end, float(words), is_word=True)


def _scaled(folded: str, number: _Number, limit: int) -> _Number:
    """The same times its scale: "2,4 millions", "une centaine de milliers", "deux millions cinq cent mille"."""
    while match := patterns.SCALE.match(folded, number.end, limit):
        factor = patterns.SCALES[match["scale"]]
        if match["scale"] in patterns.SIGNS_OF_SCALE and number.is_word:
            break
        low, high = (None if bound is None else bound * factor for bound in (number.low, number.high))
        number = replace(
            number, end=match.end(), bare_end=match.end(), value=number.value * factor, low=low, high=high, is_large=True
        )
        rest = patterns.NUMBER.match(folded, match.end() + 1, limit) if folded[match.end() : match.end() + 1] == " " else None
        added = _value(folded, rest) if rest and not rest["approximate"] and rest.start() == match.end() + 1 else None
        if added and 1 < added.value < factor and factor <= 1e12 and not patterns.SCALE.match(folded, added.end, limit):
            number = replace(number, end=added.end, bare_end=added.end, value=number.value + added.value)
    return number


def _fraction(folded: str, number: _Number, limit: int) -> _Number | None:
    """ "Deux tiers", "trois quarts", "un huitième": a share of one."""
    match = patterns.FRACTION.match(folded, number.end, limit)
    if match is None or number.is_large or not number.value.is_integer():
        return None
    part = patterns.part_of_one(match["part"])
    if part is None:
        return None
    return _Number(number.start, match.end(), match.end(), number.value * part, "measure", "part", is_large=True)


def _measured(text: str, folded: str, number: _Number, limit: int) -> _Number:
    """The same with its unit, currency or per cent sign, if one follows."""
    gap = patterns.GAP.match(folded, number.end, limit)
    start = gap.end() if gap else number.end
    if start > number.end + 2 and not number.is_large:
        start = number.end + 1  # only "millions" and dozens take "de" before what they measure
    for end in reversed([each.end() for each in patterns.WORDISH.finditer(folded, start, min(limit, start + 32))][:4]):
        meaning = measures().get(re.sub(" +", " ", folded[start:end]))
        if meaning is None or (end < limit and (folded[end].isalnum() or folded[end] in "'’-/")):
            continue
        kind, name = meaning
        if end == start + 1 and folded[start].isalpha() and (number.is_word or text[start] != name[:1]):
            continue  # "m" is a metre, "M" somebody's title; "K" a kelvin
        if kind == "scaled_money" and not number.is_large:
            continue
        if kind in ("money", "scaled_money"):
            return replace(number, end=end, kind="money", currency=name or None)
        if kind == "percent":
            return replace(number, end=end, kind="percent")
        return replace(number, end=end, kind="measure", unit=name)
    return number


def _counted(text: str, folded: str, number: _Number, limit: int) -> _Number:
    """The same with the noun it counts; adjectives that stand before the noun are stepped over."""
    place = number.end
    for _ in range(3):
        match = patterns.NOUN.match(folded, place, limit)
        if match is None or match["noun"] in patterns.NOT_NOUNS:
            return number
        if match["noun"] not in patterns.ADJECTIVES:
            if match["de"] and not number.is_large:
                return number
            start, end = match.span("noun")
            return replace(number, end=end, counted=text[start:end])
        place = match.end()
    return number


def _shared(folded: str, number: _Number, limit: int) -> _Number:
    """ "Un sur trois", "deux pays sur trois": a share of one."""
    match = patterns.OUT_OF.match(folded, number.end, limit)
    if match is None or number.is_large:
        return number
    whole = read_digits(match["digits"]) if match["digits"] else read_number(match["words"])
    noun = patterns.NOUN.match(folded, match.end(), limit)
    if not whole or (noun and noun["noun"] not in patterns.NOT_NOUNS):
        return number
    return replace(
        number, end=match.end(), value=number.value / whole, kind="measure", unit="part", counted=number.counted, is_large=True
    )


# ---- several numbers, qualifiers ----


def _ranges(folded: str, numbers: list[_Number]) -> Iterator[tuple[_Number, _Number | None]]:
    """Numbers alone, and the two of "entre 20 et 30", "de 20 à 30", "20 à 30 euros" together."""
    index = 0
    while index < len(numbers):
        number = numbers[index]
        if index + 1 < len(numbers):
            other = numbers[index + 1]
            between = folded[number.end : other.start].strip().removesuffix(" les")
            before = folded[max(0, number.start - 7) : number.start].split(" ")
            opened = before[-2:-1] == ["entre"] and between == "et" or before[-2:-1] in (["de"], ["a"], ["en"]) and between == "a"
            same = number.is_bare or (number.kind, number.unit, number.currency) == (other.kind, other.unit, other.currency)
            if (opened or between in ("a", "-", "–", "ou")) and same and number.kind != "rank":
                low = number.value
                if number.is_bare and other.is_large and not number.is_large and number.value < other.value / 1000:
                    low *= _scale_of(folded, other)
                if low < other.value:
                    yield replace(number, value=low), other
                    index += 2
                    continue
        yield number, None
        index += 1


def _scale_of(folded: str, number: _Number) -> float:
    """What the last word of a number multiplies by: both ends of "2 à 3 millions" are millions."""
    return patterns.SCALES.get(folded[number.start : number.bare_end].split(" ")[-1], 1.0)


def _is_figure(text: str, folded: str, number: _Number, sentence: Span) -> bool:
    """Whether a number alone says how many or how much."""
    alone = folded[number.start : number.bare_end]
    is_whole = not (folded[sentence[0] : number.start] + folded[number.end : sentence[1]]).strip(" .!-")
    if alone in ("un", "une"):
        return number.kind in ("money", "percent") or number.unit == "part"
    if folded[number.end : number.end + 5] == " fois" or patterns.is_numbered(folded, sentence[0], number.start):
        return False
    if number.kind != "count" or number.is_large:
        return True
    plural = number.counted is not None and (number.counted[-1] in "sxz" or number.value < 2)
    before = text[sentence[0] : number.start].rstrip("  ")
    named = patterns.CAPITAL_WORD.search(before)
    if named and named.start() > 0 and not plural:
        return False  # "France 2", "Ligue 1"
    if number.is_bare:
        if number.is_word:
            return is_whole
        if number.start == sentence[0] and folded[number.end : number.end + 1] in (".", ")") and not is_whole:
            return False  # "1. Introduction"
    return True


def _figure(text: str, folded: str, number: _Number, last: _Number, sentence: Span) -> Figure:
    start, end = number.start, last.end
    qualifier, low, high, value = cast("Qualifier | None", None), number.low, number.high, number.value
    if last is not number:
        qualifier, low, high, value = "between", number.value, last.value, (number.value + last.value) / 2
        word = folded[max(sentence[0], start - 6) : start].split(" ")[-2:-1]
        start -= len(word[0]) + 1 if word in (["entre"], ["de"]) else 0
    else:
        said, start = patterns.qualifier_before(folded, sentence[0], start)
        if said is None:
            said, end = patterns.qualifier_after(folded, end, sentence[1])
        qualifier = cast("Qualifier | None", said) or ("about" if low is not None else None)
        if qualifier in ("more_than", "at_least"):
            low, high = value, None
        elif qualifier in ("less_than", "at_most"):
            low, high = None, value
    return Figure(
        start, end, text[start:end], value, last.kind, low, high, last.unit, last.currency, qualifier, last.counted
    )
