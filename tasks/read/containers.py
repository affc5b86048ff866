"""Open files, compressed files, JSONL, WARC and zip archives: every record in them, or why it cannot be read."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, Literal, cast
from urllib.parse import urlsplit

from tasks.discover import COMPRESSIONS, is_readable_type
from tasks.read.decode import Undecodable, decode
from warehouse.rows import Input, Record, Rejection

# The fields by which a JSONL record describes itself, under the names people use; the first one present counts.
GIVEN_FIELDS = {
    "title": ("title", "headline"),
    "date": ("date", "published", "published_at", "date_published", "publication_date"),
    "author": ("author", "authors", "byline"),
    "source": ("source", "publisher", "site"),
    "language": ("language", "lang"),
}
_MARKUP_FIELDS = ("html", "raw_html")
_MEGABYTE = 1_000_000


class _TooLarge(Exception):
    """Raised when a stream holds more bytes than a record may have."""


def hash_record(content: bytes) -> str:
    """The `doc_id` of a record: 32 hex digits of the SHA-256 of its bytes after decompression."""
    return hashlib.sha256(content).hexdigest()[:32]


def read_input(item: Input, *, record_bytes: int) -> Iterator[Record | Rejection]:
    """Every record of an input in order; what cannot be read is a `Rejection` in its place (number 0: no record at all).

    `record_bytes` bounds one record after decompression, so that a small archive cannot fill the memory.
    """
    if item.problem:
        yield Rejection(item.uri, 0, "read", item.problem, item.detail or "")
        return
    try:
        with open(item.path, "rb") as stream:
            if not is_readable_type(item.uri if item.uri != "-" else "-.txt"):
                yield Rejection(item.uri, 0, "read", "unknown_type", "revue does not read files of this type.")
            elif item.uri.lower().endswith(".zip"):
                yield from _read_zip(stream, item.uri, record_bytes)
            else:
                yield from _read_stream(stream, item.uri, record_bytes)
    except OSError as error:
        yield Rejection(item.uri, 0, "read", "unreadable", f"The file could not be read: {error.strerror or error}.")


def _read_zip(stream: IO[bytes], uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    try:
        archive = zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        yield Rejection(uri, 0, "read", "broken_archive", f"The zip archive cannot be opened: {error}.")
        return
    count_members = 0
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        name = PurePosixPath(member.filename)
        if (
            member.is_dir()
            or any(part.startswith((".", "__MACOSX")) for part in name.parts)
            or not is_readable_type(name.name)
        ):
            continue
        count_members += 1
        member_uri = f"{uri}!/{member.filename}"
        if name.suffix.lower() == ".zip":
            yield Rejection(member_uri, 0, "read", "nested_archive", "An archive inside an archive is not opened.")
        elif member.flag_bits & 0x1:
            yield Rejection(member_uri, 0, "read", "encrypted", "The member of the archive is encrypted.")
        else:
            try:
                with archive.open(member) as opened:
                    yield from _read_stream(opened, member_uri, record_bytes)
            except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
                yield Rejection(
                    member_uri, 0, "read", "broken_archive", f"The member of the archive cannot be read: {error}."
                )
    if not count_members:
        yield Rejection(uri, 0, "read", "no_inputs", "The archive holds no file revue can read.")


def _read_stream(stream: IO[bytes], uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    name = uri.lower()
    try:
        if name.endswith(".gz"):
            stream = cast(IO[bytes], gzip.open(stream))  # noqa: SIM115 (closed with the file under it)
        elif name.endswith(".zst"):
            import zstandard

            stream = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True)
        for compression in COMPRESSIONS:
            name = name.removesuffix(compression)
        if name.endswith((".jsonl", ".ndjson")):
            yield from _read_jsonl(stream, uri, record_bytes)
        elif name.endswith(".warc"):
            yield from _read_warc(stream, uri, record_bytes)
        else:
            yield _read_page(_read_bounded(stream, record_bytes), uri, is_markup=name.endswith((".html", ".htm")))
    except _TooLarge:
        yield _reject_too_large(uri, 1, record_bytes)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        yield Rejection(uri, 0, "read", "broken_archive", f"The compressed file is damaged: {error}.")
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        yield Rejection(uri, 0, "read", "broken_archive", f"The compressed file is damaged: {error}.")


def _read_bounded(stream: IO[bytes], record_bytes: int) -> bytes:
    content = io.BytesIO()
    while chunk := stream.read(_MEGABYTE):
        content.write(chunk)
        if content.tell() > record_bytes:
            raise _TooLarge
    return content.getvalue()


def _reject_too_large(uri: str, record_no: int, record_bytes: int) -> Rejection:
    detail = f"The record is larger than {record_bytes / _MEGABYTE:g} MB; raise the setting record_bytes to read it."
    return Rejection(uri, record_no, "read", "too_large", detail)


def _read_page(
    content: bytes,
    uri: str,
    *,
    is_markup: bool,
    record_no: int = 1,
    url: str | None = None,
    declared: str | None = None,
) -> Record | Rejection:
    doc_id = hash_record(content)
    if not content.strip():
        return Rejection(uri, record_no, "read", "empty", "The record holds no text.", doc_id=doc_id)
    decoded = decode(content, declared=declared, is_markup=is_markup)
    if isinstance(decoded, Undecodable):
        return Rejection(uri, record_no, "read", decoded.reason, decoded.detail, doc_id=doc_id)
    text, encoding = decoded
    if not text.strip():
        return Rejection(uri, record_no, "read", "empty", "The record holds no text.", doc_id=doc_id)
    kind: Literal["text", "html"] = "html" if is_markup else "text"
    return Record(doc_id, uri, record_no, kind, text, encoding, url, _source_key(uri, url))


def _read_jsonl(stream: IO[bytes], uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    count_records = 0
    record_no = 0
    while line := stream.readline(record_bytes + 2):
        record_no += 1
        content = line.rstrip(b"\r\n")
        if len(content) > record_bytes:
            while line and not line.endswith(b"\n"):  # pass over the rest of this line
                line = stream.readline(_MEGABYTE)
            count_records += 1
            yield _reject_too_large(uri, record_no, record_bytes)
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
        fields: Any = json.loads(content)
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
    text = _replace_surrogates(text)
    url = fields.get("url") if isinstance(fields.get("url"), str) else None
    given = {name: value for name, names in GIVEN_FIELDS.items() if (value := _read_given(fields, names))}
    return Record(
        doc_id, uri, record_no, kind, text, "utf-8", url, _source_key(uri, url, given.get("source")), fields.get("is_clean") is True, given
    )  # fmt: skip


def _read_given(fields: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            value = "; ".join(str(one) for one in value if isinstance(one, str | int))
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return _replace_surrogates(str(value).strip())
    return None


def _replace_surrogates(text: str) -> str:
    """A text with each half of a surrogate pair, which JSON may hold and no file can, replaced by U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _read_warc(stream: IO[bytes], uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    record_no = 0
    for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
        record_no += 1
        url = record.headers.get("WARC-Target-URI")
        content = record.reader.read(record_bytes + 1)
        status = record.http_headers.status_code if record.http_headers else None
        media_type = (record.http_content_type or "").lower()
        if len(content) > record_bytes:
            yield _reject_too_large(uri, record_no, record_bytes)
        elif status is not None and status >= 300:
            yield Rejection(
                uri, record_no, "read", "http_status", f"The server answered {status}.", doc_id=hash_record(content)
            )
        elif media_type and not media_type.startswith(("text/html", "application/xhtml", "text/plain")):
            yield Rejection(
                uri,
                record_no,
                "read",
                "not_text",
                f"The record is {media_type}, not a page.",
                doc_id=hash_record(content),
            )
        else:
            yield _read_page(
                content,
                uri,
                is_markup=not media_type.startswith("text/plain"),
                record_no=record_no,
                url=url,
                declared=record.http_charset,
            )
    if not record_no:
        yield Rejection(uri, 0, "read", "empty", "The file holds no response record.")


def _source_key(uri: str, url: str | None, source: str | None = None) -> str:
    if source:
        return source.casefold()
    if url and (host := urlsplit(url).hostname):
        return host.removeprefix("www.")
    return f"folder:{PurePosixPath(uri.split('!/')[0]).parent}"
