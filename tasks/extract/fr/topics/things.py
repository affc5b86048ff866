"""The thing that a figure or a date describes: an organisation, an event or a project, named or not.

A thing is a name, or one of the nouns of `words.toml` ("la coalition", "l'incendie"). A noun stands for the name that holds it
elsewhere in the text ("l'alliance" for "Alliance des ports"), or, after "cette" and the like, for the name before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tasks.extract.fr.topics import words
from tasks.extract.mentions import number_mentions
from tasks.text.folding import fold_text, lower_text
from warehouse.facts import Mention, Sentence

_NAMED = ("ORG", "MISC")
_SENTENCES_BACK = 3
_LONGEST = 800  # characters of a sentence


class Thing(NamedTuple):
    """One thing in a text: its positions, its kind (empty for a name that does not show it), its noun, its name, its mention.

    A noun with a capital and a complement is a name where the recogniser finds none: "la Mission Eau potable".
    """

    start: int
    end: int
    kind: str
    noun: str
    name: str = ""
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its sentences, its things in order, the positions of its names, and its mentions by number and by start."""

    text: str
    folded: str
    lowered: str
    sentences: Sequence[Sentence]
    starts: Sequence[int]
    numbers: Mapping[Mention, int]
    things: Sequence[Thing]
    thing_starts: Sequence[int]
    names: Sequence[tuple[int, int]]
    mentions: Mapping[int, Mention]
    numbered: Mapping[int, Mention]
    by_noun: Mapping[str, Sequence[Thing]]
    first_of_kind: Mapping[str, Thing]

    def sentence_at(self, position: int) -> int:
        """The place in `sentences` of the sentence at a position."""
        return max(0, bisect_right(self.starts, position) - 1)

    def inside(self, start: int, end: int) -> Sequence[Thing]:
        """The things that start in a range."""
        return self.things[bisect_left(self.thing_starts, start) : bisect_left(self.thing_starts, end)]

    def is_subject(self, thing: Thing) -> bool:
        """Whether no preposition stands before a thing."""
        return words.NO_SUBJECT.search(self.folded, max(0, thing.start - 24), thing.start) is None


