"""Rules about the names of one document together: what is known of them, what stands around them, what the full name,
or the other mentions say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from tasks.extract.fr.names.boundaries import words_pattern
from tasks.extract.fr.names.gazetteer import GazetteerMatch, demonym_countries, place_names, read_words
from tasks.extract.fr.names.mention_edits import Document, Longer, add_where_free, found, put_over, reshape
from warehouse.rows import Mention

_WORD = re.compile(r"[^\W_]+")
_JOINS = frozenset("-_")


def tell_known(mentions: list[Mention], document: Document) -> list[Mention]:
    """GazetteerMatch names get their label; those that mean one thing are found where the recogniser saw nothing or less, and
    inside what it called neither person, place nor organisation."""
    kept, better = [], []
    for mention in mentions:
        exact = document.known.get((mention.start_char, mention.end_char))
        inside = _inside(mention, document) if mention.label in ("MISC", "LOC") and not mention.is_demonym else []
        if exact:
            kept.append(replace(mention, label=exact.label))
        elif inside and mention.label == "LOC" and (place := _place_behind(mention, inside[0], document)):
            kept += [found(inside[0].start, inside[0].end, "ORG", "known", document), place]
        elif inside and inside[-1].end == mention.end_char and _is_description(mention, inside[-1], document):
            better += inside
        else:
            kept.append(mention)
    longer = Longer(kept)
    certain = [k for k in document.known.values() if k.how == "found" and not longer.holds(k.start, k.end)]
    return put_over(kept, [found(k.start, k.end, k.label, "known", document) for k in (*certain, *better)])


def _inside(mention: Mention, document: Document) -> list[GazetteerMatch]:
    return [k for k in document.known.values() if mention.start_char <= k.start and k.end <= mention.end_char]


def _place_behind(mention: Mention, first: GazetteerMatch, document: Document) -> Mention | None:
    """The place of `Renault de Flins`: a known organisation, then where its site is."""
    if first.label != "ORG" or first.start != mention.start_char:
        return None
    behind = _AT_PLACE.match(document.text, first.end, mention.end_char)
    return reshape(mention, behind.end(), mention.end_char, document) if behind else None


_AT_PLACE = re.compile(r" (?:de |d'|à )(?=[A-ZÀ-Ý])")


def _is_description(mention: Mention, last: GazetteerMatch, document: Document) -> bool:
    """`attentat de Nice`, `siège de l'ONU`: a common noun and a name, not a name of its own."""
    if mention.label == "LOC":
        return last.label == "ORG" and last.how == "found"
    return mention.surface[0].islower() or (mention.start_char in document.starts and " " in mention.surface)


def read_cues(mentions: list[Mention], document: Document) -> list[Mention]:
    """`la compagnie aérienne X` is an organisation, `M. X` a person, `la ville de X` a place; what is said to be an
    organisation once is no person elsewhere in the document."""
    cued, organisations = [], set()
    for mention in mentions:
        before = document.text[max(0, mention.start_char - 60) : mention.start_char].rpartition("\n")[2]
        label = next((label for label, cue in _cues().items() if cue.search(before)), mention.label)
        if label == mention.label == "PER" and _head("organisation_heads").search(before):
            label = "ORG"
        elif label == mention.label != "LOC" and _is_place(mention, before, document):
            label = "LOC"
        if label == "ORG" and not mention.is_demonym and " " not in mention.surface:
            organisations.add(mention.surface)
        cued.append(mention if mention.is_demonym or label == mention.label else replace(mention, label=label))
    return [
        replace(mention, label="ORG") if mention.label == "PER" and mention.surface in organisations else mention
        for mention in cued
    ]


def _is_place(mention: Mention, before: str, document: Document) -> bool:
    """`le maire de X`, `Y (X)` behind a place: what stands so is a place, unless it is known or an acronym."""
    if (mention.start_char, mention.end_char) in document.known or mention.surface.isupper():
        return False
    return " " not in mention.surface and bool(_head("place_heads").search(before))


@cache
def _head(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words_pattern(read_words(words))} (?:de |d'|de l'|de la )$")


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    kinds = words_pattern([*read_words("organisation_kinds"), *demonym_countries()])
    organisation = words_pattern(read_words("organisation_cues"))
    place = words_pattern(["ville", "commune", "village", "quartier", "district", "province", "wilaya", "comté"])
    return {
        "ORG": re.compile(rf"(?<![\w-]){organisation}(?: {kinds}){{0,2}} [«\"]?\s?$"),
        "LOC": re.compile(rf"(?<![\w-]){place}s? (?:de |d'|du )$"),
        "PER": re.compile(r"(?<![\w-])(?:M\.|Mme|Mlle|MM\.) $"),
    }


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
    """The same surface has one label in one document: the one most of its mentions have."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        votes[mention.surface][mention.label] += 1
    decided = {surface: count.most_common(1)[0][0] for surface, count in votes.items() if len(count) > 1}
    return [replace(mention, label=decided.get(mention.surface, mention.label)) for mention in mentions]


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
            and surname.lower() not in read_words("never")
        ):
            labels.setdefault(surname, "PER")
    hits = [
        found(start, end, labels[name], "spread", document) for name, start, end in _everywhere(labels, document.text)
    ]
    parts = Longer(hits)  # "Ida" where "Ida Berg" stands, known from elsewhere in the document
    whole = [m for m in mentions if m.is_demonym or not parts.holds(m.start_char, m.end_char)]
    return add_where_free(whole, hits)


def _everywhere(names: Iterable[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Where these names stand as whole words, the longest where several begin. By their first word: time grows with the
    text, not with the text times the names."""
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
