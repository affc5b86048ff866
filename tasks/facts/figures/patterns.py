"""The words of `lexicon.toml` as look-ups and regular expressions, built once. All of them read folded text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tasks.facts.figures.numerals import DIGITS_PATTERN, NUMBER_WORDS, WORDS_PATTERN, read_number
from tasks.facts.figures.units import measures
from tasks.facts.spelling import fold


def _folded(entries: dict[str, Any]) -> dict[str, Any]:
    return {fold(word): value for word, value in entries.items()}


def _alternation(words: Any) -> str:
    """The words as one regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(map(fold, words), key=len, reverse=True))


_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))
SCALES: dict[str, float] = _folded(_DATA["scale"])
SIGNS_OF_SCALE = frozenset(word for word in SCALES if len(word) <= 3)
APPROXIMATE: dict[str, list[float]] = _folded(_DATA["approximate"])
NOT_NOUNS = frozenset(map(fold, _DATA["not_counted"]["not_nouns"]))
ADJECTIVES = frozenset(map(fold, _DATA["not_counted"]["adjectives"]))
_FRACTIONS: dict[str, float] = _folded(_DATA["fraction"])
_NUMBERED = frozenset(map(fold, _DATA["not_counted"]["before"]))
_QUALIFIERS = {fold(words): name for name, phrases in _DATA["qualifier"].items() for words in phrases}

_FIRST = {"premier": 1, "premiere": 1, "second": 2, "seconde": 2}
_APPROXIMATE = _alternation(APPROXIMATE)
_TRIGGER = re.compile(rf"\d|\b(?=[a-z])(?:{_alternation([*NUMBER_WORDS, *APPROXIMATE])})s?\b")
TIMES = {"deux": 2, "trois": 3, "quatre": 4}
NUMBER = re.compile(
    rf"""(?=[-−\d$€£¥a-z])(?<![\w.,/:'])(?<![a-z]-)(?<!\d[ ])
    (?P<sign>(?<![\d\w])(?:[-−]\ ?|(?<!au\ )(?<!du\ )(?<!pas\ )(?<!ou\ )(?<!le\ )(?<!de\ )(?<!en\ )moins\ )(?=\d))?(?P<prefix>(?:(?:us|ca|hk|a|usd|aud|cad)?\ ?\$|€|£|¥|(?:gbp|usd|eur|chf)(?=\ ?\d))\ ?)?
    (?:(?P<over>\d{{1,2}})/(?P<under>\d{{1,3}})(?![\d/])|(?P<digits>{DIGITS_PATTERN})(?:(?:e|\ ?x\ ?10\^)(?P<exponent>-?\d+)(?!\w)|\^(?P<power>-?\d{{1,2}})(?![\w,]))?(?![/:]\d|\d)
      |(?:(?P<times>une?|deux|trois|quatre|quelque)\ (?:bonne\ |petite\ |grosse\ )?)?(?P<half>demi-)?(?P<approximate>{_APPROXIMATE})s?(?!\w)
      |(?P<words>{WORDS_PATTERN}))""",
    re.VERBOSE,
)
AND_A_PART = re.compile(
    rf" et demie?(?!\w)| et (?P<words>{WORDS_PATTERN.replace(chr(92) + chr(32), chr(32))}) (?P<part>{_alternation(_FRACTIONS)}|[a-z-]+iemes?)(?!\w)|  ?(?P<over>\d{{1,2}})/(?P<under>\d{{1,2}})(?![\d/])"
)
DECIMALS = re.compile(rf"\ virgule\ (?P<decimals>{WORDS_PATTERN})", re.VERBOSE)
SCALE = re.compile(rf"[ ]?(?:(?<=[a-z] )(?:de )?)?(?P<scale>{_alternation(SCALES)}|m(?= ?[€$]))(?![\w'])")
FRACTION = re.compile(
    rf"[ ](?P<part>{_alternation(_FRACTIONS)}|[a-z-]+iemes?)(?![\w-]|\ de\ finale|\ d'heure)(?=\ d|\ ?[,.;!?)]|$)",
    re.VERBOSE,
)
GAP = re.compile(r" {0,2}(?:(?:de|en) |d')?-?")
WORDISH = re.compile(r"[^\W\d]+(?:/[a-z]+|[23²³])?|%|€|£|¥|[a-z]*\$|°(?: ?[cfk](?![a-z]))?|\d{3}(?!\d)|\.")
NOUN = re.compile(r" (?P<de>de |d')?(?P<noun>[a-z]{2,}(?:-[a-z]+)*)(?!')")
OUT_OF = re.compile(
    rf" sur (?:les )?(?:(?P<digits>\d+)(?![\d,.]\d)|(?P<words>{WORDS_PATTERN.replace(chr(92) + ' ', ' ')}))"
)
CAPITAL_WORD = re.compile(r"[A-ZÀ-Ý][\w’'-]*$")

