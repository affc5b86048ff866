"""The rule that removes what is not a name: pronouns, weekdays, months, common words, boilerplate."""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.fr.figures.numerals import WORDS_PATTERN
from tasks.extract.fr.names.countries import demonym_countries
from tasks.extract.fr.names.lexicon import never_names, read_words, words_pattern
from tasks.extract.mentions import Document
from warehouse.facts import Mention

_TWO_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_CENTURY = re.compile(r"[IVXL]+(?:ers?|es?|ème)")  # "XIIIe siècle"
_IMPERATIVE = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+ez")
_PARTICIPLE = re.compile(r"(?:ée?s?|ant|ement)$")  # "Arrivée tôt, elle…": verbs and adverbs a sentence begins with


def reject(mentions: list[Mention], document: Document) -> list[Mention]:
    """Remove pronouns, weekdays, months and boilerplate; a name has two letters at least, one of them a capital."""
    small_words = frozenset(word for word in _WORD.findall(document.text) if word.islower())
    return [mention for mention in mentions if not _is_none(mention, document, small_words)]


def _is_none(mention: Mention, document: Document, small_words: frozenset[str]) -> bool:
    surface, lower = mention.surface, mention.surface.lower()
    starts = mention.start_char in document.starts
    if not _TWO_LETTERS.search(surface) or "://" in surface or not any(map(str.isupper, surface)):
        return True
    if _CENTURY.fullmatch(surface) or (starts and _is_imperative(mention, document)):
        return True
    if _never().fullmatch(lower):
        return (mention.start_char, mention.end_char) not in document.known  # "République tchèque"
    if lower in read_words("months"):
        around = document.text[max(0, mention.start_char - 4) : mention.end_char + 3]
        return surface[0].islower() or starts or any(map(str.isdigit, around))
    if lower in read_words("networks"):
        return _line_around(mention, document.text).strip(" ,;|•·-").lower() == lower
    if not starts or not surface.isalpha() or not surface[1:].islower():
        return False
    return lower in small_words or (mention.label != "PER" and bool(_PARTICIPLE.search(lower)))


def _is_imperative(mention: Mention, document: Document) -> bool:
    """`Battez les œufs`: a verb in -ez with its complement; `Sanchez a gagné` is a person.

    A name that the document has elsewhere is one here too.
    """
    if not _IMPERATIVE.fullmatch(mention.surface) or document.text.count(mention.surface) > 1:
        return False
    after = document.text[mention.end_char : mention.end_char + 40]
    return _imperative_tail().match(after) is not None


@cache
def _imperative_tail() -> re.Pattern[str]:
    words = words_pattern(read_words("after_imperative"))
    return re.compile(rf"-(?:le|la|les|en|y|moi|nous|vous)\b| {words}(?:(?<=')|(?!\w))| {WORDS_PATTERN}| \d")


def _line_around(mention: Mention, text: str) -> str:
    end = text.find("\n", mention.end_char)
    return text[text.rfind("\n", 0, mention.start_char) + 1 : end if end >= 0 else len(text)]


@cache
def _never() -> re.Pattern[str]:
    """Remove what is not a name.

    That is listed words and functions, also with a country's adjective ("Etat américain", "Premier ministre indien"), and
    listed patterns.
    """
    words = words_pattern(never_names() | read_words("titles"))
    patterns = "|".join(sorted(read_words("never_patterns")))
    return re.compile(rf"{words}(?: {words_pattern(demonym_countries())})?|{patterns}")
