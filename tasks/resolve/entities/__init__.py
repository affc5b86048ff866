"""Names into people, places and organisations: one pass over the distinct names of the corpus, never over text.

The same set of names gives the same entities and ids in whatever order and batches it came: every choice is made by
evidence first, by count second and by the alphabet last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from tasks.resolve.entities.alias_overrides import (
    AliasOverride,
    apart_pairs,
    dropped_entities,
    dropped_keys,
    join_same,
    narrow,
    read_overrides,
)
from tasks.resolve.entities.known_aliases import country_of, known_as
from tasks.resolve.entities.labels import settle_labels
from tasks.resolve.entities.name_keys import Key, Name, begins_compound, make_entity_id, make_key, spelling_of
from tasks.resolve.entities.name_sets import NameSets
from tasks.resolve.entities.person_names import join_full_names, link_short_names
from tasks.resolve.entities.short_forms import link_shortened

__all__ = ["AliasOverride", "Name", "Resolved", "make_entity_id", "read_overrides", "resolve_names"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entity of a name in a document, and the name's `spelling`: its surface without what a reader does not see.

    The entity is null when the user dropped the name, or for a demonym whose country the corpus does not name.
    """

    doc_id: str
    label_extracted: str
    surface: str
    spelling: str
    is_demonym: bool
    label: str
    entity_id: str | None
    name: str


def resolve_names(names: Iterable[Name], overrides: Sequence[AliasOverride] = ()) -> list[Resolved]:
    """Decide for every name of every document which entity it means, one row for each, ordered.

    Spellings that fold to the same are one name, known names of one thing are one, so are spellings of one foreign
    name. What is shorter is looked up in its own document first, then in the corpus. `overrides` go before all that;
    those with an `entity_id` refer to the entities that result without them.
    """
    ordered = sorted(names, key=attrgetter("doc_id", "label", "surface", "is_demonym"))
    general = [one for one in overrides if not one.entity_id]
    of_entities = [one for one in overrides if one.entity_id]
    resolved = _resolve(ordered, general)
    if not of_entities:
        return resolved
    names_of: dict[str, set[str]] = defaultdict(set)
    for one in resolved:
        if one.entity_id is not None and not one.is_demonym:
            names_of[one.entity_id].add(one.spelling)
    resolved = _resolve(ordered, [*general, *narrow(of_entities, names_of)])
    dropped = set(dropped_entities(of_entities, names_of))
    return [replace(one, entity_id=None) if one.entity_id in dropped else one for one in resolved]


def _resolve(names: Sequence[Name], overrides: Sequence[AliasOverride]) -> list[Resolved]:
    counted = [name for name in names if not name.is_demonym]
    keys = [make_key(label, name.surface) for name, label in zip(counted, settle_labels(counted), strict=True)]
    present = set(keys)

    sets = NameSets(apart_pairs(overrides))
    leads, joined_by_user = join_same(overrides, present, sets)
    for key in sorted(present):
        if (known := known_as(key)) is not None and sets.join(known, key):
            leads.append(known)
    links = _link(counted, keys, joined_by_user, sets)

    roots = [sets.find(links.get((name.doc_id, key), key)) for name, key in zip(counted, keys, strict=True)]
    heads = _heads(counted, keys, roots, leads, sets)
    display = _display_names(counted, keys, roots, heads)
    dropped = {sets.find(key) for key in dropped_keys(overrides)}
    found = {root: None if root in dropped else make_entity_id(*head) for root, head in heads.items()}

    met = iter(roots)
    resolved = []
    for name in names:
        if name.is_demonym:
            country = country_of(name.surface)
            root = sets.find(country) if country else ("", "")
            label = name.label
        else:
            root = next(met)
            label = heads[root][0]
        resolved.append(
            Resolved(
                name.doc_id, name.label, name.surface, spelling_of(name.surface), name.is_demonym, label, found.get(root),
                display.get(root) or spelling_of(name.surface),
            )
        )  # fmt: skip
    return resolved


def _link(
    names: Sequence[Name], keys: Sequence[Key], joined_by_user: set[Key], sets: NameSets
) -> dict[tuple[str, Key], Key]:
    """Join what is one thing in the whole corpus, and return what short names mean in each document."""
    documents: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[str]] = defaultdict(set)
    others: dict[str, dict[Key, bool]] = defaultdict(dict)
    compound: set[str] = set()
    for name, key in zip(names, keys, strict=True):
        if key[0] == "PER":
            documents[key[1]].add(name.doc_id)
            people[name.doc_id].add(key[1])
            if begins_compound(name.surface):
                compound.add(key[1])
        else:
            others[name.doc_id][key] = others[name.doc_id].get(key, False) or name.surface.isupper()
    join_full_names(documents, sets)
    return link_short_names(documents, people, compound, joined_by_user, sets) | link_shortened(others, sets)


def _heads(
    names: Sequence[Name], keys: Sequence[Key], roots: Sequence[Key], leads: Sequence[Key], sets: NameSets
) -> dict[Key, Key]:
    """The leading name of each set: the user's, else the known one, else the most used, longest.

    A name that is short for it in some documents never leads.
    """
    counts: dict[Key, Counter[Key]] = defaultdict(Counter)
    for name, key, root in zip(names, keys, roots, strict=True):
        counts[root][key] += name.count
    chosen: dict[Key, Key] = {}
    for lead in leads:
        chosen.setdefault(sets.find(lead), lead)
    for root, by_key in counts.items():
        if root not in chosen:
            own = [key for key in by_key if sets.find(key) == root] or [root]
            chosen[root] = min(own, key=lambda key: (-by_key[key], -len(key[1]), key))
    return {root: chosen[root] for root in counts}


def _display_names(
    names: Sequence[Name], keys: Sequence[Key], roots: Sequence[Key], heads: Mapping[Key, Key]
) -> dict[Key, str]:
    """The name an entity goes by: of the spellings of its leading name, the one most used.

    Where only other names of a known thing occur in the corpus, it is the most used of those.
    """
    spellings: dict[Key, Counter[tuple[bool, str]]] = defaultdict(Counter)
    for name, key, root in zip(names, keys, roots, strict=True):
        spellings[root][key == heads[root], spelling_of(name.surface)] += name.count
    return {
        root: min(counts, key=lambda spelling: (not spelling[0], -counts[spelling], spelling[1]))[1]
        for root, counts in spellings.items()
    }