_RANK = _DATA["rank"]
_ORDINAL = r"\d+ ?(?:ere|er|ieme|eme|nde|nd|e)(?!\w)"
ORDINAL = re.compile(_ORDINAL)
RANK = re.compile(
    rf"(?<!\w)(?:{_alternation(_RANK['before'])}) (?:a la |au |a )?(?P<rank_behind>{_ORDINAL})"
    rf"|(?<!\w)(?P<rank_before>{_ORDINAL}) (?:{_alternation(_RANK['after'])})(?!\w)"
    rf"|n° ?(?P<rank_number>\d+) mondiale?"
)
_NOT_FIGURES = re.compile(
    r"""(?=[\d+])(?:
    (?<!\d)(?:\+\d{1,3}[ .]?|0)\d(?:[ .-]?\d{2}){4}(?!\d)  # a telephone number
    |(?<![\w,-])\d{1,3}\ ?[-–]\ ?\d{1,3}(?:[ ,]+\d-\d)*  # a score
        (?![\w-]|,\d|\ ?(?:%|€|ans|jours|euros|m|km|degres|millions|milliards)(?!\w))
    |(?<![\d])\d{2}\.\d{2}(?:\.\d{2})+|(?<!\w)\d{5}(?=\ [a-z]+\ cedex)  # a code
    |(?<!\w)24\ ?h?\ ?(?:/|sur)\ ?24\b)""",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"(?<!\S)\S*?(?://|www\.|@)\S*|#\w+")


def not_figures(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where numbers stand that are parts of telephone numbers, scores, codes and addresses."""
    taken = [match.span() for match in _NOT_FIGURES.finditer(folded, start, end)]
    if any(mark in folded for mark in ("//", "www.", "@", "#")):
        taken += [match.span() for match in _ADDRESS.finditer(folded, start, end)]
    return taken


ONLY_ORDINALS = re.compile(
    r"(?:[a-z-]+ieme|premiere?|seconde?|\d+ ?(?:er|ere|e|eme|nd|nde))(?:, (?:[a-z-]+ieme|\d+e))*[ .]*"
)
ORDINAL_WORD = re.compile(r"[a-z0-9-]+")
_AFTER = {
    name: re.compile(rf"[ ,]{{0,2}}(?:{_alternation(words)})(?!\w)") for name, words in _DATA["qualifier_after"].items()
}
_WORD_BEFORE = re.compile(r"[^\s(«\"']+\s*$")


def has_number(folded: str, start: int, end: int) -> bool:
    """Whether a sentence can hold a figure at all; asked first, because most do not."""
    return bool(_TRIGGER.search(folded, start, end)) or (end - start < 60 and "ieme" in folded[start:end])


def currency_of(sign: str) -> str | None:
    """The ISO 4217 code of a sign written before the number."""
    kind, code = measures().get(sign.replace(" ", ""), ("", ""))
    return code if kind == "money" else None


@cache
def rank_of(word: str) -> int | None:
    """The place an ordinal names: "12e", "troisième"."""
    if word[0].isdigit():
        return int(re.sub(r"\D", "", word))
    if word in _FIRST:
        return _FIRST[word]
    stem = re.sub(r"iemes?$", "", word)
    stem = stem.removesuffix("u") if stem.endswith("qu") else stem.replace("neuv", "neuf")
    return read_number(stem) or read_number(stem + "e")


@cache
def part_of_one(word: str) -> float | None:
    """What a word like "tiers" or "cinquièmes" is of one."""
    if word in _FRACTIONS:
        return _FRACTIONS[word]
    whole = rank_of(word.removesuffix("s"))
    return 1 / whole if whole and whole > 2 else None


def qualifier_before(folded: str, floor: int, start: int) -> tuple[str | None, int]:
    """The qualifier right before `start` and where it begins; the longest phrase wins."""
    begin = max(floor, start - 26)
    before = folded[begin:start]
    cuts = [0] if begin == floor else []
    cuts += [index + 1 for index, letter in enumerate(before[:-1]) if letter in " ('\""]
    for cut in cuts:
        name = _QUALIFIERS.get(before[cut:].rstrip())
        if name is not None:
            return name, begin + cut
    return None, start


def qualifier_after(folded: str, end: int, limit: int) -> tuple[str | None, int]:
    """The qualifier right behind `end` and where it stops."""
    for name, pattern in _AFTER.items():
        match = pattern.match(folded, end, limit)
        if match:
            return name, match.end()
    return None, end


def is_numbered(folded: str, floor: int, start: int) -> bool:
    """Whether the word before makes the number a name ("article 49", "n° 5")."""
    before = folded[max(floor, start - 24) : start].rstrip(" :°.")
    if folded[max(floor, start - 3) : start].strip().endswith("°"):
        return True
    match = _WORD_BEFORE.search(before)
    return bool(match) and match[0].strip() in _NUMBERED  # type: ignore[index]
