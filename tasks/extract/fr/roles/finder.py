"""Find the roles of people in a French text: "le Premier ministre britannique X", "X, présidente de la Commission européenne".

A role is an office or trade (`words.toml`) beside the name of a person: before it, after a comma, or after "est". Its
organisation is the organisation or place in its complement, else the country of its adjective.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tasks.extract.fr.roles.complement import complement_end, organisation_of
from tasks.extract.fr.roles.grammar import country_of_adjective, grammar
from tasks.extract.mentions import number_mentions
from tasks.text.folding import fold_text, plain_spaces
from warehouse.facts import Mention, Role, Sentence

_DEFINITE = re.compile(
    r"(?:\b(?:le|la|du|au|son|sa|notre|celui du|une?)\s|\b[ldL]')(?:actuel(?:le)? |nouveau |nouvelle |jeune |futur(?:e)? )?$"
)
_COMPLEMENT_OF = re.compile(r"(?:\bde |\bd'|\bdu |\bavec |\bpar )$")
_TENURE = re.compile(r" (?:de \d{4} a \d{4}|entre \d{4} et \d{4}|jusqu'en (?:\w+ )?\d{4}|de \d{4} jusqu)")
_AND = re.compile(r",? et (?=(?:l'|le |la |aussi |egalement )?[a-z])|, (?=(?:ancien|ancienne|ex-))")
_CLAUSE = re.compile(
    r", (?:ree?lue?|elue?|nommee?|en poste|age[e]? de|\d+ ans|lui-meme|elle-meme|par ailleurs)[^,;:.!?«»\n]{0,50}, $"
)
_ASIDE = re.compile(r" \([^()]*\) ?")
_REST = 45  # characters of the rest of an apposition that opens a sentence
_AND_THE = re.compile(r"(?<![\w-])et (?:la |le |l')")
_REACH = 110  # characters between an office and a name at most


class _Passage(NamedTuple):
    """A text as printed and folded, its names in the order of the text, and the number of every mention."""

    text: str
    folded: str
    named: Sequence[Mention]
    starts: Sequence[int]
    numbers: Mapping[Mention, int]

    def names(self, start: int, end: int) -> Sequence[Mention]:
        """The names that begin in a stretch of text."""
        return self.named[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def find_roles(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Role]:
    """The roles of the people named in a French text, in order; positions in code points cover role and name."""
    named = sorted(
        (each for each in mentions if each.label != "MISC" and not each.is_demonym), key=lambda each: each.start_char
    )
    passage = _Passage(text, fold_text(text), named, [each.start_char for each in named], number_mentions(mentions))
    roles: list[Role] = []
    for sentence in sentences:
        named_there = passage.names(sentence.start_char, sentence.end_char)
        people = [each for each in named_there if each.label == "PER" and not _names_a_thing(passage, each)]
        for number, person in enumerate(people):
            if grammar().family.search(passage.folded, max(0, person.start_char - 16), person.start_char):
                continue
            roof = people[number + 1].start_char if number + 1 < len(people) else sentence.end_char
            roles += _before(passage, person, _floor(passage, people[:number], sentence.start_char))
            roles += _after(passage, person, roof)
    return sorted(roles, key=lambda role: role.start_char)


def _names_a_thing(passage: _Passage, person: Mention) -> bool:
    """Whether the name of a person is that of a school, a street or the like ("le lycée Victor-Hugo")."""
    start = person.start_char
    return grammar().namesake.search(passage.folded, max(0, start - 30), start) is not None


def _floor(passage: _Passage, before: Sequence[Mention], start: int) -> int:
    """Where the office before a name may begin: after the person before, who may be part of its complement."""
    for person in reversed(before):
        if not _COMPLEMENT_OF.search(passage.folded, max(start, person.start_char - 6), person.start_char):
            return person.end_char
    return start


def _before(passage: _Passage, person: Mention, floor: int) -> Iterator[Role]:
    """ "Le Premier ministre tchèque, Petr Fiala,": the office that ends at the name, its beginning farthest away."""
    target = person.start_char
    for _ in range(2):  # "le commandant des pompiers, le capitaine X" holds two
        match = _office_before(passage, target, max(floor, target - _REACH), person)
        if match is None:
            return
        end = complement_end(passage.text, match.end(), target, passage.names(match.end(), target))
        yield _role(passage, person, match, end, (match.start(), person.end_char))
        article = re.search(r", (?:le |la |l')$", passage.folded[floor : match.start()])
        if article is None:
            return
        target = floor + article.start() + 2


def _office_before(passage: _Passage, target: int, floor: int, person: Mention) -> re.Match[str] | None:
    words, folded = grammar(), passage.folded
    title = words.title.search(folded, floor, target)
    stop = title.start() if title else target
    for match in words.before.finditer(folded, floor, target):
        if match.end() > stop:
            return match if title and match.start() < stop else None
        is_definite = _is_definite(folded, floor, match.start())
        if words.idiom.search(folded, floor, match.start()) or (match["noun"] in words.also_verbs and not is_definite):
            continue
        end = complement_end(passage.text, match.end(), stop, passage.names(match.end(), stop))
        if _belongs(folded[end:stop]) or (
            is_definite and _is_apposed(passage, match.start(), end, stop, person, has_title=title is not None)
        ):
            return match
        opens = match["former"] is not None and match.start() == floor
        if opens or words.opener.search(folded, max(floor - 1, match.start() - 14, 0), match.start()):
            comma = folded.find(",", end, stop)
            if 0 <= comma < end + _REST and folded[comma:stop].strip() == ",":
                return match  # "Nommé préfet de X en août, Y", "Ancien boxeur reconverti dans le bois, Y"
    return None


def _belongs(gap: str) -> bool:
    """Whether nothing stands between an office and a name, or only "s'appelle"."""
    return gap in ("", " ") or grammar().called.fullmatch(gap) is not None


def _is_apposed(passage: _Passage, start: int, end: int, stop: int, person: Mention, *, has_title: bool) -> bool:
    """Whether a name is put to an office after a comma: "le maire de Y, X," and "le maire de Y, réélu en mai, X,"."""
    gap = passage.folded[end:stop]
    if _CLAUSE.fullmatch(gap):
        return True
    if gap.strip() != "," and not (has_title and not gap.strip()):
        return False
    closed = passage.folded[person.end_char : person.end_char + 2].lstrip(" ")[:1] in ",.;:()!?»–\n"
    return closed or not grammar().preposition.search(passage.folded, max(0, start - 24), start)


def _is_definite(folded: str, floor: int, start: int) -> bool:
    """Whether an article stands before an office: only then does a name after a comma belong to it ("le maire de X, Y,")."""
    return start == floor or _DEFINITE.search(folded[max(0, start - 24) : start]) is not None


def _after(passage: _Passage, person: Mention, roof: int) -> Iterator[Role]:
    """ "X, directeur général de Y, et ancien Z" and "X est maire de Y"."""
    folded = passage.folded
    lead = grammar().lead.match(folded, person.end_char, roof)
    copula = None if lead else grammar().copula.match(folded, person.end_char, roof)
    opening = lead or copula
    match = grammar().after.match(folded, opening.end(), roof) if opening else None
    is_past = match is not None and opening is not None and opening["past"] is not None
    if match is None and (elected := grammar().elected.match(folded, person.end_char, roof)):
        match = grammar().after.match(folded, elected.end(), roof)
    while match is not None:
        end = complement_end(passage.text, match.end(), roof, passage.names(match.end(), roof))
        joined = _AND_THE.search(folded, person.end_char, match.start("noun")) is not None
        if _is_of_the_next(passage, end, roof, is_joined=joined):
            return
        role = _role(passage, person, match, end, (person.start_char, end), is_past=is_past)
        yield role
        link = _AND.match(folded, end, roof)
        match = grammar().after.match(folded, link.end(), roof) if link and lead else None


def _is_of_the_next(passage: _Passage, end: int, roof: int, *, is_joined: bool) -> bool:
    """Whether the office after a name is that of the name after it: "X, son entraîneur Y" and "X, et le maire de Z, Y"."""
    rest = passage.folded[end:roof]
    return roof < len(passage.folded) and bool(rest) and (not rest.strip() or (is_joined and rest.strip() == ","))


def _role(
    passage: _Passage, person: Mention, match: re.Match[str], end: int, span: tuple[int, int], *, is_past: bool = False
) -> Role:
    """The role between the office at `match` and `end`, taken apart into role and organisation."""
    text, start = passage.text, match.start("noun")
    names = passage.names(match.end(), end)
    held = organisation_of(text, match.end(), end, names, is_department=match["noun"] in grammar().departments)
    stop = held.start if held else end
    if held and names and names[0] is not held.mention and not text[match.end() : names[0].start_char].strip():
        stop = names[0].start_char  # the party in "sénatrice PS de Y"
    role = _ASIDE.sub(" ", grammar().link.sub("", plain_spaces(text[start:stop])))
    organisation, organisation_no = None, None
    if held:
        organisation = held.surface
        organisation_no = passage.numbers[held.mention] if held.mention else None
    countries = country_of_adjective()
    adjectives = [word for word in role.split()[1:] if countries.get(fold_text(word))]
    if adjectives:
        organisation = organisation or countries[fold_text(adjectives[0])]
        role = " ".join(word for word in role.split() if word not in adjectives)
    first, last = min(span[0], match.start()), max(span[1], end)
    is_former = is_past or match["former"] is not None or _TENURE.match(passage.folded, end) is not None
    return Role(
        first, last, text[first:last], person.surface, role.strip(), organisation, is_former,
        passage.numbers[person], organisation_no,
    )  # fmt: skip
