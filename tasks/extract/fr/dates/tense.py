"""Whether the words around a date look ahead or back: what tells the coming Friday from the last one.

The verb nearest before the date in its clause decides, then the nearest after it, then the rest of the sentence.
What each verb says stands in `tense.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from warehouse.rows import Sentence

_CLAUSE_EDGE = re.compile(r"[;:()«»“”]|, | (?:que|qu'|qui|dont|où|mais|alors que|et que) ")
_ALONE = re.compile(r"[\s.,:!•*–-]*(?:(?:(?:après|avant|dès|pour|depuis) )?(?:le|la|du|en|au|à|dès|l')[\s.,:!•*–-]*)?")
_DIRECTIONS = {"ahead": 1, "agenda": 1, "behind": -1, "lasted": -1, "": 0}


class Clue(NamedTuple):
    """What the words around a date say: `ahead`, `behind`, `agenda` or `lasted` as in `tense.toml`, or nothing; and whether
    a word of the same clause says so."""

    says: str = ""
    is_near: bool = False

    @property
    def direction(self) -> int:
        """1 ahead, -1 behind, 0 when nothing says."""
        return _DIRECTIONS[self.says]


def written_clues() -> list[dict[str, Any]]:
    """Every clue as it is written, in order."""
    clues: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["clue"]
    return clues


_SHAPES = {"clause": r"\b(?:{})\b", "before": r"\b(?:{})\s*$", "after": r"\s*(?:{})"}


@cache
def _clues(where: str) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (clue["says"], re.compile(_SHAPES[where].format(clue["pattern"]), re.VERBOSE * (where == "clause")))
        for clue in written_clues()
        if clue["where"] == where and "pattern" in clue
    ]


@cache
def _endings() -> list[tuple[str, re.Pattern[str], frozenset[str]]]:
    """What verbs say by their endings, which are quicker to find than words, and what has them and is no verb."""
    return [
        (clue["says"], re.compile(rf"(?<=\w\w)(?:{'|'.join(clue['endings'])})\b"), frozenset(clue.get("except", ())))
        for clue in written_clues()
        if "endings" in clue
    ]


def clue_at(text: str, sentence: Sentence, start: int, end: int) -> Clue:
    """What the words around `text[start:end]` say."""
    words = text[sentence.start_char : sentence.end_char].lower().replace("\u2019", "'").replace("\u00a0", " ")
    place, after = start - sentence.start_char, end - sentence.start_char
    if _ALONE.fullmatch(words[:place] + words[after:]):
        return Clue("ahead")  # a line that is nothing but a day heads an agenda, a programme, a forecast
    for says, pattern in _clues("before"):
        if pattern.search(words, max(0, place - 20), place):
            return Clue(says, True)
    clues = _of_clauses(words)
    if not clues:
        return next((Clue(says) for says, pattern in _clues("after") if pattern.match(words, after)), Clue())
    edges = [match.start() for match in _CLAUSE_EDGE.finditer(words)]
    left = max((edge for edge in edges if edge < place), default=-1)
    right = min((edge for edge in edges if edge >= after), default=len(words))
    before = [says for where, says in clues if left <= where < place]
    behind = [says for where, says in clues if after <= where < right]
    if before or behind:
        return Clue(before[-1] if before else behind[0], True)
    nearest = min(clues, key=lambda clue: abs(clue[0] - place) + (0 if clue[0] < place else 20))
    return Clue(nearest[1])


@lru_cache(maxsize=8)  # the dates of one sentence ask one after the other
def _of_clauses(words: str) -> list[tuple[int, str]]:
    """Where in a sentence words stand that look ahead or back, in order; of two on one place what is written first counts."""
    found: dict[int, str] = {}
    for says, pattern in _clues("clause"):
        for match in pattern.finditer(words):
            found.setdefault(match.start(), says)
    for says, pattern, exceptions in _endings():
        for match in pattern.finditer(words):
            word = words[max(words.rfind(" ", 0, match.start()), words.rfind("'", 0, match.start())) + 1 : match.end()]
            if word not in exceptions:
                found.setdefault(match.start(), says)
    return sorted(found.items())
