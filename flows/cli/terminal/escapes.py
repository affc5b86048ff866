"""Control characters of scraped text, made visible: in a terminal they would move the cursor or change its settings."""

from __future__ import annotations

import re

# C0 and C1 controls, and the characters that reorder or hide text (CVE-2021-42574). Tab and line feed stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def escape_controls(text: str) -> str:
    """The text with its control characters as escapes, such as `\\x1b`."""
    return _CONTROLS.sub(_write_escape, text)


def _write_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def escape_text(text: str) -> str:
    """Scraped text for rich: without control characters, and without what rich would read as markup."""
    from rich.markup import escape

    return escape(escape_controls(text))
