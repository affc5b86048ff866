"""Find the roles of people in a French text: "le Premier ministre britannique X", "X, présidente de la Commission européenne".

A role is an office or trade (`roles.toml`) directly beside the name of a person: before it, after a comma, or after
"est". Its organisation is the organisation or place named in it, else the country of its adjective.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasks.extract.fr.names.countries import demonym_countries
from tasks.extract.mentions import number_mentions
from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text
from warehouse.facts import Mention, Role, Sentence

_MARK = re.compile(r"[,.;:!?«»\"“”()\n–]")
_WORD = re.compile(r"[^\s'’]+['’]?")
_LEAD = re.compile(r" ?[,(–-] ?")
_AGE = re.compile(r"\d+ ans(?:,| et) ?")
_DEFINITE = re.compile(r"(?:\b(?:le|la|du|au|son|sa|notre)\s|\b[ldL]')(?:actuel(?:le)? |nouveau |nouvelle )?$")
_ARTICLES = ("la", "le", "l'", "les")
_REACH = 110  # characters between an office and a name at most
_MOST_WORDS = 9  # of an office's complement


class _Grammar(NamedTuple):
    before: re.Pattern[str]
    office: re.Pattern[str]
    copula: re.Pattern[str]
    link: re.Pattern[str]
    stops: frozenset[str]
    departments: frozenset[str]
    endings: tuple[str, ...]
    joints: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data = read_toml(Path(__file__).with_suffix(".toml"))
    nouns = _alternation(form for noun in data["nouns"] for form in noun.split("/"))
    office = (
        rf"(?P<former>(?:{_alternation(data['former'])})[ -]?)?(?P<noun>{nouns})"
        rf"(?: (?:{_alternation(data['adjectives'])}))*(?![\w-])"
    )
    determiners = _alternation(word if word.endswith("'") else f"{word} " for word in data["determiners"])
    links = "|".join(
        sorted(
            (re.escape(link).replace("'", "['’]").replace(r"\ ", r"\s") for link in data["links"]),
            key=len,
            reverse=True,
        )
    )
    return _Grammar(
        before=re.compile(rf"(?<![\w-]){office}"),
        office=re.compile(rf"(?:{determiners})*(?P<office>{office})"),
        copula=re.compile(rf" (?:(?:{_alternation(data['copulas'])}) )"),
        link=re.compile(rf"\s*\b(?:{links})\s*$"),
        stops=frozenset(map(fold_text, data["stops"])),
        departments=frozenset(map(fold_text, data["with_department"])),
        endings=tuple(map(fold_text, data["adjective_endings"])),
        joints=frozenset(map(fold_text, data["joints"])),
    )


def _alternation(words: Iterable[str]) -> str:
    """Any of the words as a regular expression over folded text."""
    return alternation(map(fold_text, words))


def find_roles(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Role]:
    """The roles of the people named in a French text, in order; positions in code points cover role and name."""
    passage = _Passage(
        text, fold_text(text), [each for each in mentions if each.label in ("ORG", "LOC")], number_mentions(mentions)
    )
    people = sorted((each for each in mentions if each.label == "PER"), key=lambda each: each.start_char)
    roles: list[Role] = []
    for sentence in sentences:
        inside = [
            each for each in people if sentence.start_char <= each.start_char and each.end_char <= sentence.end_char
        ]
        for number, person in enumerate(inside):
            floor = inside[number - 1].end_char if number else sentence.start_char
            roof = inside[number + 1].start_char if number + 1 < len(inside) else sentence.end_char
            found = (_before(passage, person, floor), _after(passage, person, roof))
            roles += [role for role in found if role is not None]
    return sorted(roles, key=lambda role: role.start_char)


class _Passage(NamedTuple):
    """A text as printed and folded, its organisations and places, and the number of every mention."""

    text: str
    folded: str
    places: Sequence[Mention]
    numbers: Mapping[Mention, int]


def _before(passage: _Passage, person: Mention, floor: int) -> Role | None:
    """ "Le Premier ministre tchèque, Petr Fiala,": the office that ends at the name, its beginning farthest away."""
    floor = max(floor, person.start_char - _REACH)
    for match in _grammar().before.finditer(passage.folded, floor, person.start_char):
        rest = passage.text[match.end() : person.start_char]
        if _is_complement(rest.rstrip().removesuffix(",").rstrip(), match.end(), passage.places) and (
            not rest.rstrip().endswith(",") or _is_definite(passage.folded, floor, match.start())
        ):
            end = match.end() + len(rest.rstrip(" ,"))
            return _role(passage, person, match, end, (match.start(), person.end_char))
    return None


def _is_definite(folded: str, floor: int, start: int) -> bool:
    """Whether a definite article stands before an office: only then does a name after a comma belong to it ("le maire de X, Y,")."""
    return start == floor or _DEFINITE.search(folded[max(0, start - 24) : start]) is not None


def _after(passage: _Passage, person: Mention, roof: int) -> Role | None:
    """ "X, directeur général de Y," and "X est maire de Y"."""
    folded = passage.folded
    lead = _LEAD.match(folded, person.end_char, roof) or _grammar().copula.match(folded, person.end_char, roof)
    if lead is None:
        return None
    age = _AGE.match(folded, lead.end(), roof)
    match = _grammar().office.match(folded, age.end() if age else lead.end(), roof)
    if match is None:
        return None
    end = _complement_end(passage.text, match.end(), roof, passage.places)
    if not folded[end:roof].strip() and roof < len(folded) and folded[end:roof]:
        return None  # "X, son entraîneur Y": the office is that of the name after it
    if end < roof and "," not in lead[0] and "(" not in lead[0] and not folded[lead.start() : lead.end()].strip():
        return None
    return _role(passage, person, match, end, (person.start_char, end))


def _is_complement(words: str, start: int, places: Sequence[Mention]) -> bool:
    """Whether all words between an office and a name are the complement of the office."""
    if _MARK.search(words):
        return False
    return _complement_end(words, 0, len(words), [_moved(each, -start) for each in places]) == len(words)


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start_char=mention.start_char + by, end_char=mention.end_char + by)


def _complement_end(text: str, start: int, roof: int, places: Sequence[Mention]) -> int:
    """Where the complement of an office stops: joint, noun, its adjectives, joint …; a name may be as long as it is.

    French has that order, so a word that fits nowhere is the verb or the next phrase.
    """
    stop = _MARK.search(text, start, roof)
    end, expected = start, "joint"
    for count, word in enumerate(_WORD.finditer(text, start, stop.start() if stop else roof)):
        named = any(each.start_char < word.end() and each.end_char > word.start() for each in places)
        kind = "name" if named else _kind(word[0])
        if kind == "stop" or count >= _MOST_WORDS:
            break
        if kind == "joint":
            expected = "noun"
            continue
        if kind == "article" and expected == "noun":
            continue
        fits = (
            (named and expected != "joint")
            or kind == "demonym"
            or (expected == "noun" or (kind == "adjective" and end > start))
        )
        if not fits:
            break
        end, expected = word.end(), "adjective"
    return end


def _kind(written: str) -> str:
    """What a word can be inside the complement of an office."""
    grammar, word = _grammar(), fold_text(written)
    if written == "a":  # has, not "à"
        return "stop"
    if word in grammar.joints:
        return "joint"
    if word in _ARTICLES:
        return "article"
    if word.rstrip("'") in grammar.stops:
        return "stop"
    if word in _country_of_adjective():
        return "demonym"
    return "adjective" if word.endswith(grammar.endings) else "noun"


@cache
def _country_of_adjective() -> dict[str, str]:
    """Folded adjective of a country (`britannique`) to the country's French name."""
    from babel import Locale

    territories = Locale.parse("fr").territories
    return {fold_text(form): territories.get(code, "") for form, code in demonym_countries().items()}


def _role(passage: _Passage, person: Mention, match: re.Match[str], end: int, span: tuple[int, int]) -> Role:
    """The role between the office at `match` and `end`, taken apart into role and organisation."""
    text, start = passage.text, match.start("noun")
    named = [each for each in passage.places if each.start_char >= match.end() and each.end_char <= end]
    if match["noun"] in _grammar().departments:
        named = [each for each in named if each.label == "LOC"]
    organisation, organisation_no, role = None, None, text[start:end]
    if named:
        organisation, organisation_no = named[0].surface, passage.numbers[named[0]]
        role = _grammar().link.sub("", text[start : named[0].start_char])
    countries = _country_of_adjective()
    adjectives = [word for word in role.split()[1:] if countries.get(fold_text(word))]
    if adjectives:
        organisation = organisation or countries[fold_text(adjectives[0])]
        role = " ".join(word for word in role.split() if word not in adjectives)
    first, last = min(span[0], match.start()), max(span[1], end)
    return Role(
        first, last, text[first:last], person.surface, role.strip(), organisation, match["former"] is not None,
        passage.numbers[person], organisation_no,
    )  # fmt: skip
