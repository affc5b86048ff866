"""Pages of a WARC file: its `response` and `resource` records; revisits, requests and other records hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tasks.read.http_body import UnknownCodingError, decode_body
from tasks.read.records import hash_record, read_page, reject_damaged, reject_too_large
from tasks.read.streams import DamagedStream
from warehouse.rows import Record, Rejection

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGE_TYPES = ("text/html", "application/xhtml", "text/plain")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)


def read_warc(stream: DamagedStream, uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    """The page of each response and resource, or why it is none; a cut file gives what precedes the cut."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    pages = (WarcRecordType.response, WarcRecordType.resource)
    record_no = 0
    try:
        for record in ArchiveIterator(_Counted(stream), record_types=WarcRecordType.any_type, parse_http=False):
            is_cut = not (record.headers.get("Content-Length") or "").strip().isdigit()
            if not is_cut and record.record_type not in pages:
                continue
            record_no += 1
            if is_cut:
                yield reject_damaged(uri, record_no, stream.damage or "it ends in the head of a record")
                return
            page = _read_record(record, stream, uri, record_no, record_bytes)
            yield page
            if isinstance(page, Rejection) and page.reason == "broken_archive":
                return
    except OSError as error:
        if error.errno is not None:  # of the file, not of its format
            raise
        yield reject_damaged(uri, record_no + 1, stream.damage or str(error))
        return
    if stream.damage:
        yield reject_damaged(uri, record_no + 1, stream.damage)
    elif not record_no:
        yield Rejection(uri, 0, "read", "empty", "The file holds no response record.")


def _read_record(
    record: WarcRecord, stream: DamagedStream, uri: str, record_no: int, record_bytes: int
) -> Record | Rejection:
    from fastwarc.warc import WarcRecordType

    declared = record.headers.get("Content-Type") or ""
    if record.record_type == WarcRecordType.response and (record.is_http or not declared):
        record.parse_http()
    http = record.http_headers
    content: bytes = record.reader.read(record_bytes + 1)
    if len(content) > record_bytes:
        return reject_too_large(uri, record_no, record_bytes)
    if len(content) < record.content_length:
        return reject_damaged(uri, record_no, stream.damage or "it ends in the middle of a record")

    def reject(reason: str, detail: str) -> Rejection:
        return Rejection(uri, record_no, "read", reason, detail, doc_id=hash_record(content))

    if http is not None:
        declared = record.http_headers.get("Content-Type") or ""
        if (status := http.status_code) is not None and status >= 300:
            return reject("http_status", f"The server answered {status}.")
    media_type = declared.split(";")[0].split(",")[0].strip().lower()
    if media_type and not media_type.startswith(_PAGE_TYPES):
        return reject("not_text", f"The record is {media_type}, not a page.")
    if http is not None:
        try:
            content = decode_body(content, list(http), count_bytes=record_bytes)
        except UnknownCodingError as error:
            return reject("undecodable", f"The page is compressed by {error}, which revue does not read.")
        if len(content) > record_bytes:
            return reject_too_large(uri, record_no, record_bytes)
    charset = _CHARSET.search(declared)
    return read_page(
        content,
        uri,
        is_markup=media_type != "text/plain",
        record_no=record_no,
        url=record.headers.get("WARC-Target-URI"),
        declared=charset[1] if charset else None,
    )


class _Counted:
    """A stream that knows its position, which fastwarc asks for."""

    def __init__(self, stream: DamagedStream) -> None:
        self._stream = stream
        self._position = 0

    def read(self, count_bytes: int = -1) -> bytes:
        content = self._stream.read(count_bytes)
        self._position += len(content)
        return content

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("A stream cannot go back.")

    def close(self) -> None:
        """Leave the stream open for its owner."""
