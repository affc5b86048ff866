"""A record that is given as named fields: a line of JSONL, a row of a table, an item of a feed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from tasks.read.records import hash_record, source_key
from tasks.read.repair import repair
from tasks.text.clean_view import replace_surrogates
from warehouse.rows import Record, Rejection

# The fields by which a record describes itself, under the names people use; the first one present counts.
GIVEN_FIELDS = {
    "title": ("title", "headline"),
    "date": (
        "date", "published", "published_at", "date_published", "publication_date", "publish_date", "date_publish",
    ),
    "author": ("author", "authors", "byline"),
    "source": ("source", "publisher", "site", "source_domain"),
    "language": ("language", "lang"),
}  # fmt: skip
TEXT_FIELDS = ("text", "content", "body", "maintext")
MARKUP_FIELDS = ("html", "raw_html")
_EXPORT_FIELDS = {"entity_id", "recipe_strip", "run_id", "sentence_no", "source_id", "story_id", "uri"}
_DOC_ID = re.compile(r"[0-9a-f]{32}")
# Fields called content or body hold markup as often as text.
_MARKUP = re.compile(r"\s*<(?:!doctype|html|body|article|section|main|header|div|p|h[1-6]|span|figure|ul|table|br|strong|em|b|i|a|img)\b[^>]{0,2000}>", re.IGNORECASE)  # fmt: skip
_CLEAN = ("true", "1", "yes")
# Seconds and milliseconds since 1970, as pandas writes times; neither has another meaning with that many digits.
_EPOCH = re.compile(r"(1\d{9})(?:\.0+|(\d{3}))?")


def canonical_json(fields: Mapping[str, Any]) -> bytes:
    """The bytes that stand for a record without bytes of its own: its fields that hold something, by name, as JSON in UTF-8."""
    held = {name: value for name, value in fields.items() if value not in (None, "")}
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return text.encode("utf-8", "replace")


def read_fields(
    fields: Mapping[str, Any], doc_id: str, uri: str, record_no: int, *, encoding: str = "utf-8"
) -> Record | Rejection:
    """The record that these fields are, or why they are none."""

    def reject(reason: str, detail: str) -> Rejection:
        return Rejection(uri, record_no, "read", reason, detail, doc_id=doc_id)

    if is_export(fields):
        return reject("of_warehouse", "The record was exported from a warehouse, and is no input.")
    found = _find_text(fields)
    if found is None:
        return reject("empty", f"The record has no text in the fields {', '.join(TEXT_FIELDS + MARKUP_FIELDS)}.")
    kind, text = found
    text, repairs = repair(replace_surrogates(text), is_markup=kind == "html")
    if not text.strip():
        return reject("empty", "The record holds no text.")
    url = replace_surrogates(fields["url"]) if isinstance(fields.get("url"), str) and fields["url"].strip() else None
    given = {name: value for name, names in GIVEN_FIELDS.items() if (value := _read_given(fields, names))}
    if "date" in given:
        given["date"] = _read_epoch(given["date"])
    source = given.get("source")
    is_clean = fields.get("is_clean") is True or str(fields.get("is_clean")).lower() in _CLEAN
    return Record(
        doc_id, uri, record_no, kind, text, ", ".join((encoding, *repairs)), url, source_key(uri, url, source), is_clean, given
    )  # fmt: skip


def is_export(fields: Mapping[str, Any]) -> bool:
    """Whether a record is a row of one of revue's own tables."""
    doc_id = fields.get("doc_id")
    return isinstance(doc_id, str) and bool(_DOC_ID.fullmatch(doc_id)) and not _EXPORT_FIELDS.isdisjoint(fields)


def _find_text(fields: Mapping[str, Any]) -> tuple[Literal["text", "html"], str] | None:
    for name in TEXT_FIELDS:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return ("html" if name != "text" and _MARKUP.match(value) else "text"), value
    for name in MARKUP_FIELDS:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return "html", value
    return None


def _read_given(fields: Mapping[str, Any], names: Sequence[str]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            value = "; ".join(str(one) for one in value if isinstance(one, str | int))
        if isinstance(value, datetime):
            value = value.isoformat()
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return repair(replace_surrogates(str(value).strip()), is_markup=False)[0]
    return None


def _read_epoch(text: str) -> str:
    """A time as ISO 8601 when it is given in seconds or milliseconds since 1970; any other as it is."""
    match = _EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(match[1]), UTC).isoformat() if match else text


def hash_fields(fields: Mapping[str, Any]) -> str:
    """The `doc_id` of a record without bytes of its own."""
    return hash_record(canonical_json(fields))
