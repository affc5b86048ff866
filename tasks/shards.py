"""The loops over documents that worker processes run: each takes one shard's files and writes the next step's.

The functions they call know one document; these know shards, limits and what to do with a document that fails.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tasks.discover import Input
from tasks.guard import Guard
from warehouse.rows import Line, Page, Record, Rejection
from warehouse.shards import read_shard, write_shard
from warehouse.store import arrow_schema

if TYPE_CHECKING:
    import pyarrow

T = TypeVar("T")

# Texts whose names are looked for together: enough to fill the model's batches, few enough to find a culprit among.
_BATCH_DOCUMENTS = 32
_LONGEST_COUNTED = 2_000_000  # characters of markup: a longer page is no news article whose lines come again
_DETAILS = {
    "too_slow": "The document took longer in this step than the setting document_seconds allows.",
    "crashed": "A worker process ended over this document, most likely for want of memory.",
    "too_large": "The document needs more memory than the setting document_bytes allows.",
}


@dataclass(frozen=True, slots=True)
class RecordShard:
    """Records of one or more inputs that were read: the folder they are in, and their number."""

    folder: str
    count_records: int

    @property
    def folder_key(self) -> str:
        """The shard's name among all runs: the key of what was read, and its number in it."""
        path = Path(self.folder)
        return f"{path.parent.name}/{path.name}"


def read_shard_inputs(inputs: Sequence[Input], folder: Path, shard_bytes: int, record_bytes: int) -> list[RecordShard]:
    """Read the inputs of a shard and write their records, about `shard_bytes` of content to a folder `folder/NNNN`.

    Tables: `records` (what strip needs), `incoming` (every record and rejection, in order), `record_lines` (the distinct
    lines of each record, hashed, for repetition). Returns the folders written.
    """
    unfinished = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.unfinished")
    for number, part in enumerate(_split(_read_all(inputs, record_bytes), shard_bytes)):
        records = [item for item in part if isinstance(item, Record)]
        write_shard(
            unfinished / f"{number:04}",
            {
                "records": [asdict(record) | {"given": json.dumps(record.given)} for record in records],
                "incoming": [_incoming(item) for item in part],
                "record_lines": [row for record in records for row in _record_lines(record)],
            },
            {"records": _record_schema(), "incoming": incoming_schema(), "record_lines": line_schema()},
        )
    unfinished.rename(folder)
    return list_record_shards(folder)


def list_record_shards(folder: Path) -> list[RecordShard]:
    """The shards that `read_shard_inputs` wrote to a folder, in order."""
    from pyarrow import parquet

    return [
        RecordShard(str(path), parquet.read_metadata(path / "incoming.parquet").num_rows)
        for path in sorted(folder.iterdir())
    ]


