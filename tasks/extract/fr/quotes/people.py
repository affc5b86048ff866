"""The people of a text: which mentions name the same person, their gender and their offices."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tasks.extract.fr.first_names import genders_of_first_names
from tasks.extract.fr.quotes.words import DATA, TITLE
from tasks.extract.fr.roles import genders_of_offices
from tasks.text.folding import fold_text
from warehouse.facts import Mention, Role

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_MASCULINE_BEFORE = re.compile(r"(?<![\w'-])(?:le|un|ce|cet|celui|du|au) (?:\w+ )?$")
_FEMININE_BEFORE = re.compile(r"(?<![\w'-])(?:la|une|cette|celle) (?:\w+ )?$")


@dataclass(eq=False, slots=True)
class Person:
    """One person of a text: `fullest` is the longest name and the first of them; `gender` is "m", "f" or "" when the text does not show it."""

    fullest: Mention
    words: frozenset[str]
    places: list[int] = field(default_factory=list)  # where the mentions begin, in order
    titles: list[str] = field(default_factory=list)  # the gender of each title before a mention
    offices: list[Role] = field(default_factory=list)
    gender: str = ""

    def is_named_between(self, start: int, end: int) -> bool:
        """Whether a stretch of text names the person."""
        index = bisect_left(self.places, start)
        return index < len(self.places) and self.places[index] < end

    def distance(self, place: int) -> tuple[bool, int]:
        """How far the last mention before a place is; people who are only mentioned later come last."""
        before = bisect_left(self.places, place)
        return (before == 0, place - self.places[before - 1] if before else 0)


class People:
    """The people of a text, by their mentions."""

    def __init__(
        self, lowered: str, mentions: Sequence[Mention], roles: Sequence[Role], numbers: Mapping[Mention, int]
    ):
        self.by_mention: dict[Mention, Person] = {}
        self.all: list[Person] = []
        self._by_word: dict[str, list[Person]] = {}
        named = [(_name_words(mention.surface), mention) for mention in mentions if mention.label == "PER"]
        for words, mention in sorted(named, key=lambda each: (-len(each[0]), each[1].start_char)):
            self._add(words, mention, _gender_of_title(lowered, mention))
        by_number = {numbers[mention]: mention for mention in self.by_mention}
        for role in roles:
            holder = by_number.get(role.mention_no or 0)
            if holder is not None:
                self.by_mention[holder].offices.append(role)
        for person in self.all:
            person.gender = _gender(lowered, person)

    def _add(self, words: frozenset[str], mention: Mention, title: str) -> None:
        """Give a mention to the person whose name holds its words, the nearest one before it; else to a new person."""
        sharing = self._by_word.get(min(words), ()) if words else ()
        fitting = [person for person in sharing if words <= person.words]
        if fitting:
            person = min(fitting, key=lambda each: each.distance(mention.start_char))
        else:
            person = Person(mention, words)
            self.all.append(person)
            for word in words:
                self._by_word.setdefault(word, []).append(person)
        person.titles += [title] if title else []
        insort(person.places, mention.start_char)
        self.by_mention[mention] = person


def _name_words(surface: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold_text(surface)))


def _gender(lowered: str, person: Person) -> str:
    """The gender that titles and feminine offices show, else that of the first name, else that of other offices."""
    if person.titles:
        return max("fm", key=person.titles.count)
    offices = [_gender_of_office(lowered, role) for role in person.offices]
    if "f" in offices:
        return "f"
    first = fold_text(person.fullest.surface).split()
    genders = genders_of_first_names()
    known = (genders.get(first[0]) or genders.get(first[0].split("-")[0])) if first else None
    return known or ("m" if "m" in offices else "")  # women hold offices with masculine names


def _gender_of_title(lowered: str, mention: Mention) -> str:
    titles = list(TITLE.finditer(lowered, max(0, mention.start_char - 12), mention.end_char))
    for title in titles:
        if title.end() == mention.start_char or title.start() == mention.start_char:
            if title[0].strip() in DATA["feminine_titles"]:
                return "f"
            if title[0].strip() in DATA["masculine_titles"]:
                return "m"
    return ""


def _gender_of_office(lowered: str, role: Role) -> str:
    """The gender of an office ("présidente"), or of the article before it ("la maire")."""
    words = fold_text(role.role).split()
    gender = next(
        (known for length in range(min(4, len(words)), 0, -1) if (known := _office_gender(words[:length])) is not None),
        "",
    )
    start = lowered.find(role.role.lower().split(" ")[0], role.start_char, role.end_char)
    if gender == "f" or start < 0:
        return gender
    if _FEMININE_BEFORE.search(lowered, max(0, start - 24), start):
        return "f"
    return "m" if gender or _MASCULINE_BEFORE.search(lowered, max(0, start - 24), start) else ""


def _office_gender(words: Sequence[str]) -> str | None:
    return genders_of_offices().get(" ".join(words))
