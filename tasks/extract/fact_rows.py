"""Facts as rows of their tables: with the document, their number, their positions in the raw text and their sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from warehouse.facts import FACT_KINDS, SENTENCE, FactKind
from warehouse.rows import Facts, Mention, Sentence

if TYPE_CHECKING:
    from tasks.page.lines import PositionMap

Row = Mapping[str, Any]


def fact_rows(doc_id: str, facts: Facts, positions: PositionMap) -> dict[str, list[Row]]:
    """The rows of `sentences` and of every table of facts for one document, numbered in the order of the text."""
    starts = [sentence.start_char for sentence in facts.sentences]
    return {
        kind.table: [
            _row(doc_id, kind, number, fact, positions)
            | {"sentence_no": number if kind is SENTENCE else max(1, bisect_right(starts, fact.start_char))}
            for number, fact in enumerate(_in_order(getattr(facts, kind.table)), 1)
        ]
        for kind in (SENTENCE, *FACT_KINDS)
    }


def _in_order(facts: Sequence[Any]) -> list[Any]:
    return sorted(facts, key=lambda fact: (fact.start_char, fact.end_char))


def _row(doc_id: str, kind: FactKind, number: int, fact: Any, positions: PositionMap) -> dict[str, Any]:
    raw_start, raw_end = positions.raw_span(fact.start_char, fact.end_char)
    row = {"doc_id": doc_id, kind.number: number, "raw_start": raw_start, "raw_end": raw_end} | asdict(fact)
    if isinstance(fact, Sentence):
        row["language"] = fact.language or "und"
    if isinstance(fact, Mention):
        row["label_extracted"] = fact.label  # `label` is decided again over the whole corpus
    return row
