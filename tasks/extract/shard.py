"""The shard loop of extract: reads the stripped pages of a shard and writes their sentences and facts, or rejections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

from tasks.extract import extract, load
from tasks.extract.fact_rows import fact_rows
from tasks.page.lines import PositionMap
from tasks.runtime.guard import Failure, Guard, attempt
from tasks.runtime.shards import read_shard, rejection_row, rejection_schema, write_shard
from tasks.text.bands import band_rows
from warehouse.facts import Facts
from warehouse.rows import Line, Rejection
from warehouse.store import FACT_TABLES

# Texts given to the model together: enough to fill its batches, few enough to find the one that ends the process.
_BATCH_DOCUMENTS = 32

T = TypeVar("T")
TableRows = Mapping[str, Sequence[Mapping[str, Any]]]


def extract_shard(
    source: Path,
    target: Path,
    models: Sequence[str],
    ner: Literal["revue", "model"],
    *,
    guard: Guard,
    skip: Mapping[str, str],
) -> int:
    """Extract the facts of the stripped pages of a shard; returns the number of documents extracted.

    `models` are spaCy pipelines: the main one, then those for sentences in other languages.

    Writes the tables of `FACT_TABLES` (sentences, one table for each kind of fact, bands) and `rejected`.
    """
    nlp, *others = (load(model, ner=ner) for model in models)
    pages = read_shard(source, "pages")
    lines: dict[str, list[Line]] = {}
    for row in read_shard(source, "lines"):
        lines.setdefault(row.pop("doc_id"), []).append(Line(**row))
    tables: dict[str, list[Mapping[str, Any]]] = {name: [] for name in (*FACT_TABLES, "rejected")}
    count = 0

    def read(batch: Sequence[dict[str, Any]]) -> list[TableRows]:
        found = extract(
            nlp,
            [page["text"] for page in batch],
            [page["published_at"] or page["published_on"] for page in batch],
            [page["language"] for page in batch],
            others=others,
        )
        return [_page_rows(page, facts, lines[page["doc_id"]]) for page, facts in zip(batch, found, strict=True)]

    for page, outcome in _read_pages(pages, read, guard, skip):
        if isinstance(outcome, Failure):
            rejection = Rejection(
                page["uri"], page["record_no"], "extract", *outcome, page["doc_id"], page["source_id"]
            )
            tables["rejected"].append(rejection_row(rejection))
            continue
        count += 1
        for name, rows in outcome.items():
            tables[name] += rows
    write_shard(target, tables, {"rejected": rejection_schema()})
    return count


def _page_rows(page: Mapping[str, Any], facts: Facts, lines: Sequence[Line]) -> TableRows:
    """The rows of a page in the tables of `FACT_TABLES`."""
    rows = fact_rows(page["doc_id"], facts, PositionMap(lines))
    return {**rows, "bands": band_rows(page["doc_id"], page["text"])}


def _read_pages(
    pages: Sequence[dict[str, Any]],
    read: Callable[[Sequence[dict[str, Any]]], list[T]],
    guard: Guard,
    skip: Mapping[str, str],
) -> Iterator[tuple[dict[str, Any], T | Failure]]:
    """Each page with what `read` gives for it, or why there is nothing; a batch that fails is read again page by page.

    A batch has the time of one document, which is many times what it needs, and a name of its own, so that no page of it
    is taken for the one that ends the process.
    """
    for start in range(0, len(pages), _BATCH_DOCUMENTS):
        batch = pages[start : start + _BATCH_DOCUMENTS]
        name = f"{batch[0]['doc_id']} and {len(batch) - 1} after it"
        is_known = name in skip or any(page["doc_id"] in skip for page in batch)
        outcome = None if is_known else attempt(name, guard, skip, partial(read, batch), is_batch=True)
        if isinstance(outcome, list):
            yield from zip(batch, outcome, strict=True)
            continue
        for page in batch:
            alone = attempt(page["doc_id"], guard, skip, partial(read, [page]))
            yield page, alone if isinstance(alone, Failure) else alone[0]
