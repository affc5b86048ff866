"""Rules that make the mentions of one name in one document agree: with the full name, with the majority, everywhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tasks.extract.fr.names.countries import place_names
from tasks.extract.fr.names.cues import SURE
from tasks.extract.fr.names.lexicon import never_names, read_words
from tasks.extract.mentions import Document, Longer, add_where_free, found
from warehouse.facts import Mention

_WORD = re.compile(r"[^\W_]+")
_JOINS = frozenset("-_")


def follow_full_names(mentions: list[Mention], document: Document) -> list[Mention]:
    """A surname alone takes the label of the full name in the document, and its particle: `De Ridder`."""
    surnames: dict[str, str] = {}
    firsts = set()
    for mention in mentions:
        if mention.label == "PER" and " " in mention.surface:
            first, _, rest = mention.surface.partition(" ")
            last = mention.surface.rpartition(" ")[2]
            surnames[last] = rest if rest.partition(" ")[0].lower() in read_words("surname_begins") else last
            surnames[rest] = rest
            firsts.add(first)
    places = place_names()
    followed = []
    for mention in mentions:
        full = surnames.get(mention.surface)
        is_known = (mention.start_char, mention.end_char) in document.known or mention.surface in places
        if mention.is_demonym or is_known or (full is None and mention.surface not in firsts):
            followed.append(mention)
            continue
        start = mention.end_char - len(full or mention.surface)
        is_longer = full and start >= 0 and document.text[start : mention.end_char] == full
        start = start if is_longer else mention.start_char
        followed.append(
            replace(mention, label="PER", start_char=start, surface=document.text[start : mention.end_char])
        )
    return followed


def vote(mentions: list[Mention], document: Document) -> list[Mention]:
    """The same surface has one label in one document: the one most of its mentions have; a sure label stays."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if mention.extractor == SURE:
            continue
        votes[mention.surface][mention.label] += 1
    decided = {surface: count.most_common(1)[0][0] for surface, count in votes.items() if len(count) > 1}
    return [
        mention if mention.extractor == SURE else replace(mention, label=decided.get(mention.surface, mention.label))
        for mention in mentions
    ]


def spread(mentions: list[Mention], document: Document) -> list[Mention]:
    """A name found once is found everywhere in the document, a person by the surname too."""
    labels: dict[str, str] = {}
    for mention in mentions:
        if mention.is_demonym or len(mention.surface) < 3 or not mention.surface[0].isupper():
            continue
        labels.setdefault(mention.surface, mention.label)
        surname = mention.surface.rpartition(" ")[2]
        if (
            mention.label == "PER"
            and len(surname) > 3
            and surname[0].isupper()
            and surname.lower() not in never_names()
        ):
            labels.setdefault(surname, "PER")
    hits = [
        found(start, end, labels[name], "spread", document) for name, start, end in _everywhere(labels, document.text)
    ]
    parts = Longer(hits)  # "Ida" where "Ida Berg" stands, known from elsewhere in the document
    whole = [m for m in mentions if m.is_demonym or not parts.holds(m.start_char, m.end_char)]
    return add_where_free(whole, hits)


def _everywhere(names: Iterable[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Where these names occur as whole words, the longest where several begin.

    Names are looked up by first word: time grows with the text, not with the text times the names.
    """
    by_first_word: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        if first := _WORD.match(name):
            by_first_word[first[0]].append(name)
    prefixes = tuple(read_words("prefixes"))
    free_from = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < free_from or (text[start - 1 : start] in _JOINS and not text.endswith(prefixes, 0, start)):
            continue
        for name in by_first_word.get(word[0], ()):
            end = start + len(name)
            if text.startswith(name, start) and not (text[end : end + 1] in _JOINS or text[end : end + 1].isalnum()):
                yield name, start, end
                free_from = end
                break
