"""`revue diff`: what changed between a document and its older text, or its near copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.browse.explain import find_document
from warehouse.browse.limits import MOST_ROWS, SECONDS, Deadline, limit_time
from warehouse.errors import UsageError
from warehouse.store import fetch_rows, open_warehouse, read_sql

if TYPE_CHECKING:
    import duckdb

_SENTENCE_END = re.compile(r"(?<=[.!?…»”\"])\s+(?=\S)|\n")
_MOST_SENTENCES = 5000  # comparing takes time with the square of them
_VARIANTS = str.maketrans({"’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})
_LEAST_ALIKE = 0.5  # two sentences with less in common are one removed and one added


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that differs: `before` is empty when it was added, `after` when it was removed."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs from the text `before_id` to the text `after_id`, in the order of the later one.

    `kind` is that of `duplicates` (`version`, `near`), or empty for two documents that are no copies. `description` has the
    fields whose values differ, `count_equal` the number of sentences that are in both.
    """

    before_id: str
    after_id: str
    kind: str
    similarity: float | None
    description: dict[str, Change] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    count_equal: int = 0


def compare_document(
    warehouse: Path, name: str, other: str | None = None, *, seconds: float = SECONDS
) -> list[Difference]:
    """Compare a document with its older texts and near copies, or with another document; the names are those of `revue explain`.

    Raises `UsageError` when a name fits no document or more than one, the document has no partner, a text has more than
    `_MOST_SENTENCES` sentences, or comparing takes longer than `seconds`.
    """
    with open_warehouse(warehouse) as connection, limit_time(connection, seconds=seconds) as deadline:
        doc_id = find_document(connection, name)["doc_id"]
        partners = fetch_rows(connection, read_sql("warehouse.browse", "sql/diff/partners"), {"doc_id": doc_id})
        if other is not None:
            other_id = find_document(connection, other)["doc_id"]
            unknown = {"doc_id": other_id, "kind": "", "similarity": None, "is_older": True}
            partners = [next((partner for partner in partners if partner["doc_id"] == other_id), unknown)]
        if not partners:
            raise UsageError(
                f"{name} has no older text and no near copy. Name a second document, or list the pairs with "
                '`revue query "select doc_id, kind, duplicate_of from duplicates"`.'
            )
        return [_compare(connection, doc_id, partner, deadline) for partner in partners]


def _compare(
    connection: duckdb.DuckDBPyConnection, doc_id: str, partner: dict[str, Any], deadline: Deadline
) -> Difference:
    """The difference to one partner, from the older to the newer text; of a near copy from the partner to the document."""
    is_from_partner = partner["is_older"] or partner["kind"] == "near"
    before_id, after_id = (partner["doc_id"], doc_id) if is_from_partner else (doc_id, partner["doc_id"])
    before, after = (_read_sentences(connection, each) for each in (before_id, after_id))
    deadline.check()
    described, credited = zip(*(_read_description(connection, each) for each in (before_id, after_id)), strict=True)
    matcher = SequenceMatcher(None, list(map(_plain, before)), list(map(_plain, after)), autojunk=False)
    return Difference(
        before_id,
        after_id,
        partner["kind"],
        partner["similarity"],
        {
            name: Change(*values)
            for name in sorted({*described[0], *described[1]} - credited[0] - credited[1])
            if len(set(values := [each.get(name, "") for each in described])) > 1
        },
        list(_list_changes(before, after, matcher, deadline)),
        sum(block.size for block in matcher.get_matching_blocks()),
    )


def _list_changes(
    before: Sequence[str], after: Sequence[str], matcher: SequenceMatcher[str], deadline: Deadline
) -> Iterator[Change]:
    """The sentences that differ; those that have most of their words in common are one change."""
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        if operation == "equal":
            continue
        removed = list(before[start:end])
        for sentence in after[other_start:other_end]:
            deadline.check()
            alike = max(removed, key=lambda each: _likeness(each, sentence), default="")
            if alike and _likeness(alike, sentence) >= _LEAST_ALIKE:
                removed.remove(alike)
                yield Change(alike, sentence)
            else:
                yield Change("", sentence)
        for sentence in removed:
            yield Change(sentence, "")


def _likeness(one: str, other: str) -> float:
    """Dice's coefficient of the words of two sentences, from 0 to 1."""
    words, others = set(one.split()), set(other.split())
    return 2 * len(words & others) / max(1, len(words) + len(others))


def _plain(sentence: str) -> str:
    """A sentence without typographic variants, in which newsrooms print the same words: ’ and ', “ ” and « »."""
    words = " ".join(sentence.translate(_VARIANTS).split())
    return words.replace('" ', '"').replace(' "', '"')  # « Oui » and "Oui"


def _read_sentences(connection: duckdb.DuckDBPyConnection, doc_id: str) -> list[str]:
    """The sentences of the kept lines of a document; those of an older text stay in `lines`."""
    lines = connection.execute(
        "select line from lines where doc_id = ? and is_kept order by line_no", [doc_id]
    ).fetchmany(MOST_ROWS)
    parts = (part for (line,) in lines for part in _SENTENCE_END.split(line))
    sentences = [" ".join(part.split()) for part in parts if part.strip()]
    if len(sentences) > _MOST_SENTENCES:
        raise UsageError(
            f"{doc_id} has more than {_MOST_SENTENCES:,} sentences, too many to compare. Read its lines with `revue explain {doc_id}`."
        )
    return sentences


def _read_description(connection: duckdb.DuckDBPyConnection, doc_id: str) -> tuple[dict[str, str], set[str]]:
    """The description of a document, and the fields whose value was credited from a copy: they say nothing of what changed."""
    rows = fetch_rows(connection, read_sql("warehouse.browse", "sql/diff/description"), {"doc_id": doc_id})
    return {row["field"]: row["value"] for row in rows}, {row["field"] for row in rows if row["is_credited"]}
