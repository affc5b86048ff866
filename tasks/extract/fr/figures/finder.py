"""Find the figures of a text: how many, how much, what share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Literal, cast

from tasks.extract.fr.figures import number_forms, surroundings
from tasks.extract.fr.figures.costs import as_cost, with_currency
from tasks.extract.fr.figures.currency_zones import with_zones
from tasks.extract.fr.figures.number import Number, Span, scale_of
from tasks.extract.fr.figures.quantity import read_quantity
from tasks.text.folding import fold_text
from warehouse.facts import DateMention, Figure, Sentence

Qualifier = Literal["about", "more_than", "less_than", "at_least", "at_most", "between"]


def find_figures(text: str, sentences: Sequence[Sentence], *, dates: Sequence[DateMention]) -> list[Figure]:
    """The counts, amounts, shares and ranks of a French text, in order; positions in code points of `text`.

    `value` is in full (2,4 millions is 2400000), a percentage as printed, a fraction a share of one (unit `part`).
    Numbers inside `dates`, clock times, scores, telephone and article numbers are not figures; nor is "un" alone.
    """
    folded = fold_text(text)
    dated = [(each.start_char, each.end_char) for each in dates]
    has_addresses = surroundings.has_addresses(folded)
    found: list[Figure] = []
    starts: list[int] = []  # how many figures were found before each sentence
    for sentence in sentences:
        starts.append(len(found))
        if number_forms.has_number(folded, sentence.start_char, sentence.end_char):
            span = (sentence.start_char, sentence.end_char)
            inside = [each for each in dated if each[0] < span[1] and each[1] > span[0]]
            inside += surroundings.addresses(folded, *span) if has_addresses else []
            found += [as_cost(each, folded) for each in _in_sentence(text, folded, span, inside)]
            near = starts[-3] if len(starts) > 2 else 0
            for index in range(starts[-1], len(found)):
                found[index] = _with_what_is_left_out(found[near:], index - near, folded)
    return with_currency(with_zones(found, folded))


def _with_what_is_left_out(figures: list[Figure], index: int, folded: str) -> Figure:
    figure, model = figures[index], surroundings.left_out(figures, index, folded)
    return replace(figure, kind=model.kind, unit=model.unit, currency=model.currency) if model else figure


def _in_sentence(text: str, folded: str, sentence: Span, taken: list[Span]) -> list[Figure]:
    """The figures of a sentence that do not touch what is `taken` by dates and addresses."""
    numbers = [
        Number(start, end, end, float(place), "rank", is_large=True)
        for start, end, place in surroundings.ranks(folded, *sentence)
    ]
    taken = sorted(taken + [(each.start, each.end) for each in numbers])
    starts = [start for start, _ in taken]
    reaches = list(accumulate((end for _, end in taken), max))  # where the spans up to each one end
    place = sentence[0]
    while match := number_forms.NUMBER.search(folded, place, sentence[1]):
        begin, stop = match.span()
        place = stop
        first = match.start("over" if match["over"] else "digits")
        if first >= 0 and (shape := surroundings.end_of_shape(text, folded, sentence[0], first, sentence[1])):
            place = shape
            continue
        before = bisect_left(starts, stop)
        if (before and reaches[before - 1] > begin) or number_forms.is_article(folded, match):
            continue
        number = read_quantity(text, folded, match, sentence)
        if number is not None:
            numbers.append(number)
            place = max(number.end, begin + 1)
    numbers.sort(key=lambda each: each.start)
    is_list = any(each.is_bare for each in numbers) and _is_list(folded, sentence, numbers)
    figures: list[Figure] = []
    numbered_to = -9  # where the last number that is a name ends: "articles 12 et 13"
    for number, other in _ranges(folded, numbers, sentence[0]):
        if (number.kind != "rank" and surroundings.is_numbered(folded, sentence[0], number.start)) or (
            folded[numbered_to : number.start].strip() in ("et", "ou", "a", "-", ",") and number.is_bare
        ):
            numbered_to = (other or number).bare_end
        elif other is not None or _is_figure(text, folded, number, sentence, is_list, figures):
            figures.append(_figure(text, folded, number, other or number, sentence))
    return figures


def _is_list(folded: str, sentence: Span, numbers: list[Number]) -> bool:
    """Whether a sentence has no letter outside its numbers: a line of a table."""
    starts, ends = [each.start for each in numbers], [each.end for each in numbers]
    gaps = zip([sentence[0], *ends], [*starts, sentence[1]], strict=True)
    return not any(map(str.isalpha, "".join(folded[start:end] for start, end in gaps)))


def _ranges(folded: str, numbers: list[Number], floor: int) -> Iterator[tuple[Number, Number | None]]:
    """Numbers alone, and the two of "entre 20 et 30", "de 20 à 30", "20 à 30 euros" together."""
    index = 0
    while index < len(numbers):
        number = numbers[index]
        other = numbers[index + 1] if index + 1 < len(numbers) else None
        low = _low_of_range(folded, number, other, floor) if other is not None else None
        if other is not None and low is not None:
            yield number._replace(value=low), other
            index += 2
        else:
            if other is not None and number.is_bare and _shares_unit(folded, number, other, floor):
                number = number._replace(
                    value=_in_scale_of(folded, number, other), kind=other.kind, unit=other.unit, currency=other.currency
                )
            yield number, None
            index += 1


def _in_scale_of(folded: str, number: Number, other: Number) -> float:
    """The value of the first of two numbers of which only the second has a scale: "2 à 3 millions"."""
    is_left_out = number.is_bare and other.is_large and not number.is_large and number.value < other.value / 1000
    return number.value * scale_of(folded, other) if is_left_out else number.value


def _shares_unit(folded: str, number: Number, other: Number, floor: int) -> bool:
    """Whether the unit of the second number is that of the first too: "8 et 12 euros", "passer de 12 à 15 degrés"."""
    is_pair = folded[number.end : other.start] == " et " and other.kind in ("money", "percent", "measure")
    return (is_pair and other.unit != "part") or _is_move(folded, number, other, floor)


def _is_move(folded: str, number: Number, other: Number, floor: int) -> bool:
    """Whether two numbers are the start and the end of a change: "passer de 12 à 15 degrés"."""
    if folded[number.end : other.start] != " a " or not folded.startswith("de ", number.start - 3):
        return False
    return surroundings.is_change(folded, floor, number.start, is_rise=other.value > number.value)


def _low_of_range(folded: str, number: Number, other: Number, floor: int) -> float | None:
    """The lower end of the range two numbers make, if they make one."""
    between = folded[number.end : other.start].strip().removesuffix(" les")
    if between not in ("a", "-", "–", "ou", "et") or number.kind == "rank":
        return None
    if between == "et" and folded[max(floor, number.start - 7) : number.start].split(" ")[-2:-1] != ["entre"]:
        return None
    if _is_move(folded, number, other, floor):
        return None
    if not number.is_bare and (number.kind, number.unit, number.currency) != (other.kind, other.unit, other.currency):
        return None
    low = _in_scale_of(folded, number, other)
    return low if low < other.value and not surroundings.is_times(folded, other.end) else None


def _is_figure(text: str, folded: str, number: Number, sentence: Span, is_list: bool, figures: list[Figure]) -> bool:
    """Whether a number that is not part of a range is a figure; `figures` are those before it in its sentence."""
    alone = folded[number.start : number.bare_end]
    if alone in ("un", "une"):
        return number.kind in ("money", "percent") or number.unit == "part" or number.value != 1
    if surroundings.is_times(folded, number.end):
        return False
    if number.unit == "h":
        return not surroundings.is_part_of_name("hour", folded, sentence[0], number.start)
    if number.kind != "count" or number.is_large:
        return True
    plural = number.counted is not None and (number.counted[-1] in "sxz" or number.value < 2)
    reach = surroundings.LONGEST_CAPITAL_WORD
    named = surroundings.CAPITAL_WORD.search(text[max(sentence[0], number.start - reach) : number.start].rstrip())
    if named and (named.start() > 0 or number.start > sentence[0] + reach) and not plural:
        return False  # "France 2", "Ligue 1"
    if plural:
        return True
    if surroundings.is_part_of_name("bare", folded, sentence[0], number.start):
        return False
    if number.is_bare:
        if number.is_word:
            if number.value >= 20 and not alone.isalpha() and text[number.start].islower():
                return True  # "trois cent cinq" is a number of something; "les Vingt-Sept" are not
            is_later = bool(figures)
            return is_list or surroundings.stands_for_noun(
                folded, sentence, number.start, number.end, is_after_figure=is_later
            )
        is_first = number.start == sentence[0] and number.value < 100
        if is_first and folded[number.end : number.end + 1] in (".", ")", "-", "–", "°", "/") and not is_list:
            return False  # "1. Introduction", "2- Méthode"
    return True


def _figure(text: str, folded: str, number: Number, last: Number, sentence: Span) -> Figure:
    start, end = number.start, last.end
    qualifier, low, high, value = cast("Qualifier | None", None), number.low, number.high, number.value
    if last is not number:
        qualifier, low, high, value = "between", number.value, last.value, (number.value + last.value) / 2
        word = folded[max(sentence[0], start - 6) : start].split(" ")[-2:-1]
        start -= len(word[0]) + 1 if word in (["entre"], ["de"]) else 0
    else:
        said, start = surroundings.qualifier_before(folded, sentence[0], start)
        if said is None:
            said, end = surroundings.qualifier_after(folded, end, sentence[1])
        qualifier = cast("Qualifier | None", said) or ("about" if low is not None else None)
        if qualifier in ("more_than", "at_least"):
            low, high = value, None
        elif qualifier in ("less_than", "at_most"):
            low, high = None, value
    value = _as_printed(value)
    low, high = (None if bound is None else _as_printed(bound) for bound in (low, high))
    return Figure(
        start, end, text[start:end], value, last.kind, low, high, last.unit, last.currency, qualifier, last.counted
    )


def _as_printed(value: float) -> float:
    """A number without the rounding error of multiplying: 4.1 times a million is 4100000, not 4099999.9999999995."""
    return float(f"{value:.15g}")
