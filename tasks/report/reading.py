"""Reading views: the raw page of a document with what was removed in grey and each fact marked at its place.

Facts overlap and nest, so a line is cut into segments at every boundary of a fact; a segment carries all facts that
cover it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tasks.report.sections import Fetch
from warehouse.facts import FACT_KINDS, FactKind
from warehouse.store import read_sql

# Documents whose rows are read at once: the memory that this takes is bounded.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Span:
    """A fact or a sentence in the raw text: half open, in code points. `about` describes it in words."""

    anchor: str
    kind: str
    start: int
    end: int
    surface: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line with the facts that cover it; `starting` are the anchors of all spans that start here."""

    text: str
    facts: tuple[Span, ...]
    starting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the raw page: its segments and why it was kept or removed."""

    kind: str
    is_kept: bool
    reason: str
    score: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading view of one document; `facts` are grouped by kind, in the order of the registry."""

    doc_id: str
    lines: tuple[Line, ...]
    facts: dict[str, list[Span]]


def cut_lines(rows: Sequence[Mapping[str, Any]], spans: Sequence[Span]) -> tuple[Line, ...]:
    """The lines of a document cut into segments. `rows` are in order and have the columns of `lines`."""
    waiting = sorted(spans, key=lambda span: (span.start, -span.end))
    active: list[Span] = []
    number = 0
    lines = []
    for row in rows:
        start, last, text = row["raw_start"], row["raw_end"], row["line"]
        end_of_text = start + len(text)
        segments = []
        at = start
        while at < end_of_text:
            starting = []
            while number < len(waiting) and waiting[number].start <= at:
                starting.append(waiting[number].anchor)
                active.append(waiting[number])
                number += 1
            active = [span for span in active if span.end > at]
            ends = [span.end for span in active]
            if number < len(waiting):
                ends.append(waiting[number].start)
            until = min([end_of_text, last, *ends]) if last > at else end_of_text
            facts = tuple(span for span in active if span.kind != "sentence")
            segments.append(Segment(text[at - start : until - start], facts, tuple(starting)))
            at = until
        lines.append(Line(row["kind"], row["is_kept"], row["reason"], row["score"], tuple(segments)))
    return tuple(lines)


def read_readings(fetch: Fetch, doc_ids: Sequence[str]) -> Iterator[Reading]:
    """The reading view of each document, in the order of `doc_ids`."""
    for first in range(0, len(doc_ids), _BATCH):
        batch = list(doc_ids[first : first + _BATCH])
        chosen = {"doc_ids": " ".join(batch)}
        lines = _group(fetch(read_sql("tasks.report", "sql/reading_lines"), chosen))
        sentences = _group(fetch(read_sql("tasks.report", "sql/reading_sentences"), chosen))
        facts: dict[str, dict[str, list[Span]]] = {doc_id: {} for doc_id in batch}
        for kind in FACT_KINDS:
            for row in fetch(_select_kind(kind), chosen):
                facts[row["doc_id"]].setdefault(kind.table, []).append(_fact(kind, row))
        for doc_id in batch:
            spans = [
                Span(row["anchor"], "sentence", row["raw_start"], row["raw_end"]) for row in sentences.get(doc_id, [])
            ]
            spans += [span for found in facts[doc_id].values() for span in found]
            yield Reading(doc_id, cut_lines(lines.get(doc_id, []), spans), facts[doc_id])


def _select_kind(kind: FactKind) -> str:
    """The query of the facts of one kind in some documents, with the columns that describe them."""
    columns = ", ".join(f"facts.{column}" for column in kind.shown if column != "surface")
    name = "entities.name as entity, facts.label" if kind.name == "mention" else columns
    joined = "left join entities using (entity_id)" if kind.name == "mention" else ""
    return (
        f"select facts.doc_id, facts.{kind.number} as no, facts.raw_start, facts.raw_end, facts.surface, {name} "
        f"from {kind.table} as facts {joined} where facts.doc_id in (select unnest(string_split($doc_ids, ' '))) order by facts.doc_id, no"
    )


def _fact(kind: FactKind, row: Mapping[str, Any]) -> Span:
    shown = {key: value for key, value in row.items() if key not in ("doc_id", "no", "raw_start", "raw_end", "surface")}
    details = [f"{key.replace('_', ' ')}: {value}" for key, value in shown.items() if value not in (None, "", False)]
    about = "; ".join([kind.name, *details])
    return Span(f"{kind.name}-{row['no']}", kind.name, row["raw_start"], row["raw_end"], row["surface"], about)


def _group(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["doc_id"], []).append(row)
    return groups
