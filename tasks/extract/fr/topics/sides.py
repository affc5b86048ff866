"""The words beside a figure, and the state they show: expected, former, a part of another figure, or revised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from tasks.extract.fr.topics import words
from tasks.extract.fr.topics.things import Passage
from warehouse.facts import Figure

_WINDOW = 90  # characters beside a figure in which its words stand
STATE_WINDOW = 60  # of these, those in which the words of the state stand
_SIDE = re.compile(r"[;()–—]| mais | tandis que | alors que | dont | contre ")
_PART_INSERTED = re.compile(r", (?:dont|parmi lesquel\w*|y compris) [^,;.]*,")
GROUP_QUESTIONS = frozenset({"count_employees", "count_hired", "count_dismissed", "count_inhabitants", "count_members"})

State = Literal["expected", "former", "part", "revised"]


class Asked(NamedTuple):
    """The question a figure answers, and what narrows it."""

    question: str
    aspect: str | None = None


class Sides(NamedTuple):
    """The words beside a figure, up to the figures before and after it and the marks of its clause.

    `far_before` goes on past these, `printed_before` has accents.
    """

    before: str
    after: str
    far_before: str
    printed_before: str

    @classmethod
    def around(cls, passage: Passage, figures: Sequence[Figure], number: int) -> Sides:
        """The words beside the figure of a number."""
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


def state_of(passage: Passage, figure: Figure, sides: Sides, asked: Asked, past: frozenset[int]) -> State | None:
    """The state in which a figure is given; None as it is now. `past` are the sentences about a time long before."""
    before, after = sides.before[-STATE_WINDOW:], sides.after[:STATE_WINDOW]
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
    is_past = asked.question in words.ASKED_OF and asked.question not in GROUP_QUESTIONS
    if asked.question in GROUP_QUESTIONS and words.FORMER_GROUP.search(before):
        return "former"
    if words.FORMER.search(before) or (is_past and passage.sentence_at(figure.start_char) in past):
        return "former"
    if words.EXPECTED.search(before) or words.EXPECTED.search(after[:30]):
        return "expected"
    if words.REVISED.search(sides.far_before) or words.REVISED.search(after):
        return "revised"
    return None
