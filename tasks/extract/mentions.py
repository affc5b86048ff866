"""Mentions of names: what the rules of a language read (`Document`), and the edits that all of them make.

A rule takes the mentions of a document and returns them corrected, in the order of the text and without overlap.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from warehouse.facts import Mention


@dataclass(frozen=True, slots=True)
class GazetteerMatch:
    """One known name in a text, with its label.

    It is a name wherever it stands (`always`), or only where the recogniser finds one as well (`if_recognised`).
    """

    start: int
    end: int
    label: str
    applies: Literal["always", "if_recognised"]


@dataclass(frozen=True, slots=True)
class Document:
    """One text as the rules read it: typographic apostrophes straight, special spaces plain, every position kept.

    `starts` are the positions where a sentence begins, `known` the gazetteer's matches by their positions.
    """

    text: str
    starts: frozenset[int]
    known: Mapping[tuple[int, int], GazetteerMatch] = field(default_factory=dict)


NameRule = Callable[[list[Mention], Document], list[Mention]]


def number_mentions(mentions: Iterable[Mention]) -> dict[Mention, int]:
    """The 1-based number of each mention in the order of the text, which is its number in the table `mentions`."""
    ordered = sorted(mentions, key=lambda mention: (mention.start_char, mention.end_char))
    return {mention: number for number, mention in enumerate(ordered, 1)}


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in the order of the text, the longer first where two begin together."""
    return sorted(mentions, key=lambda mention: (mention.start_char, -mention.end_char))


def reshape(mention: Mention, start: int, end: int, document: Document, label: str | None = None) -> Mention:
    """The same mention over other characters."""
    return replace(
        mention, start_char=start, end_char=end, surface=document.text[start:end], label=label or mention.label
    )


def found(
    start: int,
    end: int,
    label: str,
    rule: str,
    document: Document,
    *,
    is_demonym: bool = False,
) -> Mention:
    """A name that a rule found, not the recogniser."""
    return Mention(start, end, document.text[start:end], label, label, f"rule:{rule}", is_demonym)


def add_where_free(mentions: list[Mention], more: Iterable[Mention]) -> list[Mention]:
    """The mentions, and those of `more` that touch none of them."""
    more = list(more)
    if not more:
        return mentions
    taken = bytearray(max(mention.end_char for mention in (*mentions, *more)))
    added = list(mentions)
    for mention in mentions:
        taken[mention.start_char : mention.end_char] = b"\x01" * (mention.end_char - mention.start_char)
    for mention in more:
        if not any(taken[mention.start_char : mention.end_char]):
            taken[mention.start_char : mention.end_char] = b"\x01" * (mention.end_char - mention.start_char)
            added.append(mention)
    return in_order(added)


def put_over(mentions: list[Mention], better: Sequence[Mention]) -> list[Mention]:
    """`better` in the place of every mention they touch; one of exactly the same characters keeps its extractor."""
    if not better:
        return mentions
    same = {(mention.start_char, mention.end_char): mention for mention in mentions}
    chosen = [
        replace(old, label=new.label) if (old := same.get((new.start_char, new.end_char))) else new for new in better
    ]
    chosen = add_where_free([], sorted(chosen, key=lambda mention: mention.start_char - mention.end_char))
    return add_where_free(chosen, mentions)


class Longer:
    """Which stretches of a text are strictly inside one of these mentions, which do not overlap."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.spans = sorted((mention.start_char, mention.end_char) for mention in mentions)

    def holds(self, start: int, end: int) -> bool:
        """Whether `[start, end)` is strictly inside one of the mentions."""
        at = bisect_right(self.spans, (start, sys.maxsize)) - 1
        return at >= 0 and end <= self.spans[at][1] and self.spans[at] != (start, end)
