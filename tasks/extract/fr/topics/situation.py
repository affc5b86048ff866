"""The day and the place given beside a thing, and the sentences about a time long before the publication."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from tasks.extract.fr.names.countries import read_countries
from tasks.extract.fr.topics.things import Passage, Thing
from warehouse.facts import DateMention

_PAST_DAYS = 60  # what a text dates so long before its publication is not of the day
_MARK = re.compile(r"[;:.]")


def number_days(dates: Sequence[DateMention]) -> list[tuple[int, DateMention]]:
    """The days among the dates with their numbers (`dates.date_no`)."""
    ordered = sorted(dates, key=lambda each: (each.start_char, each.end_char))
    return [
        (number, each)
        for number, each in enumerate(ordered, 1)
        if each.starts_on and each.last_on and (each.last_on - each.starts_on).days <= 1
    ]


def day_of(passage: Passage, thing: Thing, days: Sequence[tuple[int, DateMention]]) -> int | None:
    """The number of the day nearest to a thing in its sentence."""
    sentence = passage.sentences[passage.sentence_at(thing.start)]
    first = bisect_left(days, sentence.start_char, key=lambda pair: pair[1].start_char)
    last = bisect_left(days, sentence.end_char, key=lambda pair: pair[1].start_char)
    near = [
        (abs(each.start_char - thing.start), number)
        for number, each in days[first:last]
        if not _MARK.search(passage.text[min(each.end_char, thing.end) : max(each.start_char, thing.start)])
    ]
    return min(near)[1] if near else None


def place_of(passage: Passage, thing: Thing) -> int | None:
    """The number of the place nearest to a thing in its sentence; a country only where no other place stands there."""
    sentence = passage.sentences[passage.sentence_at(thing.start)]
    first, last = (bisect_left(passage.names, (end, 0)) for end in (sentence.start_char, sentence.end_char))
    places = [passage.mentions[start] for start, _ in passage.names[first:last]]
    near = [
        (each.surface in _country_names(), abs(each.start_char - thing.start), passage.numbers[each])
        for each in places
        if each.label == "LOC" and each != thing.mention
    ]
    return min(near)[2] if near else None


@cache
def _country_names() -> frozenset[str]:
    """The names of countries in French."""
    return frozenset(name for names in read_countries().names.values() for name in names)


def past_sentences(
    passage: Passage, dates: Sequence[DateMention], published_at: datetime | date | None
) -> frozenset[int]:
    """The sentences that name a day, month or year long before the publication, and none later."""
    if published_at is None:
        return frozenset()
    published_on = published_at.date() if isinstance(published_at, datetime) else published_at
    last: dict[int, date] = {}
    for each in dates:
        if each.is_resolved and each.last_on is not None and each.starts_on is not None:
            number = bisect_right(passage.starts, each.start_char) - 1
            last[number] = max(last.get(number, each.last_on), each.last_on)
    return frozenset(number for number, day in last.items() if (published_on - day).days > _PAST_DAYS)
