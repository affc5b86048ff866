"""Whether the words around a date point to the future or to the past: what distinguishes the coming Friday from the last one.

The verb nearest before the date in its clause decides, then the nearest after it, then the rest of the sentence.
The verbs are in `tense.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tasks.text.data_files import read_toml
from warehouse.facts import Sentence

_CLAUSE_EDGE = re.compile(r"[;:()«»“”]|, | (?:que|qu'|qui|dont|où|mais|alors que|et que) ")
_ALONE = re.compile(r"[\s.,:!•*–-]*(?:(?:(?:après|avant|dès|pour|depuis) )?(?:le|la|du|en|au|à|dès|l')[\s.,:!•*–-]*)?")
_LONGEST_ALONE = 60  # characters beside a date in a line that has only a date
_REACH_BEFORE = 90  # characters
_DIRECTIONS = {"future": 1, "scheduled": 1, "past": -1, "lasting": -1, "": 0}


class Clue(NamedTuple):
    """The evidence of the words around a date.

    It is its kind (`future`, `past`, `scheduled` or `lasting` as in `tense.toml`, or empty when there is none), and whether
    the word is in the clause of the date.
    """

    kind: str = ""
    is_near: bool = False

    @property
    def direction(self) -> int:
        """1 for the future, -1 for the past, 0 without evidence."""
        return _DIRECTIONS[self.kind]


def written_clues() -> list[dict[str, Any]]:
    """The entries of `tense.toml`, in order."""
    clues: list[dict[str, Any]] = read_toml(Path(__file__).with_suffix(".toml"))["clue"]
    return clues


_SHAPES = {"clause": r"\b(?:{})\b", "before": r"\b(?:{})\s*$", "after": r"\s*(?:{})"}


@cache
def _clues(where: str) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (clue["kind"], re.compile(_SHAPES[where].format(clue["pattern"]), re.VERBOSE * (where == "clause")))
        for clue in written_clues()
        if clue["where"] == where and "pattern" in clue
    ]


@cache
def _endings() -> list[tuple[str, re.Pattern[str], frozenset[str]]]:
    """Verb endings, which are quicker to find than words, with their kind and the words that have them and are not verbs."""
    return [
        (clue["kind"], re.compile(rf"(?<=\w\w)(?:{'|'.join(clue['endings'])})\b"), frozenset(clue.get("except", ())))
        for clue in written_clues()
        if "endings" in clue
    ]


def clue_at(text: str, sentence: Sentence, start: int, end: int) -> Clue:
    """The evidence of the words around `text[start:end]`."""
    words = _lowered(text, sentence.start_char, sentence.end_char)
    place, after = start - sentence.start_char, end - sentence.start_char
    if len(words) - (after - place) <= _LONGEST_ALONE and _ALONE.fullmatch(words[:place] + words[after:]):
        return Clue("future")  # a line with only a day is the heading of an agenda, a programme, a forecast
    for kind, pattern in _clues("before"):
        if pattern.search(words, max(0, place - _REACH_BEFORE), place):
            return Clue(kind, True)
    clues = _of_clauses(words)
    if not clues:
        return next((Clue(kind) for kind, pattern in _clues("after") if pattern.match(words, after)), Clue())
    edges = _edges(words)
    number = bisect_left(edges, place)
    left = edges[number - 1] if number else -1
    number = bisect_left(edges, after)
    right = edges[number] if number < len(edges) else len(words)
    here, following = bisect_left(clues, (place,)), bisect_left(clues, (after,))
    if here and clues[here - 1][0] >= left:
        return Clue(clues[here - 1][1], True)
    if following < len(clues) and clues[following][0] < right:
        return Clue(clues[following][1], True)
    near = clues[max(0, here - 1) : here + 1]  # the last one before the date, and the first one after its beginning
    return Clue(min(near, key=lambda clue: abs(clue[0] - place) + (0 if clue[0] < place else 20))[1])


@lru_cache(maxsize=8)  # called for each date of a sentence
def _lowered(text: str, start: int, end: int) -> str:
    return text[start:end].lower().replace("\u2019", "'").replace("\u00a0", " ")


@lru_cache(maxsize=8)
def _edges(words: str) -> list[int]:
    """Where the clauses of a sentence end, in order."""
    return [match.start() for match in _CLAUSE_EDGE.finditer(words)]


@lru_cache(maxsize=8)
def _of_clauses(words: str) -> list[tuple[int, str]]:
    """The position and kind of each clue in a sentence, in order; of two at one position, the first entry of the table."""
    found: dict[int, str] = {}
    for kind, pattern in _clues("clause"):
        for match in pattern.finditer(words):
            found.setdefault(match.start(), kind)
    for kind, pattern, exceptions in _endings():
        for match in pattern.finditer(words):
            word = words[max(words.rfind(" ", 0, match.start()), words.rfind("'", 0, match.start())) + 1 : match.end()]
            if word not in exceptions:
                found.setdefault(match.start(), kind)
    return sorted(found.items())
