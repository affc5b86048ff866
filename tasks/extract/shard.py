"""The shard loop of extract: the stripped pages of a shard become sentences and facts, or rejections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from tasks.extract import extract, load
from tasks.extract.signature import sign
from tasks.extract.table import fact_rows
from tasks.page.lines import PositionMap
from tasks.runtime.guard import DETAILS, Guard, attempt
from tasks.runtime.shards import read_shard, rejection_row, rejection_schema, write_shard
from warehouse.rows import Line, Rejection

# Texts whose names are looked for together: enough to fill the model's batches, few enough to find a culprit among.
_BATCH_DOCUMENTS = 32


def extract_shard(
    source: Path,
    target: Path,
    models: Sequence[str],
    ner: Literal["revue", "model"],
    *,
    guard: Guard,
    skip: Mapping[str, str],
) -> int:
    """Read the facts of the stripped pages of a shard; returns how many documents were recognised.

    `models` are spaCy pipelines: the main one, then those for sentences in other languages.

    Tables: `sentences`, `mentions`, `dates`, `figures`, `quotes`, `roles`, `signatures`, and `rejected`.
    """
    nlp, *others = (load(model, ner=ner) for model in models)
    pages = read_shard(source, "pages")
    lines: dict[str, list[Line]] = {}
    for row in read_shard(source, "lines"):
        lines.setdefault(row.pop("doc_id"), []).append(Line(**row))
    names = ("sentences", "mentions", "dates", "figures", "quotes", "roles", "signatures", "rejected")
    tables: dict[str, list[Mapping[str, Any]]] = {name: [] for name in names}
    count = 0
    for batch in _batches(pages, skip):
        outcome = attempt(
            batch[0]["doc_id"],
            guard,
            skip,
            lambda batch=batch: extract(  # type: ignore[misc]
                nlp,
                [page["text"] for page in batch],
                [page["published_at"] or page["published_on"] for page in batch],
                [page["language"] for page in batch],
                others=others,
            ),
            count=len(batch),
        )
        if isinstance(outcome, str):
            page = batch[0]
            rejection = Rejection(
                page["uri"], page["record_no"], "extract", outcome, DETAILS[outcome], page["doc_id"], page["source_id"]
            )
            tables["rejected"].append(rejection_row(rejection))
            continue
        count += len(batch)
        for page, facts in zip(batch, outcome, strict=True):
            places = PositionMap(lines[page["doc_id"]])
            for name, rows in fact_rows(page["doc_id"], facts, places).items():
                tables[name] += rows
            tables["signatures"].append({"doc_id": page["doc_id"], "signature": sign(page["text"])})
    write_shard(target, tables, {"rejected": rejection_schema()})
    return count


def _batches(pages: Sequence[dict[str, Any]], skip: Mapping[str, str]) -> Iterator[list[dict[str, Any]]]:
    """Pages by the batch; a batch in which the process ended comes page by page, so that the culprit is found."""
    for start in range(0, len(pages), _BATCH_DOCUMENTS):
        batch = list(pages[start : start + _BATCH_DOCUMENTS])
        if any(page["doc_id"] in skip for page in batch):
            yield from ([page] for page in batch)
        else:
            yield batch
