"""The shard loop of strip: the fresh records of a shard become pages, lines and evidence, or rejections."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.runtime.guard import Failure, Guard, attempt
from tasks.runtime.shards import read_shard, rejection_row, rejection_schema, write_shard
from tasks.strip import strip
from tasks.strip.describe import Sources, identify_source
from warehouse.rows import Page, Record, Rejection
from warehouse.store import arrow_schema

if TYPE_CHECKING:
    import pyarrow

TableRows = Mapping[str, Sequence[Mapping[str, Any]]]


def strip_shard(
    source: Path,
    target: Path,
    record_status: Path,
    repeated_lines: Path,
    sources: Path,
    recipe: str,
    *,
    guard: Guard,
    skip: Mapping[str, str],
) -> int:
    """Strip and describe the fresh records of a shard; returns how many documents were stripped.

    Tables: `pages` (a row of `documents` as far as it is known), `lines`, `evidence`, `rejections`, `sources`.
    """
    known = Sources.read(sources)
    tables: dict[str, list[Mapping[str, Any]]] = {
        name: [] for name in ("pages", "lines", "evidence", "rejected", "new_sources")
    }
    count = 0
    for record in _fresh_records(source, record_status):
        outcome = attempt(record.doc_id, guard, skip, partial(_strip_record, record, repeated_lines, known, recipe))
        if isinstance(outcome, Failure):
            rejection = Rejection(record.uri, record.record_no, "strip", *outcome, record.doc_id)
            outcome = {"rejected": [rejection_row(rejection)]}
        else:
            count += 1
        for name, rows in outcome.items():
            tables[name] += rows
    schemas = {"pages": page_schema(), "rejected": rejection_schema(), "new_sources": arrow_schema("sources")}
    write_shard(target, tables, schemas)
    return count


def _strip_record(record: Record, repeated_lines: Path, known: Sources, recipe: str) -> TableRows:
    """The rows of a record in the tables of the shard."""
    page = strip(record, repeated=_repeated_lines(repeated_lines, record.source_key), sources=known)
    source = identify_source(known, page.description.source_name, page.description.source_domain)
    rows: dict[str, list[Mapping[str, Any]]] = {
        "lines": [{"doc_id": record.doc_id} | line._asdict() for line in page.lines],
        "evidence": [
            {"doc_id": record.doc_id, "evidence_no": number} | asdict(one)
            for number, one in enumerate(page.description.evidence, 1)
        ],
    }
    if page.reason:
        place = (record.uri, record.record_no, "strip")
        rejection = Rejection(*place, page.reason, page.detail or "", record.doc_id, source["source_id"])
        return {**rows, "rejected": [rejection_row(rejection)]}
    rows["pages"] = [_page_row(record, page, source["source_id"], recipe)]
    if not source["is_listed"]:
        rows["new_sources"] = [source]
    return rows


def _fresh_records(source: Path, record_status: Path) -> Iterator[Record]:
    fresh = _fresh_places(str(record_status))
    for row in read_shard(source, "records"):
        if (row["doc_id"], row["uri"], row["record_no"]) in fresh:
            yield Record(**(row | {"given": json.loads(row["given"])}))


@cache
def _fresh_places(record_status: str) -> frozenset[tuple[str, str, int]]:
    from pyarrow import parquet

    table = parquet.read_table(
        record_status, filters=[("status", "=", "fresh")], columns=["doc_id", "uri", "record_no"]
    )
    return frozenset((row["doc_id"], row["uri"], row["record_no"]) for row in table.to_pylist())


@cache
def _repeated_lines(file: Path, source_key: str) -> dict[int, float]:
    from pyarrow import parquet

    table = parquet.read_table(file, filters=[("source_key", "=", source_key)], columns=["line_key", "share"])
    return dict(zip(table["line_key"].to_pylist(), table["share"].to_pylist(), strict=True))


def _page_row(record: Record, page: Page, source_id: str, recipe: str) -> Mapping[str, Any]:
    description = asdict(page.description)
    return {name: description[name] for name in page_schema().names if name in description} | {
        "doc_id": record.doc_id,
        "uri": record.uri,
        "record_no": record.record_no,
        "url": record.url or page.description.url,
        "source_id": source_id,
        "authors": list(page.description.authors),
        "language": page.description.language or "und",
        "encoding": record.encoding,
        "text": page.text,
        "count_words": len(page.text.split()),
        "count_lines_removed": sum(not line.is_kept and line.kind != "blank" for line in page.lines),
        "is_truncated": page.is_truncated,
        "recipe_strip": recipe,
    }


@cache
def page_schema() -> pyarrow.Schema:
    """A row of `documents`, without the columns that depend on the run or the corpus."""
    import pyarrow

    later = {"story_id", "run_id", "recipe_extract"}
    return pyarrow.schema([column for column in arrow_schema("documents") if column.name not in later])
