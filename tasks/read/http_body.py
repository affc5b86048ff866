"""The body of an HTTP response as a crawler stored it: without the chunks and the compression of its transfer."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence

# A size in hexadecimal digits, perhaps padded or followed by an extension (RFC 9112, 7.1).
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


# What servers write for a body that is not compressed: no coding, a coding of mails (RFC 2045, 6), a charset.
_NOT_CODED = frozenset(
    ("", "7bit", "8bit", "binary", "identity", "iso-8859-1", "none", "utf-8", "utf8", "windows-1252")
)


class UnknownCodingError(Exception):
    """Raised for a content coding that revue does not decode; the message names it."""


def decode_body(body: bytes, headers: Sequence[tuple[str, str]], *, count_bytes: int) -> bytes:
    """The page in a response body: without chunks and compression, at most `count_bytes` + 1 bytes of it.

    Crawlers keep the headers also where they have decoded the body, so a body that is not coded as they say is taken as it
    is; of one that ends early what precedes the end is taken. Raises `UnknownCodingError` for any other coding than
    gzip, deflate, br and zstd.
    """
    transfer = _list_codings(headers, "transfer-encoding")
    if "chunked" in transfer:
        body = join_chunks(body)
        transfer.remove("chunked")
    for coding in reversed([*_list_codings(headers, "content-encoding"), *transfer]):
        if coding not in _DECODERS:
            raise UnknownCodingError(coding)
        body = _DECODERS[coding](body, count_bytes + 1)
    return body


def join_chunks(body: bytes) -> bytes:
    """The data of a chunked body; the body itself when it does not begin with the size of a chunk that fits."""
    parts: list[bytes] = []
    position = 0
    while match := _CHUNK_SIZE.match(body, position):
        size, start = int(match[1], 16), match.end()
        end = start + size
        if size == 0:
            break
        if end < len(body) and body[end : end + 1] not in (b"\r", b"\n"):
            return b"".join(parts) or body  # what looks like a size is text
        if not parts and end > len(body) and not match[0].endswith(b"\r\n"):
            return body
        parts.append(body[start:end])
        position = end + (2 if body[end : end + 2] == b"\r\n" else 1)
    else:
        if position == 0:
            return body
    return b"".join(parts)


def _list_codings(headers: Sequence[tuple[str, str]], name: str) -> list[str]:
    values = [value for key, value in headers if key.lower() == name]
    codings = [coding.strip().lower() for value in values for coding in value.split(",")]
    return [coding for coding in codings if coding not in _NOT_CODED]


def _inflate(body: bytes, count_bytes: int, *window_bits: int) -> bytes:
    """A zlib stream, or several; the first of `window_bits` that fits counts."""
    for bits in window_bits:
        content = b""
        rest = body
        try:
            while rest and len(content) < count_bytes:
                stream = zlib.decompressobj(bits)
                content += stream.decompress(rest, count_bytes - len(content))
                rest = stream.unused_data
        except zlib.error:
            pass
        if content:
            return content
    return body


def _decode_gzip(body: bytes, count_bytes: int) -> bytes:
    return _inflate(body, count_bytes, zlib.MAX_WBITS | 16)


def _decode_deflate(body: bytes, count_bytes: int) -> bytes:
    """With the header of zlib, as the standard says, or without, as many servers do."""
    return _inflate(body, count_bytes, zlib.MAX_WBITS, -zlib.MAX_WBITS)


def _decode_brotli(body: bytes, count_bytes: int) -> bytes:
    import brotli

    stream = brotli.Decompressor()
    content = b""
    try:
        content = stream.process(body, output_buffer_limit=count_bytes)
        while len(content) < count_bytes and not stream.is_finished() and not stream.can_accept_more_data():
            content += stream.process(b"", output_buffer_limit=count_bytes - len(content))
    except brotli.error:
        pass
    return content or body


def _decode_zstd(body: bytes, count_bytes: int) -> bytes:
    from backports import zstd

    try:
        content: bytes = zstd.ZstdDecompressor().decompress(body, count_bytes)
    except zstd.ZstdError:
        return body
    return content or body


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "br": _decode_brotli,
    "deflate": _decode_deflate,
    "gzip": _decode_gzip,
    "x-gzip": _decode_gzip,
    "zstd": _decode_zstd,
}
