"""Text that was damaged before it reached us, repaired where it is decoded: mojibake, entities, NUL characters.

The raw text of a page is the repaired text: all positions refer to it. Each repair has a name, which the record states
after its encoding. What may be meant as printed stays: an article about mojibake, a page that shows source code.
"""

from __future__ import annotations

import html
import re
from contextlib import suppress

MOJIBAKE, ENTITIES, NUL = "mojibake repaired", "entities decoded", "NUL removed"

# The bytes 80 to BF as windows-1252 or Latin-1 read them: they continue a character of UTF-8.
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# One character of UTF-8 read as windows-1252. "Ã " has lost the no-break space that is the second byte of "à".
_SEQUENCE = re.compile(rf"[ÂÃÄÅÐÑØÙ×Î][{_CONTINUATION}]|[âãï][{_CONTINUATION}]{{2}}|ð[{_CONTINUATION}]{{3}}|Ã(?= )")
_ACCENTED = re.compile(r"[à-ãåæç-öø-ÿœÀ-ÖØ-Þ]")
_PIECE = re.compile(r"[^\n]{0,2000}(?:\s|\Z)|[^\n]{1,2000}")  # a line, or the words of a long one
_MOST_ACCENTED = 20  # right letters for one sequence: beyond that the sequences of a page are quoted as examples

_QUOTES = frozenset("\"'“”‘’«»()")

_NAME = r"(#\d{2,5}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});"
_ENTITY = re.compile(r"&(?:amp;){0,3}" + _NAME)
_ESCAPED_TWICE = re.compile(r"&(?:amp;){1,3}" + _NAME)
_SHOWN_MARKUP = re.compile(r"&(?:lt|#60|#[xX]3[cC]);")
_SHOWN_MARKUP_IN_HTML = re.compile(r"&amp;(?:lt|#60|#[xX]3[cC]);")
_SYNTAX = frozenset("<>&\"'")  # characters that mean something in markup


def repair(text: str, *, is_markup: bool) -> tuple[str, tuple[str, ...]]:
    """A decoded text or page of markup without its damage, and the names of the repairs that changed it."""
    repairs = []
    for name, mend in (
        (NUL, _without_nul),
        (MOJIBAKE, repair_mojibake),
        (ENTITIES, unescape_once if is_markup else decode_entities),
    ):
        mended = mend(text)
        if mended != text:
            repairs.append(name)
            text = mended
    return text, tuple(repairs)


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


def repair_mojibake(text: str) -> str:
    """UTF-8 that was read as windows-1252 or Latin-1 ("dÃ©jÃ ", "lâ€™an"), read as UTF-8 (ftfy, Speer 2019).

    A text that as a whole can be written as those bytes and read as UTF-8 is read so, which hardly any right text can.
    Otherwise lines are repaired one by one: a sequence counts as damage where it touches a letter; one on its own ('"Ã©"
    instead of "é"') is quoted. Lines and pages with many right letters and few sequences stay as they are.
    """
    if not any(not _is_quoted(match) for match in _SEQUENCE.finditer(text)):
        return text
    reread = _read_again(text)
    if reread is not None:
        return repair_mojibake(reread)
    sequences, right = _count_damaged(text), _count_right(text)
    if not sequences or right > _MOST_ACCENTED * sequences:
        return text
    is_all_damaged = right < sequences
    return _PIECE.sub(lambda piece: _repair_piece(piece[0], is_all_damaged=is_all_damaged), text)


def _repair_piece(text: str, *, is_all_damaged: bool) -> str:
    if text.isascii():
        return text
    if is_all_damaged and (reread := _read_again(text)) is not None:
        return reread
    sequences = len(_SEQUENCE.findall(text)) if is_all_damaged else _count_damaged(text)
    if not sequences or _count_right(text) > sequences:
        return text
    from ftfy import fix_encoding

    return fix_encoding(text)


def _read_again(text: str) -> str | None:
    """The bytes of a text in the encoding it was wrongly read in, read as UTF-8; None when they are not UTF-8."""
    import ftfy.bad_codecs  # noqa: F401 (defines the encoding that browsers mean by windows-1252)

    for encoding in ("sloppy-windows-1252", "latin-1"):
        with suppress(UnicodeError):
            return text.encode(encoding).decode("utf-8")
    return None


def _count_damaged(text: str) -> int:
    """How many sequences touch a letter."""
    return sum(
        text[match.end() : match.end() + 1].isalpha() or text[max(0, match.start() - 1) : match.start()].isalpha()
        for match in _SEQUENCE.finditer(text)
    )


def _count_right(text: str) -> int:
    """How many letters with an accent stand outside sequences."""
    return len(_ACCENTED.findall(_SEQUENCE.sub("", text)))


def _is_quoted(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    before, after = text[max(0, start - 2) : start].strip(), text[end : end + 2].strip()
    return before[-1:] in _QUOTES and after[:1] in _QUOTES


def decode_entities(text: str) -> str:
    """Plain text with the characters that its entities stand for ("d&eacute;j&agrave;", "l&#8217;an").

    Unchanged when no entity touches a letter or a digit, and when the text shows markup ("&lt;p&gt;").
    """
    if _SHOWN_MARKUP.search(text) or not any(map(_touches_word, _ENTITY.finditer(text))):
        return text
    return _ENTITY.sub(lambda match: html.unescape(f"&{match[1]};"), text)


def unescape_once(markup: str) -> str:
    """Markup with the entities that were escaped twice ("d&amp;eacute;j&amp;agrave;") escaped once.

    Unchanged when none of them touches a letter or a digit, and when the page shows markup ("&amp;lt;p&amp;gt;").
    """
    if _SHOWN_MARKUP_IN_HTML.search(markup) or not any(map(_touches_word, _ESCAPED_TWICE.finditer(markup))):
        return markup
    return _ESCAPED_TWICE.sub(lambda match: f"&{match[1]};" if _is_letter(match[1]) else match[0], markup)


def _touches_word(match: re.Match[str]) -> bool:
    """Whether a match stands for a character and is beside a letter or a digit."""
    if html.unescape(f"&{match[1]};") == f"&{match[1]};":
        return False
    text, (start, end) = match.string, match.span()
    return text[end : end + 1].isalnum() or text[max(0, start - 1) : start].isalnum()


def _is_letter(name: str) -> bool:
    """Whether an entity stands for a character that means nothing in markup."""
    return html.unescape(f"&{name};") not in {f"&{name};", *_SYNTAX}
