"""Find the figures of a text: how many, how much, what share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, cast

from tasks.facts.figures import patterns
from tasks.facts.figures.number import Number, Span, read_one, scale_of
from tasks.facts.spelling import fold
from warehouse.rows import DateMention, Figure, Sentence

Qualifier = Literal["about", "more_than", "less_than", "at_least", "at_most", "between"]


def find_figures(text: str, sentences: Sequence[Sentence], *, dates: Sequence[DateMention]) -> list[Figure]:
    """The numbers of a French text that say how many or how much, in order; positions in code points of `text`.

    `value` is in full (2,4 millions is 2400000), a percentage as printed, a fraction a share of one (unit `part`).
    What stands in `dates`, clock times, scores, telephone and article numbers are no figures; "un" alone is none.
    """
    folded = fold(text)
    dated = [(each.start_char, each.end_char) for each in dates]
    found: list[Figure] = []
    for sentence in sentences:
        if patterns.has_number(folded, sentence.start_char, sentence.end_char):
            span = (sentence.start_char, sentence.end_char)
            inside = [each for each in dated if each[0] < span[1] and each[1] > span[0]]
            found += _in_sentence(text, folded, span, inside)
    return found


def _in_sentence(text: str, folded: str, sentence: Span, dated: list[Span]) -> list[Figure]:
    taken = dated + patterns.not_figures(folded, *sentence)
    numbers: list[Number] = list(_ranks(folded, sentence))
    taken += [(each.start, each.end) for each in numbers]
    place = sentence[0]
    for match in patterns.NUMBER.finditer(folded, *sentence):
        if match.start() < place or any(start < match.end() and end > match.start() for start, end in taken):
            continue
        number = read_one(text, folded, match, sentence)
        if number is not None:
            numbers.append(number)
            place = number.end
    numbers.sort(key=lambda each: each.start)
    figures = []
    spans = [(each.start, each.end) for each in numbers]
    is_list = not any(map(str.isalpha, _without(folded, sentence, spans)))
    for number, other in _ranges(folded, numbers):
        last = other or number
        if other is None and not _is_figure(text, folded, number, sentence, is_list):
            continue
        figures.append(_figure(text, folded, number, last, sentence))
    return figures


def _without(folded: str, sentence: Span, spans: list[Span]) -> str:
    """A sentence without its numbers."""
    rest, place = "", sentence[0]
    for start, end in spans:
        rest += folded[place:start]
        place = end
    return rest + folded[place : sentence[1]]


def _ranks(folded: str, sentence: Span) -> Iterator[Number]:
    """Ordinals that are places in a ranking."""
    if patterns.ONLY_ORDINALS.fullmatch(folded, *sentence):  # a line of nothing else: a table of results
        for match in patterns.ORDINAL_WORD.finditer(folded, *sentence):
            rank = patterns.rank_of(match[0])
            if rank is not None:
                yield Number(*match.span(), match.end(), float(rank), "rank", is_large=True)
        return
    if not patterns.ORDINAL.search(folded, *sentence) and "mondial" not in folded[slice(*sentence)]:
        return
    for match in patterns.RANK.finditer(folded, *sentence):
        name = match.lastgroup or "rank"
        start, end = match.span(name)
        yield Number(start, end, end, float(re.sub(r"\D", "", match[name])), "rank", is_large=True)


def _ranges(folded: str, numbers: list[Number]) -> Iterator[tuple[Number, Number | None]]:
    """Numbers alone, and the two of "entre 20 et 30", "de 20 à 30", "20 à 30 euros" together."""
    index = 0
    while index < len(numbers):
        number = numbers[index]
        if index + 1 < len(numbers):
            other = numbers[index + 1]
            between = folded[number.end : other.start].strip().removesuffix(" les")
            before = folded[max(0, number.start - 7) : number.start].split(" ")
            opened = (before[-2:-1] == ["entre"] and between == "et") or (
                before[-2:-1] in (["de"], ["a"], ["en"]) and between == "a"
            )
            same = number.is_bare or (number.kind, number.unit, number.currency) == (
                other.kind,
                other.unit,
                other.currency,
            )
            if (opened or between in ("a", "-", "–", "ou")) and same and number.kind != "rank":
                low = number.value
                if number.is_bare and other.is_large and not number.is_large and number.value < other.value / 1000:
                    low *= scale_of(folded, other)
                if low < other.value:
                    yield replace(number, value=low), other
                    index += 2
                    continue
        yield number, None
        index += 1


def _is_figure(text: str, folded: str, number: Number, sentence: Span, is_list: bool) -> bool:
    """Whether a number alone says how many or how much."""
    alone = folded[number.start : number.bare_end]
    if alone in ("un", "une"):
        return number.kind in ("money", "percent") or number.unit == "part"
    if folded[number.end : number.end + 5] == " fois" or patterns.is_numbered(folded, sentence[0], number.start):
        return False
    if number.kind != "count" or number.is_large:
        return True
    plural = number.counted is not None and (number.counted[-1] in "sxz" or number.value < 2)
    before = text[sentence[0] : number.start].rstrip()
    named = patterns.CAPITAL_WORD.search(before)
    if named and named.start() > 0 and not plural:
        return False  # "France 2", "Ligue 1"
    if number.is_bare:
        if number.is_word:
            return is_list
        if number.start == sentence[0] and folded[number.end : number.end + 1] in (".", ")") and not is_list:
            return False  # "1. Introduction"
    return True


def _figure(text: str, folded: str, number: Number, last: Number, sentence: Span) -> Figure:
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
