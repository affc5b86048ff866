"""Facts as rows: what the tables add to them, their numbers, their document and their place in the raw text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

from warehouse.rows import Facts

if TYPE_CHECKING:
    from tasks.page.lines import PositionMap

# Each table of facts, and what its numbers are called.
_NUMBERS = {
    "sentences": "sentence_no",
    "mentions": "mention_no",
    "dates": "date_no",
    "figures": "figure_no",
    "quotes": "quote_no",
    "roles": "role_no",
}


class _Placed(Protocol):
    start_char: int
    end_char: int


def fact_rows(doc_id: str, facts: Facts, places: PositionMap) -> dict[str, list[Mapping[str, Any]]]:
    """The rows of every table of facts for one document, in the order of the text."""
    starts = [sentence.start_char for sentence in facts.sentences]
    return {
        table: [
            _row(doc_id, number, number_name, fact, places, starts)
            for number, fact in enumerate(_in_order(getattr(facts, table)), 1)
        ]
        for table, number_name in _NUMBERS.items()
    }


def _in_order(facts: Sequence[_Placed]) -> list[_Placed]:
    return sorted(facts, key=lambda fact: (fact.start_char, fact.end_char))


def _row(
    doc_id: str, number: int, number_name: str, fact: Any, places: PositionMap, sentence_starts: Sequence[int]
) -> Mapping[str, Any]:
    raw_start, raw_end = places.raw_span(fact.start_char, fact.end_char)
    row = {"doc_id": doc_id, number_name: number, "raw_start": raw_start, "raw_end": raw_end} | asdict(fact)
    if number_name == "sentence_no":
        return row | {"language": fact.language or "und"}
    row["sentence_no"] = max(1, bisect_right(sentence_starts, fact.start_char))
    if number_name == "mention_no":
        row["label_extracted"] = fact.label
    return row
