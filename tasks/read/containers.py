"""Open files, compressed files, records, tables, feeds, WARC and zip: every record in them, or why it cannot be read."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import partial
from typing import IO, BinaryIO

from tasks.discover import COMPRESSIONS, NotRegularFileError, is_readable_type, open_regular
from tasks.read.feeds import read_feed
from tasks.read.jsonl import read_jsonl
from tasks.read.records import read_page, reject_damaged, reject_too_large
from tasks.read.streams import CHUNK_BYTES, ChunkStream, DamagedStream, TooLargeError, decompress, read_bounded
from tasks.read.tables import read_csv, read_parquet
from tasks.read.warc import read_warc
from tasks.read.zip_archive import read_zip
from warehouse.rows import Input, Record, Rejection


def read_input(item: Input, *, record_bytes: int) -> Iterator[Record | Rejection]:
    """Every record of an input in order; what cannot be read is a `Rejection` in its place (number 0: no record at all).

    `record_bytes` bounds one record after decompression, so that a small archive cannot fill the memory. Of a file that has
    grown since it was hashed, what was hashed is read; one that has changed otherwise is rejected.
    """
    if item.problem:
        yield Rejection(item.uri, 0, "read", item.problem, item.detail or "")
        return
    is_seekable = item.uri.lower().endswith((".zip", ".parquet"))
    try:
        with open_regular(item.path) as stream:
            if not is_readable_type(item.uri if item.uri != "-" else "-.txt"):
                yield Rejection(item.uri, 0, "read", "unknown_type", "revue does not read files of this type.")
            elif not _is_as_hashed(stream, item, may_grow=not is_seekable):
                detail = "The file changed after it was listed; the next run reads it."
                yield Rejection(item.uri, 0, "read", "changed", detail)
            elif item.uri.lower().endswith(".parquet"):
                yield from read_parquet(stream, item.uri, record_bytes)
            elif is_seekable:
                yield from read_zip(stream, item.uri, partial(read_stream, record_bytes=record_bytes))
            else:
                hashed = io.BufferedReader(ChunkStream(_read_first(stream, item.count_bytes)))
                yield from read_stream(hashed if item.content_hash else stream, item.uri, record_bytes)
    except NotRegularFileError as error:
        yield Rejection(item.uri, 0, "read", "not_a_file", str(error))
    except OSError as error:
        yield Rejection(item.uri, 0, "read", "unreadable", f"The file could not be read: {error.strerror or error}.")


def read_stream(stream: IO[bytes], uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    """Every record of one file or member of an archive, whose type its uri shows."""
    name = uri.lower()
    opened = decompress(stream, name)
    for compression in COMPRESSIONS:
        name = name.removesuffix(compression)
    try:
        if name.endswith((".jsonl", ".ndjson")):
            yield from read_jsonl(opened, uri, record_bytes)
        elif name.endswith(".warc"):
            yield from read_warc(opened, uri, record_bytes)
        elif name.endswith((".csv", ".tsv")):
            yield from read_csv(opened, uri, record_bytes)
        else:
            yield from _read_whole(opened, uri, name, record_bytes)
    except TooLargeError:
        yield reject_too_large(uri, 1, record_bytes)


def _read_whole(stream: DamagedStream, uri: str, name: str, record_bytes: int) -> Iterator[Record | Rejection]:
    """The records of a file that is read as a whole: half a page, table or feed is none."""
    content = read_bounded(stream, record_bytes)
    if stream.damage:
        yield reject_damaged(uri, 1, stream.damage)
    elif name.endswith(".parquet"):
        yield from read_parquet(io.BytesIO(content), uri, record_bytes)
    elif name.endswith((".rss", ".atom", ".xml")):
        yield from read_feed(content, uri)
    else:
        yield read_page(content, uri, is_markup=name.endswith((".html", ".htm")))


def _is_as_hashed(stream: BinaryIO, item: Input, *, may_grow: bool) -> bool:
    """Whether a file begins with the bytes that were hashed, and ends with them unless it may have grown."""
    if not item.content_hash:
        return True
    digest = hashlib.sha256()
    for chunk in _read_first(stream, item.count_bytes):
        digest.update(chunk)
    has_grown = bool(stream.read(1))
    stream.seek(0)
    return digest.hexdigest() == item.content_hash and (may_grow or not has_grown)


def _read_first(stream: BinaryIO, count_bytes: int) -> Iterator[bytes]:
    while chunk := stream.read(min(CHUNK_BYTES, count_bytes)):
        count_bytes -= len(chunk)
        yield chunk
