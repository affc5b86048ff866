"""Records of a JSONL file, one a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any, Literal

from tasks.read.records import MEGABYTE, hash_record, reject_too_large, source_key
from tasks.read.repair import repair
from warehouse.rows import Record, Rejection

# The fields by which a JSONL record describes itself, under the names people use; the first one present counts.
GIVEN_FIELDS = {
    "title": ("title", "headline"),
    "date": ("date", "published", "published_at", "date_published", "publication_date"),
    "author": ("author", "authors", "byline"),
    "source": ("source", "publisher", "site"),
    "language": ("language", "lang"),
}
_MARKUP_FIELDS = ("html", "raw_html")


def read_jsonl(stream: IO[bytes], uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    """Every record of a JSONL stream in order, and a rejection for each line that holds none."""
    count_records = 0
    record_no = 0
    while line := stream.readline(record_bytes + 2):
        record_no += 1
        content = line.rstrip(b"\r\n")
        if len(content) > record_bytes:
            while line and not line.endswith(b"\n"):  # pass over the rest of this line
                line = stream.readline(MEGABYTE)
            count_records += 1
            yield reject_too_large(uri, record_no, record_bytes)
            continue
        if record_no == 1:
            content = content.removeprefix(b"\xef\xbb\xbf")
        if content.strip():
            count_records += 1
            yield _read_json(content, uri, record_no)
    if not count_records:
        yield Rejection(uri, 0, "read", "empty", "The file holds no record.")


def _read_json(content: bytes, uri: str, record_no: int) -> Record | Rejection:
    doc_id = hash_record(content)

    def reject(reason: str, detail: str) -> Rejection:
        return Rejection(uri, record_no, "read", reason, detail, doc_id=doc_id)

    try:
        fields: Any = json.loads(content.replace(b"\x00", b""))  # a NUL cannot stand in JSON
    except UnicodeDecodeError:
        return reject("undecodable", "The line is not UTF-8, which JSON must be.")
    except (ValueError, RecursionError) as error:
        return reject("broken_json", f"The line is not JSON: {str(error)[:200]}.")
    if not isinstance(fields, dict):
        return reject("broken_json", "The line is JSON, but not an object with fields.")
    kind: Literal["text", "html"] = "text"
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        kind = "html"
        text = next((fields[name] for name in _MARKUP_FIELDS if isinstance(fields.get(name), str)), None)
    if text is None or not text.strip():
        return reject("empty", "The record has no text in the fields text, html or raw_html.")
    text, repairs = repair(_replace_surrogates(text), is_markup=kind == "html")
    url = fields.get("url") if isinstance(fields.get("url"), str) else None
    given = {name: value for name, names in GIVEN_FIELDS.items() if (value := _read_given(fields, names))}
    return Record(
        doc_id, uri, record_no, kind, text, ", ".join(("utf-8", *repairs)), url, source_key(uri, url, given.get("source")), fields.get("is_clean") is True, given
    )  # fmt: skip


def _read_given(fields: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            value = "; ".join(str(one) for one in value if isinstance(one, str | int))
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return repair(_replace_surrogates(str(value).strip()), is_markup=False)[0]
    return None


def _replace_surrogates(text: str) -> str:
    """A text with each half of a surrogate pair, which JSON may hold and no file can, replaced by U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
