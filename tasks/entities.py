"""Names into people, places and organisations: one pass over the distinct names of the corpus, never over text.

The same set of names gives the same entities and ids in whatever order and batches it came: every choice below is made
by count first and by the alphabet last.
"""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from warehouse.errors import UsageError

# A label given to a name in this share of its mentions or more is given to all of them; below, the name is two things.
_CLEAR_MAJORITY = 0.8
_LABELS = ("PER", "ORG", "LOC", "MISC")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "-": " ", "‐": " ", "‑": " ", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Name:
    """One distinct name in one document, and how often it stands there."""

    doc_id: str
    label: str
    surface: str
    count: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name in a document turned out to be; no entity when the user dropped it."""

    doc_id: str
    label_extracted: str
    surface: str
    label: str
    entity_id: str | None
    name: str


Decision = Literal["same", "different", "drop"]
_DECISIONS: Mapping[str, Decision] = {"same": "same", "different": "different", "drop": "drop"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row of `aliases.csv`: what the user decided about two names (or one, for `drop`)."""

    decision: Decision
    label: str
    name: str
    other_name: str


def fold_name(surface: str) -> str:
    """A name as it is compared: without case, accents, hyphens and kinds of apostrophe."""
    decomposed = unicodedata.normalize("NFKD", surface.translate(_APOSTROPHES).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def make_entity_id(label: str, folded: str) -> str:
    """The id of an entity: 16 hex digits made of its label and folded name alone."""
    return hashlib.sha256(f"{label}\n{folded}".encode()).hexdigest()[:16]


def read_judgements(path: Path) -> list[Judgement]:
    """Read `aliases.csv`; raises `UsageError` naming the line that cannot be understood."""
    if not path.is_file():
        return []
    judgements: list[Judgement] = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            decision = _DECISIONS.get((row.get("decision") or "").strip())
            if decision is None or not (row.get("name") or "").strip():
                raise UsageError(
                    f"Line {number} of {path} needs a decision (same, different or drop) and a name. Mend it, then run again."
                )
            judgements.append(
                Judgement(
                    decision,
                    (row.get("label") or "").strip(),
                    row["name"].strip(),
                    (row.get("other_name") or "").strip(),
                )
            )
    return judgements


def resolve_names(names: Iterable[Name], judgements: Sequence[Judgement] = ()) -> list[Resolved]:
    """Decide for every name of every document which entity it means.

    Spellings that fold to the same are one name; a label most of its mentions carry is given to all. A surname alone is
    the person of that name in the same document, or, where the document names nobody so, the only one in the corpus.
    """
    names = sorted(names, key=lambda name: (name.doc_id, name.label, name.surface))
    labels = _vote(names)
    keys = [(labels.get((fold_name(name.surface), name.label), name.label), fold_name(name.surface)) for name in names]
    full_names = _full_names(names, keys)
    apart = {
        frozenset({fold_name(one.name), fold_name(one.other_name)}) for one in judgements if one.decision == "different"
    }
    linked = [
        _link_surname(name.doc_id, key, full_names, apart) if key[0] == "PER" else key
        for name, key in zip(names, keys, strict=True)
    ]
    leaders = _merge(judgements, linked)
    heads = [leaders.get(key, key) for key in linked]
    display = _display_names(names, keys, linked, heads)
    dropped = {(one.label, fold_name(one.name)) for one in judgements if one.decision == "drop"}
    return [
        Resolved(
            name.doc_id,
            name.label,
            name.surface,
            head[0],
            None if head in dropped or ("", head[1]) in dropped else make_entity_id(*head),
            display[head],
        )
        for name, head in zip(names, heads, strict=True)
    ]


_Key = tuple[str, str]  # label, folded name


def _vote(names: Sequence[Name]) -> dict[_Key, str]:
    """Where a folded name carries one label clearly most often: (folded, label) to that label."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        counts[fold_name(name.surface)][name.label] += name.count
    votes: dict[_Key, str] = {}
    for folded, by_label in counts.items():
        winner = min(by_label, key=lambda label: (-by_label[label], _LABELS.index(label)))
        if by_label[winner] >= _CLEAR_MAJORITY * by_label.total():
            votes |= {(folded, label): winner for label in by_label}
    return votes


def _full_names(names: Sequence[Name], keys: Sequence[_Key]) -> Mapping[tuple[str, str], set[str]]:
    """The full names of people by surname: per document, and under '' for the whole corpus."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, (label, folded) in zip(names, keys, strict=True):
        words = folded.split()
        if label != "PER" or len(words) < 2:
            continue
        for start in range(1, len(words)):  # "von der leyen" and "leyen" both lead to her
            surname = " ".join(words[start:])
            found[name.doc_id, surname].add(folded)
            found["", surname].add(folded)
    return found


def _link_surname(
    doc_id: str, key: _Key, full_names: Mapping[tuple[str, str], set[str]], apart: set[frozenset[str]]
) -> _Key:
    for place in (doc_id, ""):
        candidates = {full for full in full_names.get((place, key[1]), ()) if frozenset({full, key[1]}) not in apart}
        if len(candidates) == 1:
            return key[0], next(iter(candidates))
        if candidates:
            return key  # two people of that name: the surname alone tells nothing
    return key


def _merge(judgements: Sequence[Judgement], keys: Iterable[_Key]) -> dict[_Key, _Key]:
    """What the user said is the same: each key to the first of its group, in the order of the alphabet."""
    present = set(keys)
    leaders: dict[_Key, _Key] = {}

    def find(key: _Key) -> _Key:
        while key in leaders:
            key = leaders[key]
        return key

    for one in sorted(
        (one for one in judgements if one.decision == "same"), key=lambda one: (one.label, one.name, one.other_name)
    ):
        for label in [one.label] if one.label else _LABELS:
            pair = [find((label, fold_name(text))) for text in (one.name, one.other_name)]
            if pair[0] != pair[1] and all(key in present or key in leaders.values() for key in pair):
                leaders[pair[1]] = pair[0]  # the name comes first in the user's row, so it leads
    return {key: find(key) for key in leaders}


def _display_names(
    names: Sequence[Name], keys: Sequence[_Key], linked: Sequence[_Key], heads: Sequence[_Key]
) -> dict[_Key, str]:
    """The name an entity goes by: of the spellings of its leading name, the one most used."""
    spellings: dict[_Key, Counter[str]] = defaultdict(Counter)
    for name, key, link, head in zip(names, keys, linked, heads, strict=True):
        spellings[head][name.surface] += name.count if key == link == head else 0
    return {head: min(counts, key=lambda surface: (-counts[surface], surface)) for head, counts in spellings.items()}
