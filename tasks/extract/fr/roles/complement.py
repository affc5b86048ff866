"""The complement of an office ("maire *de Rennes*"): where it ends, and the organisation or place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tasks.extract.fr.roles.grammar import country_of_adjective, grammar
from tasks.text.folding import fold_text
from warehouse.facts import Mention

MARK = re.compile(r"[,.;:!?«»\"“”()\n–]")
_WORD = re.compile(r"[^\s'’,.;:!?«»\"“”()–]+['’]?")
_PARENTHESIS = re.compile(r" ?\([^()\n]{1,25}\) ?(?=(?:de|du|des|d['’]|à|au|aux|en)\b)")
_ARTICLES = ("la", "le", "l'", "les")
_DUTIES = re.compile(r" (?:en charge|chargée?|pour|en) ")
_OWN_NAME = re.compile(r"[^\W\d_]+ .*?(?<![^\W_])(?P<name>[A-ZÀ-ÝŒ])")  # "lycée Victor-Hugo", "musée de Brisquebec"
_ORDINAL = re.compile(r"\d+(?:er?|re|eme)")
_MOST_WORDS = 9
_LETTERS = r"[\w&.’'-]{0,60}"
_NAMED = re.compile(
    r"(?:\b(?:de\sla|de|du|des|au|à\sla|à|aux|en|chez)\s|\b(?:de\sl|d|à\sl)['’])"
    rf"(?P<name>[A-ZÀ-ÝŒ]{_LETTERS}(?:\s(?:(?:de|du|des|et|la|le|les)\s){{0,3}}[A-ZÀ-ÝŒ0-9]{_LETTERS}){{0,{_MOST_WORDS}}})$"
)


class Organisation(NamedTuple):
    """The organisation or place of an office as printed, the mention it was taken from, and where it begins."""

    surface: str
    mention: Mention | None
    start: int


def complement_end(text: str, start: int, roof: int, names: Sequence[Mention]) -> int:
    """Where the complement of an office stops: joint, noun, its adjectives, joint …; a name may be as long as it is.

    `names` are the mentions that may stand in it. French has that order, so a word that fits nowhere is the verb or the
    next phrase. A parenthesis before a joint ("maire (PS) de Y") is skipped.
    """
    end, place, expected, previous = start, start, "joint", ""
    for _ in range(_MOST_WORDS + 1):
        aside = _PARENTHESIS.match(text, place, roof)
        place = aside.end() if aside else place
        word = _WORD.search(text, place, roof)
        if word is None:
            break
        name = next((each for each in names if each.start_char < word.end() and each.end_char > word.start()), None)
        if MARK.search(text, place, word.start()):
            break
        kind = "name" if name is not None or _is_own_name(previous, word[0]) else _kind(word[0])
        previous = word[0]
        place = name.end_char if name is not None else word.end()
        if kind == "stop":
            break
        if kind == "joint":
            expected = "noun"
            continue
        if kind == "article" and expected == "noun":
            continue
        is_party = name is not None and end == start  # "maire PS de Y"
        fits = (
            kind == "demonym"
            or expected == "noun"
            or (kind == "name" and (expected != "joint" or is_party))
            or kind == "adjective"
        )
        if not fits:
            break
        end, expected = min(place, roof), "adjective"
    return end


def _is_own_name(previous: str, written: str) -> bool:
    """Whether a word in capitals is the name of the institution before it ("lycée Victor-Hugo")."""
    return written[0].isupper() and grammar().institution.fullmatch(fold_text(previous)) is not None


def _kind(written: str) -> str:
    """What a word can be inside the complement of an office."""
    words, word = grammar(), fold_text(written)
    if _ORDINAL.fullmatch(word):
        return "article"  # a noun follows, as after an article
    if written == "a" or written[0].isdigit():  # "a" is has, not "à"
        return "stop"
    if word in words.joints:
        return "joint"
    if word in _ARTICLES:
        return "article"
    if word.rstrip("'") in words.stops:
        return "stop"
    if word in country_of_adjective():
        return "demonym"
    return "adjective" if word.endswith(words.endings) else "noun"


def organisation_of(
    text: str, start: int, end: int, names: Sequence[Mention], *, is_department: bool
) -> Organisation | None:
    """The organisation or place in a complement: a name, else words in capitals, else an institution without a name.

    The department of a minister is part of the office; only a place is then an organisation.
    """
    inside = [
        each
        for each in names
        if start <= each.start_char
        and each.end_char <= end
        and each.label != "PER"
        and text[each.start_char - 1] != "("
    ]
    if is_department:
        inside = [each for each in inside if each.label == "LOC"]
    joined = [each for each in inside if grammar().link.search(fold_text(text[start : each.start_char]))]
    chosen = (joined or inside)[0] if inside else None
    institution = None if is_department else grammar().institution.search(fold_text(text), start, end)
    if chosen is not None:
        if institution is None or chosen.label == "ORG" or institution.start() > chosen.start_char:
            return Organisation(chosen.surface, chosen, chosen.start_char)
        return Organisation(text[institution.start() : chosen.end_char], None, chosen.start_char)
    capitals = None if is_department else _NAMED.search(text, start, end)
    if capitals is not None and any(each.end_char > capitals.start("name") for each in names):
        return None  # a person
    if capitals is not None and institution is None:
        return Organisation(capitals["name"], None, capitals.start("name"))
    if institution is None:
        return None
    words = _DUTIES.split(text[institution.start() : end])[0]
    own = _OWN_NAME.match(words)
    stop = institution.start() + own.start("name") if own else end
    return Organisation(words, None, stop) if len(words.split()) > 1 else None
