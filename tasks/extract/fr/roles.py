"""Find what a French text says people are: "le Premier ministre britannique X", "X, présidente de la Commission européenne".

A role is an office or trade (data, `roles.toml`) right beside the name of a person: before it, behind a comma, or
behind "est". What the role is of is the organisation or place named in it, else the country of its adjective.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasks.extract.folding import fold
from tasks.extract.fr.names.countries import demonym_countries
from warehouse.rows import Mention, Role, Sentence

_MARK = re.compile(r"[,.;:!?«»\"“”()\n–]")
_WORD = re.compile(r"[^\s'’]+['’]?")
_REACH = 110  # characters between an office and a name at most
_MOST_WORDS = 9  # of what an office is of


class _Grammar(NamedTuple):
    before: re.Pattern[str]
    office: re.Pattern[str]
    copula: re.Pattern[str]
    stops: frozenset[str]
    departments: frozenset[str]
    endings: tuple[str, ...]
    joints: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    forms = {fold(form) for noun in data["nouns"] for form in noun.split("/")}
    nouns = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    adjectives = "|".join(sorted(map(re.escape, map(fold, data["adjectives"])), key=len, reverse=True))
    former = "|".join(sorted(map(re.escape, map(fold, data["former"])), key=len, reverse=True))
    office = rf"(?P<former>(?:{former})[ -]?)?(?P<noun>{nouns})(?: (?:{adjectives}))*(?![\w-])"
    copulas = "|".join(sorted(map(fold, data["copulas"]), key=len, reverse=True))
    return _Grammar(
        re.compile(rf"(?<![\w-]){office}"),
        re.compile(
            rf"(?:(?:le|la|un|une|son|sa|notre|leur|actuel|actuelle|egalement|aussi|par ailleurs) |l')*(?P<office>{office})"
        ),
        re.compile(rf" (?:(?:{copulas}) )"),
        frozenset(map(fold, data["stops"])),
        frozenset(map(fold, data["with_department"])),
        tuple(map(fold, data["adjective_endings"])),
        frozenset(map(fold, data["joints"])),
    )


def find_roles(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Role]:
    """The roles of the people named in a French text, in order; positions in code points cover role and name."""
    folded = fold(text)
    people = sorted((each for each in mentions if each.label == "PER"), key=lambda each: each.start_char)
    places = [each for each in mentions if each.label in ("ORG", "LOC")]
    roles: list[Role] = []
    for sentence in sentences:
        inside = [
            each for each in people if sentence.start_char <= each.start_char and each.end_char <= sentence.end_char
        ]
        for number, person in enumerate(inside):
            floor = inside[number - 1].end_char if number else sentence.start_char
            roof = inside[number + 1].start_char if number + 1 < len(inside) else sentence.end_char
            for role in (_before(text, folded, person, floor, places), _behind(text, folded, person, roof, places)):
                if role is not None:
                    roles.append(role)
    return sorted(roles, key=lambda role: role.start_char)


def _before(text: str, folded: str, person: Mention, floor: int, places: list[Mention]) -> Role | None:
    """ "Le Premier ministre tchèque, Petr Fiala," : the office that ends at the name, its beginning farthest away."""
    floor = max(floor, person.start_char - _REACH)
    for match in _grammar().before.finditer(folded, floor, person.start_char):
        rest = text[match.end() : person.start_char]
        if _is_complement(rest.rstrip().removesuffix(",").rstrip(), match.end(), places) and (
            not rest.rstrip().endswith(",") or _has_article(folded, floor, match.start())
        ):
            end = match.end() + len(rest.rstrip(" ,"))
            return _role(text, folded, person, match, end, (match.start(), person.end_char), places)
    return None


def _has_article(folded: str, floor: int, start: int) -> bool:
    """A name behind a comma is the office's own only when the office is a definite one ("le maire de X, Y,")."""
    return (
        re.search(
            r"(?:\b(?:le|la|du|au|son|sa|notre)\s|\b[ldL]')(?:actuel(?:le)? |nouveau |nouvelle )?$",
            folded[max(0, start - 24) : start],
        )
        is not None
        or start == floor
    )


def _behind(text: str, folded: str, person: Mention, roof: int, places: list[Mention]) -> Role | None:
    """ "X, directeur général de Y," and "X est maire de Y"."""
    lead = re.compile(r" ?[,(–-] ?").match(folded, person.end_char, roof) or _grammar().copula.match(
        folded, person.end_char, roof
    )
    if lead is None:
        return None
    age = re.compile(r"\d+ ans(?:,| et) ?").match(folded, lead.end(), roof)
    match = _grammar().office.match(folded, age.end() if age else lead.end(), roof)
    if match is None:
        return None
    end = _complement_end(text, match.end(), roof, places)
    if not folded[end:roof].strip() and roof < len(folded) and folded[end:roof]:
        return None  # "X, son entraîneur Y": the office is that of the name behind it
    if end < roof and "," not in lead[0] and "(" not in lead[0] and not folded[lead.start() : lead.end()].strip():
        return None
    return _role(text, folded, person, match, end, (person.start_char, end), places)


def _is_complement(words: str, start: int, places: list[Mention]) -> bool:
    """Whether the words between an office and a name only say what it is an office of."""
    if _MARK.search(words):
        return False
    return _complement_end(words, 0, len(words), [_moved(each, -start) for each in places]) == len(words)


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start_char=mention.start_char + by, end_char=mention.end_char + by)


def _complement_end(text: str, start: int, roof: int, places: list[Mention]) -> int:
    """Where what an office is of stops: joint, noun, its adjectives, joint …; a name may be as long as it is.

    French says it in that order, so a word that fits nowhere is the verb or the next phrase.
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
    """What a word can be inside what an office is of."""
    grammar, word = _grammar(), fold(written)
    if written == "a":  # has, not "à"
        return "stop"
    if word in grammar.joints:
        return "joint"
    if word in ("la", "le", "l'", "les"):
        return "article"
    if word.rstrip("'") in grammar.stops:
        return "stop"
    if word in demonyms():
        return "demonym"
    return "adjective" if word.endswith(grammar.endings) else "noun"


@cache
def demonyms() -> dict[str, str]:
    """Folded adjective of a country (`britannique`) to the country's French name."""
    from babel import Locale

    territories = Locale.parse("fr").territories
    return {fold(form): territories.get(code, "") for form, code in demonym_countries().items()}


def _role(
    text: str,
    folded: str,
    person: Mention,
    match: re.Match[str],
    end: int,
    span: tuple[int, int],
    places: list[Mention],
) -> Role:
    """The role between the office at `match` and `end`, taken apart into role and organisation."""
    start = match.start("noun")
    named = [each for each in places if each.start_char >= match.end() and each.end_char <= end]
    organisation, role = None, text[start:end]
    if match["noun"] in _grammar().departments:
        named = [each for each in named if each.label == "LOC"]
    if named:
        organisation = named[0].surface
        role = re.sub(
            r"\s*(?:\b(?:de la|de|du|des|à la|à|au|aux|en|chez)|\b(?:de l|d|à l)['’])\s*$",
            "",
            text[start : named[0].start_char],
        )
    words = role.split()
    countries = [word for word in words[1:] if demonyms().get(fold(word))]
    if countries:
        organisation = organisation or demonyms()[fold(countries[0])]
        role = " ".join(word for word in words if word not in countries)
    is_former = match["former"] is not None
    first, last = min(span[0], match.start()), max(span[1], end)
    return Role(first, last, text[first:last], person.surface, role.strip(), organisation, is_former)