def strip_shard(
    source: Path,
    target: Path,
    fates: Path,
    repeated: Path,
    sources: Path,
    recipe: str,
    *,
    guard: Guard,
    skip: Mapping[str, str],
) -> int:
    """Strip and describe the fresh records of a shard; returns how many documents were stripped.

    Tables: `pages` (a row of `documents` as far as it is known), `lines`, `evidence`, `rejections`, `sources`.
    """
    from tasks.describe.sources import Sources
    from tasks.sources import identify_source
    from tasks.strip import strip

    known = Sources.read(sources)
    tables: dict[str, list[Mapping[str, Any]]] = {
        name: [] for name in ("pages", "lines", "evidence", "rejected", "new_sources")
    }
    count = 0
    for record in _fresh_records(source, fates):
        page = _attempt(
            record.doc_id,
            guard,
            skip,
            lambda record=record: strip(  # type: ignore[misc]
                record, repeated=_repeated_lines(repeated, record.source_key), sources=known
            ),
        )
        if isinstance(page, str):
            tables["rejected"].append(
                _rejection(Rejection(record.uri, record.record_no, "strip", page, _DETAILS[page], record.doc_id))
            )
            continue
        count += 1
        source_row = identify_source(known, page.description.source_name, page.description.source_domain)
        tables["lines"] += [{"doc_id": record.doc_id} | line._asdict() for line in page.lines]
        tables["evidence"] += [
            {"doc_id": record.doc_id, "evidence_no": number} | asdict(one)
            for number, one in enumerate(page.description.evidence, 1)
        ]
        if page.reason:
            rejection = Rejection(
                record.uri,
                record.record_no,
                "strip",
                page.reason,
                page.detail or "",
                record.doc_id,
                source_row["source_id"],
            )
            tables["rejected"].append(_rejection(rejection))
            continue
        tables["pages"].append(_page_row(record, page, source_row["source_id"], recipe))
        if not source_row["is_listed"]:
            tables["new_sources"].append(source_row)
    schemas = {"pages": page_schema(), "rejected": rejection_schema(), "new_sources": arrow_schema("sources")}
    write_shard(target, tables, schemas)
    return count


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
    from tasks.facts import extract, load
    from tasks.facts.near import sign
    from tasks.facts.table import fact_rows
    from tasks.strip.lines import PositionMap

    nlp, *others = (load(model, ner=ner) for model in models)
    pages = read_shard(source, "pages")
    lines: dict[str, list[Line]] = {}
    for row in read_shard(source, "lines"):
        lines.setdefault(row.pop("doc_id"), []).append(Line(**row))
    names = ("sentences", "mentions", "dates", "figures", "quotes", "roles", "signatures", "rejected")
    tables: dict[str, list[Mapping[str, Any]]] = {name: [] for name in names}
    count = 0
    for batch in _batches(pages, skip):
        outcome = _attempt(
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
                page["uri"], page["record_no"], "extract", outcome, _DETAILS[outcome], page["doc_id"], page["source_id"]
            )
            tables["rejected"].append(_rejection(rejection))
            continue
        count += len(batch)
        for page, facts in zip(batch, outcome, strict=True):
            places = PositionMap(lines[page["doc_id"]])
            for name, rows in fact_rows(page["doc_id"], facts, places).items():
                tables[name] += rows
            tables["signatures"].append({"doc_id": page["doc_id"], "signature": sign(page["text"])})
    write_shard(target, tables, {"rejected": rejection_schema()})
    return count