def read_passage(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Passage:
    """Find the things of a text."""
    folded, lowered = fold_text(text), lower_text(text)
    named = [each for each in mentions if not each.is_demonym and (each.label in _NAMED or _is_built(lowered, each))]
    starts = {each.start_char: each for each in named}
    covered = sorted((each.start_char, each.end_char) for each in mentions)
    openings = {each.start_char for each in sentences}
    things: dict[int, Thing] = {}
    for match in words.THING.finditer(lowered):
        place = bisect_right(covered, (match.start(), len(text))) - 1
        if place >= 0 and covered[place][1] > match.start():
            continue  # part of a name
        link = words.NAME_LINK.match(folded, match.end())
        mention = starts.get(link.end()) if link else None
        noun = fold_text(match[0]).rstrip("sx")
        if mention is not None:
            things[match.start()] = named_thing(mention, match.lastgroup or "", noun, match.start())
        else:
            name = _capital_name(text, match.start(), match.end()) if match.start() not in openings else ""
            end = match.start() + len(name) if name else match.end()
            things[match.start()] = Thing(match.start(), end, match.lastgroup or "", noun, name)
    for match in words.HAPPENED.finditer(lowered):
        things.setdefault(match.start(), Thing(match.start(), match.end(), match.lastgroup or "", ""))
    taken = {thing.mention for thing in things.values()}
    for each in named:
        if each not in taken:
            found = words.THING.search(lowered, each.start_char, each.end_char)
            kind, noun = (found.lastgroup or "", fold_text(found[0]).rstrip("sx")) if found else ("", "")
            things[each.start_char] = named_thing(each, kind, noun, each.start_char)
    names = sorted((each.start_char, each.end_char) for each in mentions if each.label != "PER" and not each.is_demonym)
    ordered = [things[start] for start in sorted(things)]
    numbers = number_mentions(mentions)
    pieces = _cut_long(sentences)
    return Passage(
        text, folded, lowered, pieces, [each.start_char for each in pieces], numbers, ordered,
        [thing.start for thing in ordered], names, {each.start_char: each for each in mentions},
        {number: each for each, number in numbers.items()},
        _group_by_noun(ordered), {thing.kind: thing for thing in reversed(ordered)},
    )  # fmt: skip


def _group_by_noun(things: Sequence[Thing]) -> dict[str, list[Thing]]:
    """The named things by the noun in their name, in order."""
    grouped: dict[str, list[Thing]] = {}
    for thing in things:
        if thing.name and thing.noun:
            grouped.setdefault(thing.noun, []).append(thing)
    return grouped


def _cut_long(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, a very long one in pieces, so that the work for each figure has a bound."""
    return [
        Sentence(start, min(start + _LONGEST, each.end_char), "")
        for each in sentences
        for start in range(each.start_char, max(each.end_char, each.start_char + 1), _LONGEST)
    ]


def named_thing(mention: Mention, kind: str = "", noun: str = "", start: int | None = None) -> Thing:
    """The thing that a mention names; it may start before, at the noun beside the name."""
    return Thing(mention.start_char if start is None else start, mention.end_char, kind, noun, mention.surface, mention)


def _capital_name(text: str, start: int, end: int) -> str:
    """A noun with a capital, with its complement: a name; empty where it has neither, or is an acronym."""
    if not text[start].isupper() or text[start:end].isupper():
        return ""
    match = words.COMPLEMENT.match(text, end, end + 60)
    return text[start : match.end()] if match and match.end() > end else ""


def _is_built(lowered: str, mention: Mention) -> bool:
    """Whether a place is a thing of its own: "stade Gaston-Rivière"."""
    return mention.label == "LOC" and words.THING.match(lowered, mention.start_char, mention.end_char) is not None


def resolve_noun(passage: Passage, thing: Thing) -> Thing:
    """The name that a noun stands for; the thing itself when it has a name or stands for none."""
    if thing.name or not thing.noun:
        return thing
    found = _find_name(passage, thing)
    return found._replace(kind=found.kind or thing.kind) if found else thing


def _find_name(passage: Passage, thing: Thing) -> Thing | None:
    """The name before or after a noun that it stands for."""
    place = bisect_left(passage.names, (thing.start, thing.start)) - 1
    if place >= 0:
        start, end = passage.names[place]
        if words.APPOSED.fullmatch(passage.folded, end, thing.start) and not words.NO_SUBJECT.search(
            passage.folded, max(0, start - 24), start
        ):
            return named_thing(passage.mentions[start], thing.kind, thing.noun)
    same = passage.by_noun.get(thing.noun)
    if same:
        return same[max(0, bisect_left(same, (thing.start,)) - 1)]
    if thing.kind not in ("group", "show") or not words.DEFINITE.search(
        passage.folded, max(0, thing.start - 16), thing.start
    ):
        return None
    number = passage.sentence_at(thing.start)
    things = passage.inside(passage.sentences[number].start_char, thing.start)
    beside = {each.name: each for each in things if each.name and not each.kind}
    if len(beside) == 1 and thing.kind == "group":
        return next(iter(beside.values()))  # "Oxalys : la jeune pousse nantaise …"
    found = (_named_in(passage, back, {thing.kind, ""}) for back in range(number - 1, max(-1, number - 3), -1))
    return next((each for each in found if each is not None), None)


def _named_in(passage: Passage, number: int, kinds: set[str]) -> Thing | None:
    """The name of some kinds that is the subject of a sentence, or the only one in it."""
    subject = subject_of(passage, number, len(passage.text), kinds)
    if subject is not None and subject.name:
        return subject
    sentence = passage.sentences[number]
    inside = passage.inside(sentence.start_char, sentence.end_char)
    named = [each for each in inside if each.name and each.kind in kinds]
    return named[0] if len({each.name for each in named}) == 1 else None


def subject_of(
    passage: Passage, number: int, end: int, kinds: frozenset[str] | set[str], *, named: bool = False
) -> Thing | None:
    """The first thing of a sentence before `end` that no preposition stands before and that has one of the kinds, or a name."""
    sentence = passage.sentences[number]
    for thing in passage.inside(sentence.start_char, min(end, sentence.end_char)):
        if (thing.kind in kinds or (named and thing.name)) and passage.is_subject(thing):
            return thing
    return None


def is_group(thing: Thing, kinds: frozenset[str]) -> bool:
    """Whether a thing has one of the kinds, or a name: "Forum baltique" may be an organisation."""
    return thing.kind in kinds or bool(thing.name)


def group_of(passage: Passage, start: int, end: int, kinds: frozenset[str]) -> Thing | None:
    """The organisation named between two positions: a name or a noun of some kinds."""
    number = passage.sentence_at(start)
    sentence = passage.sentences[number]
    owner = owner_of(passage, end, sentence.end_char, kinds)
    if owner is not None:
        return resolve_noun(passage, owner)
    before = [thing for thing in passage.inside(sentence.start_char, start) if is_group(thing, kinds)]
    # "une coalition de 31 pays"
    if before and passage.folded[before[-1].end : start].strip() in ("de", "d'", "a", "(", ","):
        return resolve_noun(passage, before[-1])
    subject = subject_of(passage, number, start, kinds, named=True)
    if subject is not None:
        return resolve_noun(passage, subject)
    if number and words.PRONOUN.match(passage.folded, sentence.start_char, start):
        subject = subject_of(passage, number - 1, len(passage.text), kinds, named=True)
        return resolve_noun(passage, subject) if subject else None
    named = [thing for thing in passage.inside(sentence.start_char, sentence.end_char) if is_group(thing, kinds)]
    return resolve_noun(passage, named[0]) if len(named) == 1 else None


def owner_of(passage: Passage, end: int, roof: int, kinds: frozenset[str]) -> Thing | None:
    """The thing directly after a position, behind "de": "les 35 membres de la coalition"."""
    link = words.OF.match(passage.folded, end, roof)
    if link is None:
        return None
    return next((thing for thing in passage.inside(link.end(), link.end() + 1) if is_group(thing, kinds)), None)


def event_of(passage: Passage, start: int, kinds: frozenset[str]) -> Thing | None:
    """The nearest thing of some kinds, named or not: in the sentence, in those before it, or the first of the text."""
    number = passage.sentence_at(start)
    for back in range(number, max(-1, number - 1 - _SENTENCES_BACK), -1):
        sentence = passage.sentences[back]
        found = [thing for thing in passage.inside(sentence.start_char, sentence.end_char) if thing.kind in kinds]
        if found:
            return min(found, key=lambda thing: abs(thing.start - start))
    first = [passage.first_of_kind[kind] for kind in kinds if kind in passage.first_of_kind]
    return min(first, key=lambda thing: thing.start, default=None)


def name_thing(passage: Passage, thing: Thing) -> str | None:
    """The thing as printed: its name, or its noun with the complement after it; None for a verb."""
    if thing.name:
        return " ".join(thing.name.split())
    if not thing.noun:
        return None
    sentence = passage.sentences[passage.sentence_at(thing.start)]
    match = words.COMPLEMENT.match(passage.text, thing.end, min(sentence.end_char, thing.end + 60))
    return " ".join(passage.text[thing.start : match.end() if match else thing.end].split())
