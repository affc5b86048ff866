"""Records of a JSONL file, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tasks.read.decode import Undecodable, decode_line
from tasks.read.fields import read_fields
from tasks.read.records import MEGABYTE, hash_record, reject_damaged, reject_too_large
from tasks.read.streams import DamagedStream, as_utf8
from warehouse.rows import Record, Rejection


def read_jsonl(stream: DamagedStream, uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    """Every record of a JSONL stream in order, and a rejection for each line that holds none."""
    lines = as_utf8(stream)
    count_records = 0
    record_no = 0
    encoding: str | None = None  # of the last record: the lines of a file hardly ever differ
    while line := lines.readline(record_bytes + 2):
        record_no += 1
        content = line.rstrip(b"\r\n")
        if len(content) > record_bytes:
            while line and not line.endswith(b"\n"):  # pass over the rest of this line
                line = lines.readline(MEGABYTE)
            count_records += 1
            yield reject_too_large(uri, record_no, record_bytes)
        elif stream.damage and not line.endswith(b"\n"):
            record_no -= 1  # the line is cut, and is rejected below
        elif content.strip():
            count_records += 1
            record = _read_json(content, uri, record_no, encoding)
            encoding = record.encoding.split(",")[0] if isinstance(record, Record) else encoding
            yield record
    if stream.damage:
        yield reject_damaged(uri, record_no + 1, stream.damage)
    elif not count_records:
        yield Rejection(uri, 0, "read", "empty", "The file holds no record.")


def _read_json(content: bytes, uri: str, record_no: int, expected: str | None) -> Record | Rejection:
    doc_id = hash_record(content)

    def reject(reason: str, detail: str) -> Rejection:
        return Rejection(uri, record_no, "read", reason, detail, doc_id=doc_id)

    decoded = decode_line(content.replace(b"\x00", b""), expected)  # a NUL cannot stand in JSON
    if isinstance(decoded, Undecodable):
        return reject(decoded.reason, decoded.detail)
    text, encoding = decoded
    try:
        fields: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        return reject("broken_json", f"The line is not JSON: {str(error)[:200]}.")
    if not isinstance(fields, dict):
        return reject("broken_json", "The line is JSON, but not an object with fields.")
    return read_fields(fields, doc_id, uri, record_no, encoding=encoding)
