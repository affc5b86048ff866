"""Streams of bytes: decompression that keeps what precedes damage, and text in UTF-16 as UTF-8."""

from __future__ import annotations

import codecs
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from backports.zstd import ZstdDict

CHUNK_BYTES = 1 << 16
# 2 GB, the largest window of the format: what `zstd --long=31` writes.
_LARGEST_WINDOW_LOG = 31
_FRAME_MAGIC = b"\x28\xb5\x2f\xfd"
_DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
_LARGEST_DICTIONARY = 64_000_000


class TooLargeError(Exception):
    """Raised when a stream holds more bytes than a record may have."""


class DamagedStream(io.BufferedReader):
    """A stream that ends where its compressed bytes are damaged or cut; `damage` then says why."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(ChunkStream(self._read_chunks(stream)), CHUNK_BYTES)
        self.damage: str | None = None

    def _read_chunks(self, stream: IO[bytes]) -> Iterator[bytes]:
        errors = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zipfile.BadZipFile, _zstd_error())
        # read1 hands over what precedes the damage, where read would raise and lose it
        read = getattr(stream, "read1", stream.read)
        try:
            while chunk := read(CHUNK_BYTES):
                yield chunk
        except errors as error:
            self.damage = str(error).rstrip(".") or type(error).__name__


def decompress(stream: IO[bytes], name: str) -> DamagedStream:
    """The content of a file of this name: decompressed when the name ends with `.gz` or `.zst`."""
    if name.endswith(".gz"):
        stream = cast(IO[bytes], gzip.open(stream))  # noqa: SIM115 (closed with the file under it)
    elif name.endswith(".zst"):
        from backports import zstd

        options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW_LOG}
        stream = cast(IO[bytes], zstd.open(stream, options=options, zstd_dict=_read_dictionary(stream)))
    return DamagedStream(stream)


def _read_dictionary(stream: IO[bytes]) -> ZstdDict | None:
    """The dictionary that stands in a frame of its own before the others, as crawlers write it (IIPC, WARC with Zstandard)."""
    from backports import zstd

    head = stream.peek(8)[:8] if hasattr(stream, "peek") else b""
    size = int.from_bytes(head[4:], "little")
    if not head.startswith(_DICTIONARY_MAGIC) or size > _LARGEST_DICTIONARY:
        return None
    content = stream.read(8 + size)[8:]
    try:
        if content.startswith(_FRAME_MAGIC):
            content = zstd.ZstdDecompressor().decompress(content, _LARGEST_DICTIONARY)
        return zstd.ZstdDict(content)
    except (zstd.ZstdError, ValueError):
        return None


def read_bounded(stream: IO[bytes], count_bytes: int) -> bytes:
    """All bytes of a stream. Raises `TooLargeError` when there are more than `count_bytes`."""
    content = io.BytesIO()
    while chunk := stream.read(CHUNK_BYTES):
        content.write(chunk)
        if content.tell() > count_bytes:
            raise TooLargeError
    return content.getvalue()


def as_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """The same text in UTF-8 where the stream is in UTF-16, with or without a mark; else the stream, without a mark."""
    head = stream.peek(4)[:4]
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    encoding = _utf16_encoding(head)
    if encoding is None:
        return stream
    return io.BufferedReader(ChunkStream(_recode(stream.read, codecs.getincrementaldecoder(encoding)("replace"))))


def _utf16_encoding(head: bytes) -> str | None:
    """The encoding that the first four bytes show; records and tables begin with characters of ASCII."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) == 4 and [byte == 0 for byte in head] == [False, True, False, True]:
        return "utf-16-le"
    if len(head) == 4 and [byte == 0 for byte in head] == [True, False, True, False]:
        return "utf-16-be"
    return None


def _recode(read: Callable[[int], bytes], decoder: codecs.IncrementalDecoder) -> Iterator[bytes]:
    while chunk := read(CHUNK_BYTES):
        if text := decoder.decode(chunk):
            yield text.encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _zstd_error() -> type[Exception]:
    from backports import zstd

    return cast(type[Exception], zstd.ZstdError)


class ChunkStream(io.RawIOBase):
    """A raw stream of the bytes that an iterator yields."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:  # noqa: D102 (as in its base class)
        return True

    def readinto(self, buffer: memoryview[int], /) -> int:  # type: ignore[override]  # noqa: D102
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count
