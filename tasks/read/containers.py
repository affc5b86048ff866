"""Open files, compressed files, JSONL, WARC and zip archives: every record in them, or why it cannot be read."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, cast

from tasks.discover import COMPRESSIONS, is_readable_type
from tasks.read.jsonl import read_jsonl
from tasks.read.records import MEGABYTE, hash_record, read_page, reject_too_large
from warehouse.rows import Input, Record, Rejection


class _TooLarge(Exception):
    """Raised when a stream holds more bytes than a record may have."""


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
            yield from read_jsonl(stream, uri, record_bytes)
        elif name.endswith(".warc"):
            yield from _read_warc(stream, uri, record_bytes)
        else:
            yield read_page(_read_bounded(stream, record_bytes), uri, is_markup=name.endswith((".html", ".htm")))
    except _TooLarge:
        yield reject_too_large(uri, 1, record_bytes)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        yield Rejection(uri, 0, "read", "broken_archive", f"The compressed file is damaged: {error}.")
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        yield Rejection(uri, 0, "read", "broken_archive", f"The compressed file is damaged: {error}.")


def _read_bounded(stream: IO[bytes], record_bytes: int) -> bytes:
    content = io.BytesIO()
    while chunk := stream.read(MEGABYTE):
        content.write(chunk)
        if content.tell() > record_bytes:
            raise _TooLarge
    return content.getvalue()


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
            yield reject_too_large(uri, record_no, record_bytes)
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
            yield read_page(
                content,
                uri,
                is_markup=not media_type.startswith("text/plain"),
                record_no=record_no,
                url=url,
                declared=record.http_charset,
            )
    if not record_no:
        yield Rejection(uri, 0, "read", "empty", "The file holds no response record.")
