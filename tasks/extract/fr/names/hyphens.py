"""Rules about hyphens: `Boulogne-sur-Mer` is one place, `Trump-Poutine` two persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extract.fr.names.countries import place_names
from tasks.extract.fr.names.lexicon import read_words, words_pattern
from tasks.extract.mentions import Document, reshape
from warehouse.facts import Mention

_DASH = re.compile(r"\s?[-–—/]\s?")
_PAIR = re.compile(r"(?P<left>[A-ZÀ-Ý][^\W\d_]{1,40})[-–](?P<right>[A-ZÀ-Ý][^\W\d_]{1,40})$")
_HYPHENATED = re.compile(r"(?:-(?!(?:là|ci|t-|il|elle|on)\b)[^\W_][^\W_]*'?)+")
_BEFORE_HYPHEN = re.compile(r"(?<![\w-])[^\W\d_][^\W_]*(?:-[^\W_]+)*-$")


def join_hyphens(mentions: list[Mention], document: Document) -> list[Mention]:
    """A name ends where its last word ends.

    The tokenizer cuts `Boulogne-sur-Mer` at its hyphens, the recogniser may leave some off. Two single names with a
    hyphen between them stay two.
    """
    joined: list[Mention] = []
    for mention in mentions:
        start, end = mention.start_char, mention.end_char
        if after := _HYPHENATED.match(document.text, end):
            end = after.end()
        before = _BEFORE_HYPHEN.search(document.text, max(0, start - 40), start)
        if before and before[0][0].isupper():
            start = before.start()
        if joined and start < joined[-1].end_char:
            last = joined.pop()
            if _are_two(last, mention):
                joined += [
                    reshape(last, last.start_char, mention.start_char - 1, document),
                    reshape(mention, mention.start_char, end, document),
                ]
            else:
                label = "ORG" if "ORG" in (last.label, mention.label) else last.label
                joined.append(reshape(last, min(last.start_char, start), max(last.end_char, end), document, label))
        else:
            joined.append(
                reshape(mention, start, end, document)
                if (start, end) != (mention.start_char, mention.end_char)
                else mention
            )
    return joined


def _are_two(left: Mention, right: Mention) -> bool:
    """`Merz-Macron`: two persons of one word each. A hyphen between other names belongs to one name."""
    return left.label == right.label == "PER" and " " not in left.surface and " " not in right.surface


def split_pairs(mentions: list[Mention], document: Document) -> list[Mention]:
    """`Trump-Poutine` is two persons, `France - Allemagne` two countries.

    A hyphenated name is split when every part is a name by itself, or when the word before it is used of pairs.
    """
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
    yield from _split_after_cue(mention, document)


def _are_names(parts: list[str], surface: str, labels: dict[str, str], label: str) -> bool:
    """Whether every part is a name of the document; of two persons one is enough, unless a person of the document has the whole as a surname."""
    if all(part in labels for part in parts):
        return True
    is_pair = label == "PER" and len(parts) == 2 and all(part.isalpha() and part[0].isupper() for part in parts)
    is_one_known = any(labels.get(part) == "PER" for part in parts)
    return is_pair and is_one_known and not any(name.endswith(f" {surface}") for name in labels)


def _split_after_cue(mention: Mention, document: Document) -> Iterator[Mention]:
    """`sommet Trump-Poutine`, `TGV Paris-Lyon`: the word before is used of pairs.

    This does not hold for a place, nor for a name that the document writes so elsewhere: most hyphens are inside one name.
    """
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
