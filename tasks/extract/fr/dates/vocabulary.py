"""The words dates are made of, by class, and one character for each set of classes.

The rules are regular expressions over those characters, one a word: short strings, quickly searched.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from tasks.extract.fr.figures.numerals import NUMBER_WORDS, read_number
from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text

Values = dict[str, Any]  # what a word means in each class it is in

_FIRST_TAG = 0xE000  # Unicode's private use: no text means anything by these characters
ACCENTED = frozenset({"à", "dès", "là"})  # words whose accent makes the word: "a" has, "des" and "la" are articles
SHAPES = ("ISO", "NUMERIC", "YEARMONTH", "CLOCK", "HOUR24", "SLASH", "ROMAN", "DECIMAL", "WORD", "PLURAL", "OTHER")
_STARTS = (
    "MONTH",
    "SHORTMONTH",
    "EMONTH",
    "WEEKDAY",
    "SHORTDAY",
    "UNIT",
    "SEASON",
    "DAYPART",
    "OFFSET",
    "BESIDE",
    "HOLIDAY",
    "NOON",
    "VAGUE",
    "THATDATE",
    "ERA",
)
_TOO_COMMON = frozenset(["apres", "avant", "nouvel", "premier"])  # first words of phrases


class Vocabulary:
    """Every word of the lexicon and of the rules (`literals`), and the tags of every set of classes there can be."""

    def __init__(self, literals: frozenset[str], reduced: list[frozenset[str]]) -> None:
        self.words: dict[str, Values] = {}
        for name, entries in _lexicon().items():
            for word, value in entries.items():
                self.words.setdefault(fold_text(word), {})[name] = value
        for word in NUMBER_WORDS:
            number = read_number(word) or 0
            self.words.setdefault(word, {}).update(dict.fromkeys(number_classes(number, 0), number))
        for word in literals:
            spelled = word if word in ACCENTED else fold_text(word)
            self.words.setdefault(spelled, {})[word] = word
        self._tags: dict[frozenset[str], str] = {}
        self._name_every_set(reduced)

    def _name_every_set(self, reduced: list[frozenset[str]]) -> None:
        sets = [frozenset(values) for values in self.words.values()]
        sets += [frozenset(capital(values)) for values in self.words.values() if "MONTH" in values]
        sets += [number_classes(value, digits) for value in range(2201) for digits in range(5)]
        sets += [frozenset({shape}) for shape in SHAPES] + [ordinal_classes(1), ordinal_classes(99)] + reduced
        for classes in sets:
            self._tags.setdefault(classes, chr(_FIRST_TAG + len(self._tags)))

    def tag(self, classes: frozenset[str]) -> str:
        """The character that stands for exactly these classes."""
        return self._tags[classes]

    def tags(self, name: str) -> str:
        """Every character that stands for something in the class `name`."""
        return "".join(tag for classes, tag in self._tags.items() if name in classes)

    def phrases(self) -> list[str]:
        """The words of more than one word, longest first."""
        return sorted((word for word in self.words if len(word) > 1 and not word.isalpha()), key=len, reverse=True)


@cache
def _lexicon() -> dict[str, dict[str, Any]]:
    written = dict(read_toml(Path(__file__).with_name("lexicon.toml")))
    return written | {name: dict.fromkeys(words, True) for name, words in written.pop("sets").items()}


@cache
def triggers() -> frozenset[str]:
    """Words of which every date without a digit contains one: a sentence without any is not read.

    "été" is not among them: nearly always it is a participle, see `finder.py`.
    """
    words = [re.findall("[a-z]+", fold_text(word)) for name in _STARTS for word in _lexicon()[name]]
    words.append(["mil"])  # of years in words, as notaries write them
    return frozenset(parts[-1] if parts[0] in _TOO_COMMON else parts[0] for parts in words) - {"ete"}


@cache
def months_in_full() -> tuple[str, ...]:
    """The names of the months that are not abbreviations: the longest of each, French and English."""
    longest: dict[tuple[str, int], str] = {}
    for name in ("MONTH", "EMONTH"):
        for word, number in _lexicon()[name].items():
            longest[name, number] = max(longest.get((name, number), ""), fold_text(word), key=len)
    return tuple(longest.values())


def capital(values: Values) -> Values:
    """A month with a capital: a month beside a day or a year; alone it may be a planet or a name."""
    return {("CAPMONTH" if name == "MONTH" else name): value for name, value in values.items()}


@cache
def number_classes(value: int, digits: int) -> frozenset[str]:
    """What a whole number written with `digits` digits (0: in words) can be in a date."""
    classes = {"NUM"}
    if digits == 0:
        classes.add("NUMWORD")
    if digits <= 2:
        classes |= {"HOUR"} if value <= 24 else set()
        classes |= {"MINUTE"} if value < 60 and digits != 1 else set()
        classes |= {"DAY"} if 1 + (digits == 0) <= value <= 31 else set()  # "un" is an article before it is a day
        classes |= {"YEAR2"} if digits == 2 else set()
    if (digits in (0, 4) and 1000 < value <= 2200) or (digits == 4 and value == 1000):
        classes |= {"YEAR", "RECENT"} if digits and 1900 <= value <= 2100 else {"YEAR"}
    return frozenset(classes)


@cache
def ordinal_classes(value: int) -> frozenset[str]:
    """What "1er", "17th" or "19e" can be."""
    return frozenset({"ORDINAL", "DAY"} if 1 <= value <= 31 else {"ORDINAL"})
