"""The topic of a figure: the question it answers, of which thing, and in which state.

"31 pays" answers another question in "elle regroupe 31 pays" than in "des réfugiés de 31 pays"; "12 morts" and "12 personnes ont
péri" answer the same. The question is read from the noun counted and from the words beside the figure, the nearest first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Literal, NamedTuple

from tasks.extract.fr.names.countries import read_countries
from tasks.extract.fr.topics import words
from tasks.extract.fr.topics.things import (
    Passage,
    Thing,
    event_of,
    group_of,
    name_thing,
    named_thing,
    owner_of,
    read_passage,
    resolve_noun,
)
from warehouse.facts import DateMention, Figure, Mention, Sentence

_WINDOW = 90  # characters beside a figure in which its words stand
_STATE_WINDOW = 60
_PAST_DAYS = 60  # what a text dates so long before its publication is not of the day
_SIDE = re.compile(r"[;()–—]| mais | tandis que | alors que | dont | contre ")
_MARK = re.compile(r"[;:.]")
_PART_INSERTED = re.compile(r", (?:dont|parmi lesquel\w*|y compris) [^,;.]*,")
_GROUP_QUESTIONS = frozenset(
    {"count_employees", "count_hired", "count_dismissed", "count_inhabitants", "count_members"}
)


State = Literal["expected", "former", "part", "revised"]


class Asked(NamedTuple):
    """The question a figure answers, and what narrows it."""

    question: str
    aspect: str | None = None


def with_topics(
    text: str,
    sentences: Sequence[Sentence],
    figures: Sequence[Figure],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention] = (),
    published_at: datetime | date | None = None,
) -> list[Figure]:
    """The counts and amounts among the figures, each with its question, thing and state; the others as they are."""
    if not any(figure.kind in ("count", "money") for figure in figures) or not sentences:
        return list(figures)
    passage = read_passage(text, sentences, mentions)
    past = _past_sentences(passage, dates, published_at)
    days = _number_days(dates)
    completed = []
    for number, figure in enumerate(figures):
        if figure.kind in ("count", "money"):
            sides = _Sides.around(passage, figures, number)
            asked = _ask(passage, figure, sides)
            if asked is not None:
                figure = _complete(passage, figure, sides, asked, past, days)
        completed.append(figure)
    return completed


class _Sides(NamedTuple):
    """The words beside a figure, up to the figures before and after it and the marks of its clause.

    `far_before` goes on past these, `printed_before` has accents.
    """

    before: str
    after: str
    far_before: str
    printed_before: str

    @classmethod
    def around(cls, passage: Passage, figures: Sequence[Figure], number: int) -> _Sides:
        figure = figures[number]
        sentence = passage.sentences[passage.sentence_at(figure.start_char)]
        floor = max(sentence.start_char, figure.start_char - _WINDOW)
        roof = min(sentence.end_char, figure.end_char + _WINDOW)
        far_before = passage.folded[max(sentence.start_char, figure.start_char - 2 * _WINDOW) : figure.start_char]
        if number:
            floor = max(floor, min(figures[number - 1].end_char, figure.start_char))
        after = passage.folded[figure.end_char : roof]
        inserted = _PART_INSERTED.match(after)
        if inserted:  # "12 personnes, dont trois enfants, ont péri"
            after = after[inserted.end() :]
        elif number + 1 < len(figures):
            after = after[: max(0, figures[number + 1].start_char - figure.end_char)]
        before = passage.folded[floor : figure.start_char]
        breaks = list(_SIDE.finditer(before))
        if breaks and not before[breaks[-1].start() :].strip().startswith(("dont", "contre")):
            before = before[breaks[-1].end() :]
        found = _SIDE.search(after)
        printed = passage.lowered[figure.start_char - len(before) : figure.start_char]
        return cls(before, after[: found.start()] if found else after, far_before, printed)


def _ask(passage: Passage, figure: Figure, sides: _Sides) -> Asked | None:
    """The question of a count or an amount; None where neither the noun nor the words beside it tell."""
    if figure.kind == "money":
        topic = _nearest(words.MONEY, sides) or _nearest(words.MONEY_ELSE, sides)
        return Asked(topic) if topic else None
    noun = words.singular(figure.counted) if figure.counted else _number_of(sides)
    own = words.COUNTED_SINGULAR.get(noun)
    if own == "count_employees":
        own = _nearest(words.STAFF_CHANGE, sides) or own
    if own is not None and noun not in words.PEOPLE_SINGULAR:
        return Asked(own, _degree(figure, sides, own))
    is_people = noun in words.PEOPLE_SINGULAR or not noun
    aspect = None if is_people else noun
    came = bool(words.CAME.search(sides.printed_before)) and event_in_sentence(passage, figure)
    if came and noun:
        return Asked("count_participants", aspect)
    if noun in words.COUNTRIES_SINGULAR or not is_people:
        made = _made_up(passage, figure, sides, noun)
        if made is not None:
            return made
    topic = _nearest(words.TOLD, sides)
    if topic:
        return Asked(topic, aspect or _degree(figure, sides, topic))
    if own is not None:
        return Asked(own)
    if is_people and noun and words.CAME.search(sides.printed_before):
        return Asked("count_participants")
    if noun in words.COUNTRIES_SINGULAR:
        return Asked("count_countries")
    return Asked("count_things", aspect) if aspect else None


def _number_of(sides: _Sides) -> str:
    """The noun counted before a bare number: "le nombre de membres s'élève à 24"; empty when there is none."""
    match = words.NUMBER_OF.search(sides.before)
    return words.singular(match[1]) if match else ""


def _degree(figure: Figure, sides: _Sides, question: str) -> str | None:
    """How badly people were hurt, where it is told."""
    if question != "count_injured":
        return None
    match = words.DEGREE.search(sides.after[:_STATE_WINDOW]) or words.DEGREE.search(sides.before[-_STATE_WINDOW:])
    return match.lastgroup if match else None


def _made_up(passage: Passage, figure: Figure, sides: _Sides, noun: str) -> Asked | None:
    """ "Elle regroupe 31 pays", "une coalition de 31 pays": members; "le sommet a réuni 31 pays": participants."""
    aspect = None if noun in words.COUNTRIES_SINGULAR else noun
    if words.MADE_UP.search(sides.before) or words.CHANGED_TO.search(sides.far_before):
        if event_in_sentence(passage, figure, is_named=False):
            return Asked("count_participants", noun)
        return Asked("count_members", aspect)
    if noun in words.COUNTRIES_SINGULAR:
        kinds = words.ASKED_OF["count_members"] | {""}
        sentence = passage.sentences[passage.sentence_at(figure.start_char)]
        joined = words.MADE_UP_AFTER.match(sides.after) and any(
            thing.kind in kinds for thing in passage.inside(figure.end_char, sentence.end_char)
        )
        if joined or owner_of(passage, figure.end_char, sentence.end_char, kinds):
            return Asked("count_members")
    things = passage.inside(figure.start_char - 40, figure.start_char)
    if (
        things
        and things[-1].kind == "group"
        and passage.folded[things[-1].end : figure.start_char].strip() in ("de", "a")
    ):
        return Asked("count_members", aspect)
    return None


def event_in_sentence(passage: Passage, figure: Figure, *, is_named: bool = True) -> bool:
    """Whether a gathering of people is told before a figure; with `is_named` false, a name such as "Forum baltique" is none."""
    kinds = words.ASKED_OF["count_participants"]
    number = passage.sentence_at(figure.start_char)
    start = passage.sentences[number].start_char
    if number and words.PRONOUN.match(passage.folded, start, figure.start_char):
        start = passage.sentences[number - 1].start_char
    return any(
        thing.kind in kinds and (is_named or not thing.name) for thing in passage.inside(start, figure.start_char)
    )


def _nearest(pattern: re.Pattern[str], sides: _Sides) -> str | None:
    """The code of the word nearest to the figure; of two equally near the one after it."""
    found = [(match.start(), 0, match.lastgroup) for match in pattern.finditer(sides.after)]
    found += [(len(sides.before) - match.end(), 1, match.lastgroup) for match in pattern.finditer(sides.before)]
    return min(found)[2] if found else None


def _complete(
    passage: Passage,
    figure: Figure,
    sides: _Sides,
    asked: Asked,
    past: frozenset[int],
    days: Sequence[tuple[int, DateMention]],
) -> Figure:
    told = _thing(passage, figure, asked)
    thing = resolve_noun(passage, told) if told else None
    mention = thing.mention if thing else None
    return replace(
        figure,
        question=asked.question,
        aspect=asked.aspect,
        thing=name_thing(passage, thing) if thing else None,
        thing_kind=(thing.kind or None) if thing else None,
        thing_mention_no=passage.numbers.get(mention) if mention else None,
        thing_start=told.start if told else None,
        thing_date_no=_day_of(passage, told, days) if told else None,
        thing_place_no=_place_of(passage, told) if told else None,
        state=_state(passage, figure, sides, asked, past),
    )


def _thing(passage: Passage, figure: Figure, asked: Asked) -> Thing | None:
    if asked.question in _GROUP_QUESTIONS or asked.question in ("count_countries", "count_things"):
        subject = passage.numbered.get(figure.subject_mention_no or 0)
        if subject is not None:
            known = [
                thing for thing in passage.inside(subject.start_char, subject.end_char) if thing.mention == subject
            ]
            return known[0] if known else named_thing(subject)
        return group_of(
            passage, figure.start_char, figure.end_char, words.ASKED_OF.get(asked.question, frozenset(("group",)))
        )
    kinds = words.ASKED_OF.get(asked.question)
    if kinds is not None:
        return event_of(passage, figure.start_char, kinds)
    return _beside(passage, figure)


def _beside(passage: Passage, figure: Figure) -> Thing | None:
    """The thing nearest to a figure in its sentence; else the place or company that opens the sentence."""
    number = passage.sentence_at(figure.start_char)
    sentence = passage.sentences[number]
    found = [
        thing
        for thing in passage.inside(sentence.start_char, sentence.end_char)
        if thing.kind not in ("", "group") or passage.is_subject(thing)
    ]
    if found:
        return min(found, key=lambda thing: abs(thing.start - figure.start_char))
    opening = passage.mentions.get(sentence.start_char)
    return named_thing(opening) if opening else None


def _state(passage: Passage, figure: Figure, sides: _Sides, asked: Asked, past: frozenset[int]) -> State | None:
    before, after = sides.before[-_STATE_WINDOW:], sides.after[:_STATE_WINDOW]
    inside = passage.folded[figure.start_char : figure.end_char]
    if asked.question != "count_members" and figure.kind == "count":
        is_sum = words.SUM.search(sides.before) or words.CAME.search(sides.printed_before)
        if words.PART_BEFORE.search(sides.before) and not is_sum:
            return "part"
        if re.search(r"(?<!\w)(?:de|d') ?$", sides.before) and not is_sum and asked.question == "count_things":
            return "part"
    if (
        re.search(r"(?<!\w)dont ?$|lesquel\w* ?$", sides.far_before)
        or words.PART.search(inside)
        or words.PART.match(after.lstrip())
    ):
        return "part"
    is_past = asked.question in words.ASKED_OF and asked.question not in _GROUP_QUESTIONS
    if asked.question in _GROUP_QUESTIONS and words.FORMER_GROUP.search(before):
        return "former"
    if words.FORMER.search(before) or (is_past and passage.sentence_at(figure.start_char) in past):
        return "former"
    if words.EXPECTED.search(before) or words.EXPECTED.search(after[:30]):
        return "expected"
    if words.REVISED.search(sides.far_before) or words.REVISED.search(after):
        return "revised"
    return None


def _number_days(dates: Sequence[DateMention]) -> list[tuple[int, DateMention]]:
    """The days among the dates with their numbers (`dates.date_no`)."""
    ordered = sorted(dates, key=lambda each: (each.start_char, each.end_char))
    return [
        (number, each)
        for number, each in enumerate(ordered, 1)
        if each.starts_on and each.last_on and (each.last_on - each.starts_on).days <= 1
    ]


def _day_of(passage: Passage, thing: Thing, days: Sequence[tuple[int, DateMention]]) -> int | None:
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


def _place_of(passage: Passage, thing: Thing) -> int | None:
    """The number of the place nearest to a thing in its sentence; a country only where no other place stands there."""
    sentence = passage.sentences[passage.sentence_at(thing.start)]
    first, last = (bisect_left(passage.names, (end, 0)) for end in (sentence.start_char, sentence.end_char))
    places = [passage.mentions[start] for start, _ in passage.names[first:last]]
    near = [
        (each.surface in country_names(), abs(each.start_char - thing.start), passage.numbers[each])
        for each in places
        if each.label == "LOC" and each != thing.mention
    ]
    return min(near)[2] if near else None


@cache
def country_names() -> frozenset[str]:
    """The names of countries in French."""
    return frozenset(name for names in read_countries().names.values() for name in names)


def _past_sentences(
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
