"""Rules that find names by their form: acronyms with their full names, groups in quotation marks, armies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extract.fr.names.countries import demonym_countries
from tasks.extract.fr.names.lexicon import read_words, words_pattern
from tasks.extract.mentions import Document, found, put_over
from warehouse.facts import Mention

_ACRONYM = re.compile(r"\s\((?P<acronym>[A-Z][A-Za-zÀ-ÿ]*[A-Z][a-z]*)\)")
_FULL_NAME = re.compile(r"\b(?P<acronym>[A-Z]{2,8})\s\((?P<full>[^\W\d_][^()\n]{4,120})\)")
_TOKEN = re.compile(r"[^\W_]+")


def pair_acronyms(mentions: list[Mention], document: Document) -> list[Mention]:
    """`Bureau international du travail (BIT)`, `SNR (service national de renseignement)`.

    Both are the organisation, when the initials agree and the first word is one organisations begin with.
    """
    pairs = [*_acronyms_after(document.text), *_acronyms_before(document.text)]
    spans = {span for pair in pairs for span in pair}
    return put_over(mentions, [found(start, end, "ORG", "acronym", document) for start, end in sorted(spans)])


def _acronyms_after(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for bracket in _ACRONYM.finditer(text):
        words = list(
            _TOKEN.finditer(text, max(text.rfind("\n", 0, bracket.start()) + 1, bracket.start() - 150), bracket.start())
        )
        for at in range(len(words) - 2, -1, -1):
            if _begins_organisation(words[at][0]) and _initials(words[at:]) == bracket["acronym"].upper():
                yield (words[at].start(), bracket.start()), bracket.span("acronym")
                break


def _acronyms_before(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for pair in _FULL_NAME.finditer(text):
        words = list(_TOKEN.finditer(text, *pair.span("full")))
        if _begins_organisation(words[0][0]) and _initials(words) == pair["acronym"]:
            yield pair.span("acronym"), pair.span("full")


def _initials(words: list[re.Match[str]]) -> str:
    return "".join(word[0][0] for word in words if word[0].lower() not in read_words("not_in_acronyms")).upper()


def _begins_organisation(word: str) -> bool:
    return word.lower() in read_words("groups") or word.lower() in read_words("institutions")


def find_groups(mentions: list[Mention], document: Document) -> list[Mention]:
    """`« coalition des volontaires »` is an organisation.

    It is a group with a common name, found between quotation marks, then everywhere; and `armée ukrainienne`, which is a
    name without a capital.
    """
    names = {hit["name"].lower() for hit in _quoted_group().finditer(document.text)}
    groups = [found(hit.start(), hit.end(), "ORG", "national", document) for hit in _national().finditer(document.text)]
    if names:
        everywhere = re.compile(rf"(?<![\w-]){words_pattern(names)}(?![\w-])", re.IGNORECASE)
        groups += [
            found(hit.start(), hit.end(), "ORG", "quoted_group", document) for hit in everywhere.finditer(document.text)
        ]
    inside = [group for group in groups if not any(_contains(mention, group) for mention in mentions)]
    return put_over(mentions, inside)


def _contains(mention: Mention, group: Mention) -> bool:
    return mention.start_char <= group.start_char and group.end_char <= mention.end_char and mention.label == "ORG"


@cache
def _quoted_group() -> re.Pattern[str]:
    first = words_pattern(read_words("groups"))
    return re.compile(
        rf"[«\"“]\s?(?P<name>{first} (?:[^\W\d_]+ )?(?:des |de la |de l'|du |de |d'|pour |contre )[\w'-]+(?: [\w'-]+){{0,3}})\s?[»\"”]",
        re.IGNORECASE,
    )


@cache
def _national() -> re.Pattern[str]:
    adjectives = words_pattern(form for form in demonym_countries() if form[0].islower())
    return re.compile(rf"(?<![\w-]){words_pattern(read_words('national'))} {adjectives}(?![\w-])", re.IGNORECASE)