def group(items: Sequence[T], most: int) -> list[list[T]]:
    """The items in order, in at most `most` groups of nearly one size."""
    size = -(-len(items) // most) or 1
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


def shard_key(*parts: object) -> str:
    """A short name for a shard's outcome, made of everything it depends on."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:24]


def _attempt(doc_id: str, guard: Guard, skip: Mapping[str, str], work: Callable[[], Any], *, count: int = 1) -> Any:
    """The outcome of `work`, or the reason word why this document has none."""
    if count == 1 and doc_id in skip:
        return skip[doc_id]
    try:
        with guard.watch(doc_id, count=count):
            return work()
    except MemoryError:
        if count > 1:
            raise
        return "too_large"


def _batches(pages: Sequence[dict[str, Any]], skip: Mapping[str, str]) -> Iterator[list[dict[str, Any]]]:
    """Pages by the batch; a batch in which the process ended comes page by page, so that the culprit is found."""
    for start in range(0, len(pages), _BATCH_DOCUMENTS):
        batch = list(pages[start : start + _BATCH_DOCUMENTS])
        if any(page["doc_id"] in skip for page in batch):
            yield from ([page] for page in batch)
        else:
            yield batch


def _read_all(inputs: Iterable[Input], record_bytes: int) -> Iterator[Record | Rejection]:
    from tasks.read import read_input

    for item in inputs:
        yield from read_input(item, record_bytes=record_bytes)


def _split(items: Iterable[Record | Rejection], shard_bytes: int) -> Iterator[list[Record | Rejection]]:
    part: list[Record | Rejection] = []
    size = 0
    for item in items:
        part.append(item)
        size += len(item.content) if isinstance(item, Record) else 0
        if size >= shard_bytes:
            yield part
            part, size = [], 0
    if part:
        yield part


def _fresh_records(source: Path, fates: Path) -> Iterator[Record]:
    fresh = _fresh_places(str(fates))
    for row in read_shard(source, "records"):
        if (row["doc_id"], row["uri"], row["record_no"]) in fresh:
            yield Record(**(row | {"given": json.loads(row["given"])}))


@cache
def _fresh_places(fates: str) -> frozenset[tuple[str, str, int]]:
    from pyarrow import parquet

    table = parquet.read_table(fates, filters=[("fate", "=", "fresh")], columns=["doc_id", "uri", "record_no"])
    return frozenset((row["doc_id"], row["uri"], row["record_no"]) for row in table.to_pylist())


@cache
def _repeated_lines(repeated: Path, source_key: str) -> dict[int, float]:
    from pyarrow import parquet

    table = parquet.read_table(repeated, filters=[("source_key", "=", source_key)], columns=["line_key", "share"])
    return dict(zip(table["line_key"].to_pylist(), table["share"].to_pylist(), strict=True))


def _record_lines(record: Record) -> Iterator[Mapping[str, Any]]:
    """The distinct lines of a record, and line 0 for the record itself; nothing of one that is clean or cannot be parsed."""
    from tasks.strip.lines import line_key

    raw = None if record.is_clean else record.content if record.kind == "text" else _visible_text(record.content)
    if raw is not None:
        for key in sorted({line_key(line) for line in raw.splitlines() if line.strip()} | {0}):
            yield {
                "doc_id": record.doc_id,
                "uri": record.uri,
                "record_no": record.record_no,
                "source_key": record.source_key,
                "line_key": key,
            }


def _visible_text(markup: str) -> str | None:
    """What a page shows; parsing is not kept for the next step, since a tree does not fit in a file and costs little again."""
    from tasks.strip.render import UnreadableMarkupError, parse, render

    if len(markup) > _LONGEST_COUNTED:
        return None
    try:
        return render(parse(markup))
    except UnreadableMarkupError:
        return None


def _incoming(item: Record | Rejection) -> Mapping[str, Any]:
    rejection = item if isinstance(item, Rejection) else None
    return {
        "uri": item.uri,
        "record_no": item.record_no,
        "doc_id": item.doc_id or "",
        "reason": rejection.reason if rejection else None,
        "detail": rejection.detail if rejection else None,
    }


def _rejection(item: Rejection) -> Mapping[str, Any]:
    return asdict(item) | {"doc_id": item.doc_id or ""}


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
    """A row of `documents`, without what only the run and the corpus know."""
    import pyarrow

    later = {"story_id", "run_id", "recipe_extract"}
    return pyarrow.schema([column for column in arrow_schema("documents") if column.name not in later])


@cache
def _record_schema() -> pyarrow.Schema:
    import pyarrow

    text = pyarrow.string()
    return pyarrow.schema({
        "doc_id": text, "uri": text, "record_no": pyarrow.int32(), "kind": text, "content": text, "encoding": text,
        "url": text, "source_key": text, "is_clean": pyarrow.bool_(), "given": text,
    })  # fmt: skip


@cache
def incoming_schema() -> pyarrow.Schema:
    import pyarrow

    text = pyarrow.string()
    return pyarrow.schema({"uri": text, "record_no": pyarrow.int32(), "doc_id": text, "reason": text, "detail": text})


@cache
def line_schema() -> pyarrow.Schema:
    import pyarrow

    text = pyarrow.string()
    return pyarrow.schema({
        "doc_id": text, "uri": text, "record_no": pyarrow.int32(), "source_key": text, "line_key": pyarrow.int64(),
    })  # fmt: skip


@cache
def rejection_schema() -> pyarrow.Schema:
    import pyarrow

    text = pyarrow.string()
    names = ("uri", "stage", "reason", "detail", "doc_id", "source_id", "outcome")
    return pyarrow.schema({name: text for name in names} | {"record_no": pyarrow.int32()})
