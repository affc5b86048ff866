"""Which label a name has: the recogniser's, corrected by the other documents that hold the name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tasks.resolve.entities.name_keys import Name, has_first_name, make_key

_LABELS = ("PER", "ORG", "LOC", "MISC")
# A label that this share of the documents, or else of the mentions, give a name is given to all of them; below, the
# name is two things.
_OF_DOCUMENTS = 2 / 3
_OF_MENTIONS = 0.8


def settle_labels(names: Sequence[Name]) -> list[str]:
    """The label of each name, in order.

    One document means one thing by a name: there the label most used holds. Then every document has one vote, so that
    a long one with one error repeated does not outvote the others. A surname whose bearer the document names in full
    is explained: it keeps its label and does not vote (Denzel Washington makes the city no person), as a name does whose
    context is sure of its label ("à Orange, dans le Vaucluse" is the town in a text about the company). MISC, the
    label of last resort, votes only where no other label was found. A single word that is no surname in the corpus is
    not a person once half of its documents, and two at least, have another label: news names people in full.
    """
    surnames = _surnames(names)
    bare = [make_key("", name.surface)[1] for name in names]
    explained = [
        name.is_sure or (name.label == "PER" and (name.doc_id, make_key("PER", name.surface)[1]) in surnames)
        for name in names
    ]
    documents: dict[tuple[str, str], dict[str, int]] = {}  # nearly all of them with one label: a Counter costs more
    for name, folded, is_explained in zip(names, bare, explained, strict=True):
        if not is_explained:
            counts = documents.setdefault((name.doc_id, folded), {})
            counts[name.label] = counts.get(name.label, 0) + name.count
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    mentions: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, folded), counts in documents.items():
        votes[folded][_most(counts)] += 1
        for label, count in counts.items():
            mentions[folded][label] += count
    borne = {surname for _, surname in surnames}
    winners = {
        folded: _winner(labels, _OF_DOCUMENTS)
        or _winner(mentions[folded], _OF_MENTIONS)
        or (_no_person(labels) if " " not in folded and folded not in borne else None)
        for folded, labels in votes.items()
    }
    for folded, is_explained in zip(bare, explained, strict=True):
        if is_explained and winners.get(folded) == "MISC":
            winners[folded] = "PER"
    return [
        name.label if is_explained else winners[folded] or _most(documents[name.doc_id, folded])
        for name, folded, is_explained in zip(names, bare, explained, strict=True)
    ]


def _surnames(names: Sequence[Name]) -> set[tuple[str, str]]:
    """(document, surname) of the people a document names in full; every ending of a name may be the surname."""
    found: set[tuple[str, str]] = set()
    for name in names:
        words = make_key("PER", name.surface)[1].split() if name.label == "PER" else []
        if has_first_name(words):
            found.update((name.doc_id, " ".join(words[start:])) for start in range(1, len(words)))
    return found


def _most(counts: Mapping[str, int]) -> str:
    if len(counts) == 1:
        return next(iter(counts))
    known = {label: count for label, count in counts.items() if label != "MISC"} or counts
    return min(known, key=lambda label: (-known[label], _LABELS.index(label)))


def _no_person(counts: Counter[str]) -> str | None:
    best = max(("ORG", "LOC"), key=lambda label: counts[label])
    return best if counts[best] >= max(2, counts["PER"]) and counts["ORG"] != counts["LOC"] else None


def _winner(counts: Counter[str], share: float) -> str | None:
    winner = _most(counts)
    total = counts.total() - (counts["MISC"] if winner != "MISC" else 0)
    return winner if counts[winner] >= share * total else None
