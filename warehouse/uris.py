"""Names of files as text that can be stored and shown: control characters and bytes that are not UTF-8 are escaped."""

from __future__ import annotations

import os
import re

# Control characters, separators of lines, and the bytes that Python represents by half a surrogate pair.
_UNSTORABLE = re.compile("[\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SHORT = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|([\\nrt]))")
_LONG = {value[1:].encode(): key.encode() for key, value in _SHORT.items()}
_MEMBER = re.compile(r"(?<=\.zip)!/", re.IGNORECASE)


def escape_name(name: str) -> str:
    r"""A file name with a backslash doubled, and control characters and bytes that are not UTF-8 as `\n`, `\r`, `\t` or `\xHH`.

    Different names stay different, and `unescape_name` gives the name back.
    """
    return _UNSTORABLE.sub(_escape, name)


def unescape_name(name: str) -> str:
    """The file name of which `escape_name` made this text."""
    if "\\" not in name:
        return name
    return os.fsdecode(_ESCAPE.sub(_unescape, os.fsencode(name)))


def normalize_name(name: str) -> str:
    """The escaped form of a name that a person typed, either as it is or in its escaped form."""
    return escape_name(unescape_name(name))


def split_uri(uri: str) -> tuple[str, str | None]:
    """The uri of an input, and the path of the member in it when the uri is that of an archive's member."""
    outside, *inside = _MEMBER.split(uri, maxsplit=1)
    return outside, inside[0] if inside else None


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    content = character.encode("utf-8", "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass")
    return _SHORT.get(character) or "".join(f"\\x{byte:02x}" for byte in content)


def _unescape(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)]) if match[1] else _LONG[match[2]]
