"""The rule about the words before a name: "la compagnie X" is an organisation, "M. X" a person, "la ville de X" a place."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tasks.extract.fr.names.countries import demonym_countries
from tasks.extract.fr.names.lexicon import read_words, words_pattern
from tasks.extract.mentions import Document
from warehouse.facts import Mention

SURE = "rule:place"  # the extractor of a name whose words around allow one label only
_COORDINATION = re.compile(r", (?:et )?| et | & ")
_AT = re.compile(r"(?<!\w)[Àà] $")
_IN_REGION = re.compile(
    r",? (?:\((?:[A-ZÀ-Ý]|\d\d)|(?:dans (?:le |la |les |l')|près d[eu]'? ?|non loin d[eu]'? ?)(?=[A-ZÀ-Ý]))"
)


def read_cues(mentions: list[Mention], document: Document) -> list[Mention]:
    """Words before a name label it: `la compagnie aérienne X`, `M. X`, `la ville de X`, `la tempête X`.

    A name that is cued as an organisation or a storm once is not a person elsewhere in the document."""
    cued: list[Mention] = []
    no_people = dict.fromkeys(_storms(document.text), "MISC")
    of_many = -1  # where the last name after "MM." ends
    for mention in mentions:
        before = document.text[max(0, mention.start_char - 60) : mention.start_char].rpartition("\n")[2]
        is_one_of_many = (
            of_many >= 0 and _COORDINATION.fullmatch(document.text, of_many, mention.start_char) is not None
        )
        if is_one_of_many or _person_cue_of_many().search(before):
            of_many = mention.end_char
            cued.append(mention if mention.is_demonym else replace(mention, label="PER"))
            continue
        of_many = -1
        if _is_town(mention, before, document):
            cued.append(replace(mention, label="LOC", extractor=SURE))
            continue
        label = next((label for label, cue in _cues().items() if cue.search(before)), mention.label)
        if label == mention.label == "PER" and _head("organisation_heads").search(before):
            label = "ORG"
        elif label == mention.label != "LOC" and _is_place(mention, before, document):
            label = "LOC"
        if label == "ORG" and not mention.is_demonym and " " not in mention.surface:
            no_people[mention.surface] = "ORG"
        cued.append(mention if mention.is_demonym or label == mention.label else replace(mention, label=label))
    return [
        replace(mention, label=no_people[mention.surface])
        if mention.label == "PER" and mention.surface in no_people
        else mention
        for mention in cued
    ]


def _is_place(mention: Mention, before: str, document: Document) -> bool:
    """`le maire de X`, `les habitants de X`: the name is a place, unless it is known or an acronym."""
    if (mention.start_char, mention.end_char) in document.known or mention.surface.isupper():
        return False
    if " " in mention.surface:
        return False
    if _head("place_heads").search(before):
        return True
    is_only_one = document.text.count(mention.surface) == 1
    return mention.label == "PER" and is_only_one and bool(_head("rare_place_cues").search(before))


def _is_town(mention: Mention, before: str, document: Document) -> bool:
    """`À Orange, dans le Vaucluse`: a name that has its region after it is a place, whatever else is called so."""
    if mention.is_demonym or not _AT.search(before):
        return False
    return _IN_REGION.match(document.text, mention.end_char) is not None


@cache
def _head(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words_pattern(read_words(words))} (?:de |d'|de l'|de la )$")


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    kinds = words_pattern([*read_words("organisation_kinds"), *demonym_countries()])
    organisation = words_pattern(read_words("organisation_cues"))
    place = words_pattern(read_words("place_cues"))
    person = words_pattern(read_words("person_cues"))
    return {
        "ORG": re.compile(rf"(?<![\w-]){organisation}(?: {kinds}){{0,2}} [«\"]?\s?$"),
        "LOC": re.compile(rf"(?<![\w-]){place}s? (?:de |d'|du )$"),
        "PER": re.compile(rf"(?<![\w-]){person} $"),
    }


def _storms(text: str) -> set[str]:
    """The names of storms in a text."""
    if not any(cue in text for cue in read_words("storm_cues")):
        return set()
    return {match["name"] for match in _storm().finditer(text)}


@cache
def _storm() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words_pattern(read_words('storm_cues'))} [«\"]?\s?(?P<name>[A-ZÀ-Ý][\w-]+)")


@cache
def _person_cue_of_many() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words_pattern(read_words('person_cues_of_many'))} $")
