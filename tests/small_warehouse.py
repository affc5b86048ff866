"""A small warehouse written row by row, without a run: for tests of commands that only read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.store import connect, create_tables, insert_rows


def name_id(text: str) -> str:
    """The doc_id of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def write_warehouse(path: Path, documents: Sequence[Mapping[str, Any]]) -> Path:
    """Write documents, one sentence for each paragraph of their `text`; other columns have plain values unless given."""
    rows, sentences = [], []
    for number, given in enumerate(documents, 1):
        doc_id = name_id(given["text"])
        row = {
            "doc_id": doc_id, "uri": f"{number}.txt", "record_no": 1, "source_id": "unknown", "title": "Sans titre", "authors": [],
            "published_on": date(2025, 3, number), "published_granularity": "day", "published_method": "dateline",
            "published_confidence": 0.9, "language": "fr", "encoding": "utf-8", "count_words": len(given["text"].split()),
            "count_lines_removed": 0, "is_truncated": False, "story_id": doc_id, "run_id": "20250401T080000-aaaa",
            "recipe_strip": "1", "recipe_extract": "1",
        }  # fmt: skip
        rows.append(row | given)
        start = 0
        for sentence_no, paragraph in enumerate(given["text"].split("\n\n"), 1):
            end = start + len(paragraph)
            sentences.append(
                {"doc_id": doc_id, "sentence_no": sentence_no, "start_char": start, "end_char": end, "raw_start": start,
                 "raw_end": end, "surface": paragraph, "language": "fr"}
            )  # fmt: skip
            start = end + 2
    with connect(path) as connection:
        create_tables(connection)
        insert_rows(connection, "documents", rows)
        insert_rows(connection, "sentences", sentences)
        names = sorted({row["source_id"] for row in rows})
        insert_rows(connection, "sources", [{"source_id": one, "name": one, "is_listed": False} for one in names])
    return path
