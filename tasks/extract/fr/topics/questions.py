"""The topic of a figure: the question it answers, of which thing, and in which state.

"31 pays" answers another question in "elle regroupe 31 pays" than in "des réfugiés de 31 pays"; "12 morts" and "12 personnes ont
péri" answer the same. The question is read from the noun counted and from the words beside the figure, the nearest first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tasks.extract.fr.topics import words
from tasks.extract.fr.topics.sides import GROUP_QUESTIONS, STATE_WINDOW, Asked, Sides, state_of
from tasks.extract.fr.topics.situation import day_of, number_days, past_sentences, place_of
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
from tasks.text.folding import fold_text
from warehouse.facts import DateMention, Figure, Mention, Sentence


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
    past = past_sentences(passage, dates, published_at)
    days = number_days(dates)
    completed = []
    for number, figure in enumerate(figures):
        if figure.kind in ("count", "money"):
            sides = Sides.around(passage, figures, number)
            asked = _ask(passage, figure, sides)
            if asked is not None:
                figure = _complete(passage, figure, sides, asked, past, days)
        completed.append(figure)
    return completed


def _ask(passage: Passage, figure: Figure, sides: Sides) -> Asked | None:
    """The question of a count or an amount; None where neither the noun nor the words beside it show one."""
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
    topic = _nearest(words.QUESTION_CUES, sides)
    if topic:
        return Asked(topic, aspect or _degree(figure, sides, topic))
    if own is not None:
        return Asked(own)
    if is_people and noun and words.CAME.search(sides.printed_before):
        return Asked("count_participants")
    if noun in words.COUNTRIES_SINGULAR:
        return Asked("count_countries")
    return Asked("count_things", aspect) if aspect else None


def _number_of(sides: Sides) -> str:
    """The noun counted before a bare number: "le nombre de membres s'élève à 24"; empty when there is none."""
    match = words.NUMBER_OF.search(sides.before)
    return words.singular(match[1]) if match else ""


def _degree(figure: Figure, sides: Sides, question: str) -> str | None:
    """How badly people were hurt, where the text says it."""
    if question != "count_injured":
        return None
    match = words.DEGREE.search(sides.after[:STATE_WINDOW]) or words.DEGREE.search(sides.before[-STATE_WINDOW:])
    return match.lastgroup if match else None


def _made_up(passage: Passage, figure: Figure, sides: Sides, noun: str) -> Asked | None:
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
    """Whether a gathering of people is named before a figure; with `is_named` false, a name such as "Forum baltique" is none."""
    kinds = words.ASKED_OF["count_participants"]
    number = passage.sentence_at(figure.start_char)
    start = passage.sentences[number].start_char
    if number and words.PRONOUN.match(passage.folded, start, figure.start_char):
        start = passage.sentences[number - 1].start_char
    return any(
        thing.kind in kinds and (is_named or not thing.name) for thing in passage.inside(start, figure.start_char)
    )


def _nearest(pattern: re.Pattern[str], sides: Sides) -> str | None:
    """The code of the word nearest to the figure; of two equally near the one after it."""
    found = [(match.start(), 0, match.lastgroup) for match in pattern.finditer(sides.after)]
    found += [(len(sides.before) - match.end(), 1, match.lastgroup) for match in pattern.finditer(sides.before)]
    return min(found)[2] if found else None


def _complete(
    passage: Passage,
    figure: Figure,
    sides: Sides,
    asked: Asked,
    past: frozenset[int],
    days: Sequence[tuple[int, DateMention]],
) -> Figure:
    found = _thing(passage, figure, asked)
    thing = resolve_noun(passage, found) if found else None
    mention = thing.mention if thing else None
    name = name_thing(passage, thing) if thing else None
    return replace(
        figure,
        question=asked.question,
        aspect=asked.aspect,
        thing=name if name and fold_text(name) not in words.GENERIC else None,
        thing_kind=(thing.kind or None) if thing else None,
        thing_mention_no=passage.numbers.get(mention) if mention else None,
        thing_start=found.start if found else None,
        thing_date_no=day_of(passage, found, days) if found else None,
        thing_place_no=place_of(passage, found) if found else None,
        state=state_of(passage, figure, sides, asked, past),
    )


def _thing(passage: Passage, figure: Figure, asked: Asked) -> Thing | None:
    if asked.question in GROUP_QUESTIONS or asked.question in ("count_countries", "count_things"):
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
