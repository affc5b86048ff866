"""The rule that finds persons in sentences of capitals, which the recogniser reads badly: headlines, captions of sports pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tasks.extract.fr.first_names import genders_of_first_names
from tasks.extract.mentions import Document, add_where_free, found
from tasks.text.folding import fold_text
from warehouse.facts import Mention

FEWEST_WORDS = 4  # of a sentence of capitals
_SMALL = re.compile(r"[a-zà-ÿ]")
_CAPITALS = r"[A-ZÀ-ÝŒ]{2,}(?:['-][A-ZÀ-ÝŒ]{2,})*"
_FIRST_AND_LAST = re.compile(
    rf"(?<![\w'-])(?P<first>{_CAPITALS}) (?:(?:DE LA|DE|DU|LE|LA|VAN|VON|EL|BEN) )?{_CAPITALS}(?![\w'-])"
)


def read_capitals(mentions: list[Mention], document: Document) -> list[Mention]:
    """`NORBERT CASTAGNÈDE ÉLU À LA TÊTE DE LA FÉDÉRATION`: a first name and the word after it are a person.

    In a sentence without a small letter only. Names of the recogniser that touch such a person are removed, and single words
    that it calls neither person, place nor organisation: they are any word.
    """
    capitals = [
        (first, last)
        for first, last in _sentences(document)
        if not _SMALL.search(document.text, first, last) and document.text.count(" ", first, last) + 1 >= FEWEST_WORDS
    ]
    if not capitals:
        return mentions
    people = [
        found(start, end, "PER", "capitals", document)
        for first, last in capitals
        for start, end in _people(document.text, first, last)
    ]
    left = [
        mention
        for mention in mentions
        if not any(one.start_char < mention.end_char and mention.start_char < one.end_char for one in people)
        and not (
            mention.label == "MISC"
            and mention.surface.isalpha()
            and not mention.is_demonym
            and any(first <= mention.start_char < last for first, last in capitals)
        )
    ]
    return add_where_free(left, people)


def _sentences(document: Document) -> Iterator[tuple[int, int]]:
    starts = sorted(document.starts)
    yield from pairwise([*starts, len(document.text)])


def _people(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _FIRST_AND_LAST.finditer(text, start, end):
        if fold_text(match["first"]) in genders_of_first_names():
            yield match.span()
