"""Rules about a hyphen between two names: `Trump-Poutine` is two persons, `Boulogne-sur-Mer` one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extract.fr.names.countries import place_names
from tasks.extract.fr.names.lexicon import read_words, words_pattern
from tasks.extract.mentions import Document, reshape
from warehouse.rows import Mention

_DASH = re.compile(r"\s?[-–—/]\s?")
_PAIR = re.compile(r"(?P<left>[A-ZÀ-Ý][^\W\d_]+)[-–](?P<right>[A-ZÀ-Ý][^\W\d_]+)$")


def split_pairs(mentions: list[Mention], document: Document) -> list[Mention]:
    """`Trump-Poutine` is two persons, `France - Allemagne` two countries: when every part is a name by itself, or the word
    before says that it is a pair."""
    if not any(_DASH.search(mention.surface) for mention in mentions):
        return mentions
    labels = dict.fromkeys(place_names(), "LOC")
    labels |= {document.text[known.start : known.end]: known.label for known in document.known.values()}
    for mention in mentions:
        labels.setdefault(mention.surface, mention.label)
        if mention.label == "PER":
            labels.setdefault(mention.surface.rpartition(" ")[2], "PER")
    return [part for mention in mentions for part in _split_one(mention, labels, document)]


def _split_one(mention: Mention, labels: dict[str, str], document: Document) -> Iterator[Mention]:
    surface = mention.surface
    head = surface.rfind(" ") + 1 if mention.label == "MISC" else 0  # of "Sommet Trump-Poutine"
    for at in (0, head):
        parts = _DASH.split(surface[at:])
        if len(parts) > 1 and surface not in place_names() and _are_names(parts, surface, labels, mention.label):
            starts = [0, *(dash.end() for dash in _DASH.finditer(surface[at:]))]
            for part, start in zip(parts, starts, strict=True):
                start += mention.start_char + at
                yield reshape(mention, start, start + len(part), document, labels.get(part, mention.label))
            return
    yield from _split_behind_cue(mention, document)


def _are_names(parts: list[str], surface: str, labels: dict[str, str], label: str) -> bool:
    """Whether every part is a name of the document; of two persons one is enough, unless somebody is called so."""
    if all(part in labels for part in parts):
        return True
    is_pair = label == "PER" and len(parts) == 2 and all(part.isalpha() and part[0].isupper() for part in parts)
    is_one_known = any(labels.get(part) == "PER" for part in parts)
    return is_pair and is_one_known and not any(name.endswith(f" {surface}") for name in labels)


def _split_behind_cue(mention: Mention, document: Document) -> Iterator[Mention]:
    """`sommet Trump-Poutine`, `TGV Paris-Lyon`: the word before says that the hyphen stands between two names. Not what
    is a place by itself, nor what the document writes so elsewhere: most hyphens are inside one name."""
    pair = _PAIR.search(mention.surface)
    may_be_two = mention.label == "MISC" or (mention.label != "LOC" and pair is not None and pair.start() == 0)
    if pair and may_be_two and document.text.count(pair[0]) == 1:
        begin = mention.start_char + pair.start()
        for label, cue in _pair_cues().items():
            if cue.search(document.text, max(0, begin - 20), begin):
                for side in ("left", "right"):
                    start, end = (mention.start_char + at for at in pair.span(side))
                    yield reshape(mention, start, end, document, label if mention.label == "MISC" else mention.label)
                return
    yield mention


@cache
def _pair_cues() -> dict[str, re.Pattern[str]]:
    keys = {"PER": "pairs_of_people", "LOC": "pairs_of_places"}
    return {
        label: re.compile(rf"(?<![\w-]){words_pattern(read_words(key))} $", re.IGNORECASE)
        for label, key in keys.items()
    }
