"""Short names of places and organisations, by the long name in the same document.

They are an acronym, the kind of organisation alone, and the part before `-sur-Mer`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tasks.resolve.entities.known_aliases import known_as
from tasks.resolve.entities.lexicon import read_data
from tasks.resolve.entities.name_keys import Key
from tasks.resolve.entities.name_sets import NameSets

_ACRONYM = re.compile(r"[a-z]{2,8}")
_COMPLEMENT = re.compile(r" (?:d'|(?:de|du|des) )")
_BETWEEN_WORDS = re.compile(r"[ ']+")


def link_shortened(held: Mapping[str, Mapping[Key, bool]], sets: NameSets) -> dict[tuple[str, Key], Key]:
    """What short names mean, document by document: (document, key) to the key of the long name.

    `held` are the keys of each document that name no person, and whether the name is all capitals there. Of two long
    names, a short one means neither. An acronym that every document which spells it out spells out alike has that
    meaning in the other documents too.
    """
    links: dict[tuple[str, Key], Key] = {}
    meanings: dict[Key, set[Key]] = defaultdict(set)
    for doc_id in sorted(held):
        long_names = _long_names(held[doc_id])
        for key, is_upper in sorted(held[doc_id].items()):
            if known_as(key) is not None:
                continue  # means the same in every document
            kinds = ("place",) if key[0] == "LOC" and not is_upper else ("place", "kind", "acronym")
            found = {(kind, sets.find(long)) for kind in kinds for long in long_names.get((kind, key[1]), ())}
            if len({root for _, root in found}) != 1:
                continue
            kind, target = min(found)
            if target != sets.find(key) and sets.attach(key, target):
                links[doc_id, key] = target
            if kind == "acronym":
                meanings[key].add(target)
    for doc_id in sorted(held):
        for key in sorted(held[doc_id].keys() & meanings.keys()):
            target = min(meanings[key])
            if len(meanings[key]) == 1 and target != sets.find(key) and sets.attach(key, target):
                links[doc_id, key] = target
    return links


def _long_names(keys: Iterable[Key]) -> dict[tuple[str, str], set[Key]]:
    """What the long names of one document may be shortened to: (how, short name) to the long names."""
    found: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for key in keys:
        for how in _of_place(key[1]) if key[0] == "LOC" else _of_organisation(key[1]):
            found[how].add(key)
    return found


def _of_place(name: str) -> Iterator[tuple[str, str]]:
    """`brevelle` of `brevelle sur ardive`, `musee de la peche` of `musee de la peche de port aubry`.

    One word before "de" is not enough: Afrique is not Afrique du Sud.
    """
    words = name.split()
    links = read_data("name_words.toml")["place_links"]
    if end := next((at for at, word in enumerate(words) if at and word in links), 0):
        yield "place", " ".join(words[:end])
    yield from (("place", short) for short in _beginnings(name) if " " in short)


def _of_organisation(name: str) -> Iterator[tuple[str, str]]:
    """`gazette` of `gazette du val`, `commission` of `commission europeenne`, `msf` of `medecins sans frontieres`."""
    words = [word for word in _BETWEEN_WORDS.split(name) if word]
    if len(words) < 2:
        return
    data = read_data("name_words.toml")
    if words[0] in data["kinds"]:
        yield "kind", words[0]
    yield from (("kind", short) for short in _beginnings(name))
    sounded = "".join(word[0] for word in words if word not in data["unsounded"])
    for letters in {sounded, "".join(word[0] for word in words)}:
        if _ACRONYM.fullmatch(letters):
            yield "acronym", letters


def _beginnings(name: str) -> Iterator[str]:
    """The beginnings of a name that end before one of its complements."""
    yield from (name[: complement.start()] for complement in _COMPLEMENT.finditer(name))
