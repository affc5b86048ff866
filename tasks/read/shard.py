"""The shard loop of read: the inputs of a shard become folders of records, each about the size of a shard."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.page.lines import line_key
from tasks.page.parse import UnreadableMarkupError, parse
from tasks.page.render import render
from tasks.read.containers import read_input
from tasks.runtime.guard import Failure, Guard, attempt
from tasks.runtime.shards import shard_key, write_shard
from warehouse.rows import Input, Record, Rejection

if TYPE_CHECKING:
    import pyarrow

_LONGEST_COUNTED = 2_000_000  # characters of markup: a longer page is no news article with repeated lines


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


def read_shard_inputs(
    inputs: Sequence[Input],
    folder: Path,
    shard_bytes: int,
    record_bytes: int,
    *,
    guard: Guard,
    skip: Mapping[str, str],
) -> list[RecordShard]:
    """Read the inputs of a shard and write their records, about `shard_bytes` of content to a folder `folder/NNNN`.

    Tables: `records` (what strip needs), `incoming` (every record and rejection, in order), `record_lines` (the distinct
    lines of each record, hashed, for repetition). A record is read, and markup rendered, under the limits of one document.
    Of an input with a record that exceeds them, what precedes it is read; a page that exceeds them while it is rendered
    has no lines counted, and strip meets the same limit and rejects it. Returns the folders written.
    """
    unfinished = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.unfinished")
    for number, part in enumerate(_split(_read_all(inputs, record_bytes, guard, skip), shard_bytes)):
        records = [item for item in part if isinstance(item, Record)]
        write_shard(
            unfinished / f"{number:04}",
            {
                "records": [asdict(record) | {"given": json.dumps(record.given)} for record in records],
                "incoming": [_incoming(item) for item in part],
                "record_lines": [row for record in records for row in _record_lines(record, guard, skip)],
            },
            {"records": record_schema(), "incoming": incoming_schema(), "record_lines": line_schema()},
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


def _read_all(
    inputs: Iterable[Input], record_bytes: int, guard: Guard, skip: Mapping[str, str]
) -> Iterator[Record | Rejection]:
    for item in inputs:
        found = read_input(item, record_bytes=record_bytes)
        for number in count(1):
            name = shard_key("read", item.uri, number)  # what a document is called before its bytes are read
            outcome = attempt(name, guard, skip, partial(next, found, None))
            if isinstance(outcome, Failure):
                detail = f"{outcome.detail} What follows it in this input was not read."
                yield Rejection(item.uri, number, "read", outcome.reason, detail)
            if outcome is None or isinstance(outcome, Failure):
                break
            yield outcome


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


def _record_lines(record: Record, guard: Guard, skip: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The distinct lines of a record, and line 0 for the record itself; none for one that is clean or cannot be rendered."""
    if record.is_clean:
        return
    keys: Iterable[int] | Failure | None
    if record.kind == "text":
        keys = _line_keys(record.content)
    else:
        keys = attempt(record.doc_id, guard, skip, partial(_rendered_line_keys, record.content))
    for key in () if keys is None or isinstance(keys, Failure) else keys:
        yield {
            "doc_id": record.doc_id,
            "uri": record.uri,
            "record_no": record.record_no,
            "source_key": record.source_key,
            "line_key": key,
        }


def _line_keys(text: str) -> list[int]:
    return sorted({line_key(line) for line in text.splitlines() if line.strip()} | {0})


def _rendered_line_keys(markup: str) -> list[int] | None:
    """The keys of the lines a page shows; strip renders it again, because keeping the text would cost more than it saves."""
    if len(markup) > _LONGEST_COUNTED:
        return None
    try:
        return _line_keys(render(parse(markup)))
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


@cache
def record_schema() -> pyarrow.Schema:
    """The columns of the shard table `records`."""
    import pyarrow

    text = pyarrow.string()
    return pyarrow.schema({
        "doc_id": text, "uri": text, "record_no": pyarrow.int32(), "kind": text, "content": text, "encoding": text,
        "url": text, "source_key": text, "is_clean": pyarrow.bool_(), "given": text,
    })  # fmt: skip


@cache
def incoming_schema() -> pyarrow.Schema:
    """The columns of the shard table `incoming`: every record and rejection, in order."""
    import pyarrow

    text = pyarrow.string()
    return pyarrow.schema({"uri": text, "record_no": pyarrow.int32(), "doc_id": text, "reason": text, "detail": text})


@cache
def line_schema() -> pyarrow.Schema:
    """The columns of the shard table `record_lines`: the distinct lines of each record, hashed."""
    import pyarrow

    text = pyarrow.string()
    return pyarrow.schema({
        "doc_id": text, "uri": text, "record_no": pyarrow.int32(), "source_key": text, "line_key": pyarrow.int64(),
    })  # fmt: skip
