"""Bytes to text: byte-order mark, strict UTF-8, the charset declared, then a guess by charset-normalizer."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from warehouse.wording import count_noun

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+(?:["']\s*+)?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
# One control byte in a hundred: none stands in text, one in eight stands in random bytes.
_MOST_CONTROL = 0.01
# A scraper or a disk leaves some NUL in text; a binary format has more, or fills up its fields with them.
_MOST_NUL = 0.03
_FILLED = re.compile(rb"\x00{16}")
# Enough to recognise a charset; guessing costs time in proportion.
_SAMPLE_BYTES = 100_000
# Single-byte charsets that look alike on French: where the guess is one of these, the web's own default is meant.
_LATIN = re.compile(r"^(cp125\d|cp1140|iso8859_\d+|latin_1|mac_\w+|cp8\d\d|cp4\d\d|hp_roman8|cp437)$")
# What UTF-8 writes outside ASCII, and how many of these a damaged byte may stand among.
_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_LEAST_VALID = 10
_HIGH = re.compile(rb"[\x80-\xff]")
# With fewer bytes outside ASCII no guess is better than the web's own default.
_LEAST_HIGH = 8


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why bytes are not text: the reason word and a sentence."""

    reason: str
    detail: str


def decode(content: bytes, *, declared: str | None = None, is_markup: bool = False) -> tuple[str, str] | Undecodable:
    """Decode a record once: `(text without byte-order mark, encoding)`, or why it cannot be.

    `declared` is a charset given from outside (an HTTP header); with `is_markup` the one in the page's own `<meta>`
    counts too (HTML standard, "determining the character encoding"). A wrong declaration is ignored: strict UTF-8
    comes first, because text in another charset hardly ever happens to be valid UTF-8.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _try(content[len(mark) :], encoding) or _give_up(
                content, f"it begins with the mark of {encoding} and is not"
            )
    if _is_binary((content.rstrip(b"\x00") or content)[:_SAMPLE_BYTES]):
        return _try_unmarked_utf16(content) or Undecodable("binary", "The bytes are not text.")
    candidates = ["utf-8", declared]
    if is_markup and (found := _DECLARED.search(content[:4096])):
        candidates.append(found[1].decode("ascii"))
    for name in candidates:
        if name and (decoded := _try(content, name)):
            return decoded
    return _try_damaged_utf8(content) or _guess(content) or _give_up(content, "no known charset fits them")


def decode_line(content: bytes, expected: str | None = None) -> tuple[str, str] | Undecodable:
    """A line of a file of records: in UTF-8, as it should be, else in `expected`, else in the encoding its bytes suggest."""
    return _try(content, "utf-8") or decode(content, declared=expected)


def _is_binary(sample: bytes) -> bool:
    """Whether bytes are those of a binary format (or of UTF-16), by their control characters and NUL."""
    count_control, count_nul = len(_CONTROL.findall(sample)), sample.count(b"\x00")
    if count_nul > 1 and (count_control or count_nul > _MOST_NUL * len(sample) or _FILLED.search(sample)):
        return True
    return count_control > _MOST_CONTROL * len(sample)


def _try(content: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        name = codecs.lookup(encoding).name
        # on the web the name of this subset means windows-1252 (WHATWG Encoding standard)
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        return content.decode(name), name
    except (LookupError, UnicodeError):
        return None


def _try_unmarked_utf16(content: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark: Latin script leaves every second byte zero."""
    sample = content[:2000]
    if len(content) % 2 or len(sample) < 8:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.7 * len(zeros) and (decoded := _try(content, encoding)):
            return decoded
    return None


def _try_damaged_utf8(content: bytes) -> tuple[str, str] | None:
    """UTF-8 in which single bytes are damaged or cut; each becomes U+FFFD. A text in another encoding has hardly any valid one."""
    text = content.decode("utf-8", "replace")
    count_damaged = text.count("\ufffd")
    count_valid = len(_SEQUENCE.findall(content))
    return (text, "utf-8, bytes replaced") if count_valid >= _LEAST_VALID * count_damaged else None


def _guess(content: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    if len(_HIGH.findall(content, 0, _SAMPLE_BYTES)) < _LEAST_HIGH:
        return _try(content, "cp1252")
    best = from_bytes(content.replace(b"\x00", b"")[:_SAMPLE_BYTES]).best()
    if best is None:
        return None
    if _LATIN.match(best.encoding) and (decoded := _try(content, "cp1252")):
        return decoded
    return _try(content, best.encoding)


def _give_up(content: bytes, why: str) -> Undecodable:
    return Undecodable("undecodable", f"The content of {count_noun(len(content), 'byte')} cannot be decoded: {why}.")
