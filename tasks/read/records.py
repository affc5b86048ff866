"""Records made of bytes: their `doc_id`, the source they are counted under, and why one is rejected."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Literal

from tasks.read.decode import Undecodable, decode
from tasks.read.repair import repair
from tasks.text.addresses import host_of
from warehouse.rows import Record, Rejection
from warehouse.uris import split_uri

MEGABYTE = 1_000_000


def hash_record(content: bytes) -> str:
    """The `doc_id` of a record: 32 hex digits of the SHA-256 of its bytes after decompression."""
    return hashlib.sha256(content).hexdigest()[:32]


def reject_too_large(uri: str, record_no: int, record_bytes: int) -> Rejection:
    """The rejection of a record of more than `record_bytes` bytes."""
    detail = f"The record is larger than {record_bytes / MEGABYTE:g} MB; raise the setting record_bytes to read it."
    return Rejection(uri, record_no, "read", "too_large", detail)


def reject_damaged(uri: str, record_no: int, damage: str) -> Rejection:
    """The rejection of what is lost of a file that is cut or damaged; what precedes the damage has been read."""
    return Rejection(uri, record_no, "read", "broken_archive", f"The file is damaged: {damage.rstrip('.')}.")


def read_page(
    content: bytes,
    uri: str,
    *,
    is_markup: bool,
    record_no: int = 1,
    url: str | None = None,
    declared: str | None = None,
) -> Record | Rejection:
    """The record that is one page, or why its bytes are none; `declared` is a charset given from outside."""
    doc_id = hash_record(content)
    if not content.strip():
        return Rejection(uri, record_no, "read", "empty", "The record holds no text.", doc_id=doc_id)
    decoded = decode(content, declared=declared, is_markup=is_markup)
    if isinstance(decoded, Undecodable):
        return Rejection(uri, record_no, "read", decoded.reason, decoded.detail, doc_id=doc_id)
    text, encoding = decoded
    text, repairs = repair(text, is_markup=is_markup)
    if not text.strip():
        return Rejection(uri, record_no, "read", "empty", "The record holds no text.", doc_id=doc_id)
    kind: Literal["text", "html"] = "html" if is_markup else "text"
    return Record(doc_id, uri, record_no, kind, text, ", ".join((encoding, *repairs)), url, source_key(uri, url))


def source_key(uri: str, url: str | None, source: str | None = None) -> str:
    """The key under which the lines of a record are counted: its source, else the host of its address, else its folder.

    The folder of a member of an archive is the one it would be in if the archive were unpacked where it is.
    """
    if source:
        return source.casefold()
    if host := host_of(url):
        return host
    archive, member = split_uri(uri)
    folder = PurePosixPath(archive).parent
    return f"folder:{folder / PurePosixPath(member).parent if member else folder}"
