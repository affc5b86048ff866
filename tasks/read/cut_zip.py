"""Members of a zip archive whose directory, which stands at its end, is lost: found by the header before each of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

from tasks.read.streams import CHUNK_BYTES, ChunkStream

# Signature, version, flags, method, time, date, checksum, compressed and full size, lengths of name and extra field
# (APPNOTE.TXT, 4.3.7).
_HEADER = struct.Struct("<4s5H3I2H")
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED, _SIZE_FOLLOWS, _IS_UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_UNKNOWN_SIZE = 0xFFFFFFFF


class CutMember(NamedTuple):
    """A member of a cut archive: its name, whether it is encrypted, and its content, which ends with an error at the cut."""

    filename: str
    is_encrypted: bool
    content: ChunkStream


def list_cut_members(file: IO[bytes]) -> Iterator[CutMember]:
    """The members before the cut, in order; each is to be read, if at all, before the next is asked for."""
    position = 0
    while True:
        file.seek(position)
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size or not head.startswith(_SIGNATURE):
            return
        _, _, flags, method, _, _, _, size, _, name_length, extra_length = _HEADER.unpack(head)
        name = file.read(name_length)
        start = position + _HEADER.size + name_length + extra_length
        is_size_known = not flags & _SIZE_FOLLOWS and size != _UNKNOWN_SIZE
        if len(name) < name_length or not (method == _DEFLATED or (method == _STORED and is_size_known)):
            return
        encoding = "utf-8" if flags & _IS_UTF8 else "cp437"
        chunks = _Content(file, start, size if is_size_known else None, is_deflated=method == _DEFLATED)
        yield CutMember(name.decode(encoding, "replace"), bool(flags & _ENCRYPTED), ChunkStream(iter(chunks)))
        if (end := chunks.find_end()) is None:
            return
        position = _skip_descriptor(file, end) if flags & _SIZE_FOLLOWS else end


class _Content:
    """The chunks of a member's content."""

    def __init__(self, file: IO[bytes], start: int, size: int | None, *, is_deflated: bool) -> None:
        self._file, self._start, self._size, self._is_deflated = file, start, size, is_deflated

    def __iter__(self) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS) if self._is_deflated else None
        for chunk in self._read():
            yield from _inflate(inflate, chunk) if inflate else (chunk,)
            if inflate and inflate.eof:
                return
        if inflate:
            raise EOFError("The archive ends in the middle of a member")

    def find_end(self) -> int | None:
        """The position after the content; None when the archive ends before it."""
        if self._size is not None:
            return self._start + self._size
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        position = self._start
        try:
            for chunk in self._read():
                position += len(chunk)
                for _ in _inflate(inflate, chunk):
                    pass
                if inflate.eof:
                    return position - len(inflate.unused_data)
        except zlib.error:
            pass
        return None

    def _read(self) -> Iterator[bytes]:
        """The bytes as they stand in the archive, to the end of the member where that is known."""
        position, rest = self._start, self._size
        while rest is None or rest > 0:
            self._file.seek(position)
            chunk = self._file.read(CHUNK_BYTES if rest is None else min(rest, CHUNK_BYTES))
            if not chunk:
                if rest is None:
                    return
                raise EOFError("The archive ends in the middle of a member")
            position += len(chunk)
            rest = None if rest is None else rest - len(chunk)
            yield chunk


def _inflate(stream: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    """The content of a chunk in parts of bounded size."""
    while chunk and not stream.eof:
        yield stream.decompress(chunk, CHUNK_BYTES)
        chunk = stream.unconsumed_tail


def _skip_descriptor(file: IO[bytes], position: int) -> int:
    """The position after the checksum and sizes that follow a member, with or without their signature."""
    file.seek(position)
    return position + (16 if file.read(4) == b"PK\x07\x08" else 12)
