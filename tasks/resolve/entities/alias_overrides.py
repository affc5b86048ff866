"""Alias overrides: the rows of `aliases.csv`, by which the user joins, separates and drops names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from tasks.resolve.entities.name_keys import Key, make_key
from tasks.resolve.entities.name_sets import NameSets
from tasks.text.folding import fold_name
from warehouse.errors import UsageError

Decision = Literal["same", "different", "drop"]
_DECISIONS: Mapping[str, Decision] = {"same": "same", "different": "different", "drop": "drop"}
_LABELS = ("PER", "ORG", "LOC", "MISC")
_COLUMNS = ("decision", "label", "name", "other_name", "entity_id", "decided_by", "decided_on", "because")
_ENTITY_ID = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class AliasOverride:
    """A row of `aliases.csv`: what the user decided about two names (or one, for `drop`), by whom, when and why.

    Without `label` it holds for every label. `entity_id` narrows it to what that entity is called when it is read.
    """

    decision: Decision
    label: str
    name: str
    other_name: str = ""
    entity_id: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    because: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label,) if self.label else _LABELS


def read_overrides(path: Path) -> list[AliasOverride]:
    """Read `aliases.csv`; raises `UsageError` naming the line that cannot be understood. Without a file there are none."""
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            if missing := [name for name in _COLUMNS[:3] if name not in (reader.fieldnames or ())]:
                raise UsageError(
                    f"Line 1 of {path} lacks the column {missing[0]}: its columns are {','.join(_COLUMNS)}. Correct it, then run again."
                )
            return [_read_row(row, f"Line {reader.line_num} of {path}") for row in reader if any(row.values())]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} is not a CSV file in UTF-8 ({error}). Save it as one, then run again.") from error


def _read_row(row: dict[str | None, str | None], where: str) -> AliasOverride:
    values = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    decision = _DECISIONS.get(values["decision"])
    label, name, other = values["label"], values["name"], values["other_name"]
    wrong = None
    if None in row:
        wrong = "has more fields than the header; put a name that contains a comma in quotation marks"
    elif decision is None or not name:
        wrong = "needs a decision (same, different or drop) and a name"
    elif label and label not in _LABELS:
        wrong = f"has the label {label}; it is PER, LOC, ORG or MISC, or empty for all of them"
    elif values["entity_id"] and not _ENTITY_ID.fullmatch(values["entity_id"]):
        wrong = f"has the entity_id {values['entity_id']}; it is 16 hex digits as in the table entities, or empty"
    elif decision == "same" and not other:
        wrong = "has the decision same and needs an other_name"
    elif decision == "different" and not other and not values["entity_id"]:
        wrong = "has the decision different and needs an other_name or an entity_id"
    elif decision == "different" and make_key(label, name) == make_key(label, other):
        wrong = "has the decision different for two spellings that are read as one name"
    try:
        decided_on = date.fromisoformat(values["decided_on"]) if values["decided_on"] else None
    except ValueError:
        wrong, decided_on = f"has the date {values['decided_on']}; write it like 2026-01-31", None
    if wrong is not None or decision is None:
        raise UsageError(f"{where} {wrong}. Correct it, then run again.")
    return AliasOverride(
        decision, label, name, other, values["entity_id"], values["decided_by"], decided_on, values["because"]
    )


def narrow(overrides: Iterable[AliasOverride], names_of: Mapping[str, Iterable[str]]) -> Iterator[AliasOverride]:
    """Overrides with an `entity_id` as overrides without: about names that this entity has (`names_of`, by id)."""
    for one in overrides:
        names = {fold_name(name): name for name in names_of.get(one.entity_id, ())}
        own = {folded for folded in map(fold_name, (one.name, one.other_name)) if folded in names}
        if (one.decision == "same" and own) or (one.decision == "different" and len(own) == 2):
            yield replace(one, entity_id="")
        elif one.decision == "different" and own and not one.other_name:
            for folded in sorted(names.keys() - own):
                yield replace(one, other_name=names[folded], entity_id="")


def apart_pairs(overrides: Iterable[AliasOverride]) -> Iterator[tuple[Key, Key]]:
    """The pairs of names that the user calls different."""
    for one in overrides:
        if one.decision == "different":
            for label in one.labels:
                pair = make_key(label, one.name), make_key(label, one.other_name)
                if pair[0] != pair[1]:
                    yield pair


def join_same(overrides: Iterable[AliasOverride], present: set[Key], sets: NameSets) -> tuple[list[Key], set[Key]]:
    """Join what the user calls the same; returns the names that lead, first decision first, and all names joined.

    What is called different stays apart even so: of two decisions that contradict each other, that one undoes less.
    """
    leads: list[Key] = []
    joined: set[Key] = set()
    for one in sorted(
        (one for one in overrides if one.decision == "same"), key=lambda one: (one.label, one.name, one.other_name)
    ):
        for label in one.labels:
            pair = make_key(label, one.name), make_key(label, one.other_name)
            if sets.join(*pair):
                leads += [key for key in pair[:1] if key in present]
                joined.update(pair)
    return leads, joined


def dropped_keys(overrides: Iterable[AliasOverride]) -> Iterator[Key]:
    """The names whose entities the user drops."""
    for one in overrides:
        if one.decision == "drop":
            yield from (make_key(label, one.name) for label in one.labels)


def dropped_entities(overrides: Iterable[AliasOverride], names_of: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The ids of the entities the user drops by their id; the name in the row must be one of theirs (`names_of`)."""
    for one in overrides:
        if one.decision == "drop" and fold_name(one.name) in map(fold_name, names_of.get(one.entity_id, ())):
            yield one.entity_id
