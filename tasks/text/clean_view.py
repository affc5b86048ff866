"""A text as a reader sees it, with its positions in the text as it is stored.

Soft hyphens, zero-width characters and the marks of Markdown inside words and sentences are no part of a name or a
date, but must stay in what is stored. Rules read the view; what they find is placed back in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

# Soft hyphen, combining grapheme joiner, Mongolian vowel separator, zero-width space and joiners, directional marks,
# word joiner and invisible operators, byte-order mark.
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_ANY_INVISIBLE = re.compile(f"[{INVISIBLE}]")  # one sign of a set is sought three times as fast as a row of them

_ADDRESS = r"\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s+\"[^\"\n]{0,300}\")?\s?\)"
_IMAGE = rf"!\[[^\[\]\n]{{0,300}}\]{_ADDRESS}"
_LINK = rf"\[(?P<label>(?:{_IMAGE}|[^\[\]\n]){{1,300}})\](?:{_ADDRESS}|\[[^\[\]\n]{{0,100}}\])"
_LINK_PATTERN = re.compile(_LINK)
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = rf"""[{INVISIBLE}]+
    | (?<!\S)\[\d{{1,4}}\](?=[^\s\[\](:])  # the number of a link, as text-mode browsers print it before the link
    | ^[ ]{{0,3}}\[[^\[\]\n]{{1,100}}\]:[ \t]+<?(?:https?://|mailto:|[/#])[^\n]*$
    | (?P<accented>\w[\u0300-\u036f]+)
    | \[{_IMAGE}\]{_ADDRESS} | {_IMAGE}
    | {_LINK}
    | \*\*(?=[^\s*])(?P<bold>(?:[^\n*]|\*(?!\*)){{1,400}}?)(?<=\S)\*\*(?!\w)
    | (?<!\w)(?P<sign>__|[*_])(?=[^\s*_])(?P<inner>[^\n*_]{{1,400}})(?<=\S)(?P=sign)(?!\.?\w)
    """
# Several spaces in a row, as in justified columns, and spaces of a width of their own.
_GAP = r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]{2,}|[\t\u1680\u2000-\u2006\u2008\u200a\u205f\u3000]"
_MARK = re.compile(_MARKS, re.VERBOSE | re.MULTILINE)
_MARK_OR_GAP = re.compile(rf"{_MARKS} | (?P<gap>{_GAP})", re.VERBOSE | re.MULTILINE)
_GAP_PATTERN = re.compile(_GAP)
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile(f"[{INVISIBLE}\u0300-\u036f]")


class CleanView(NamedTuple):
    """A text without what nobody sees; `starts` and `ends` are the positions of its characters in `stored`.

    Both are empty when the view is the text itself.
    """

    text: str
    stored: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the stored text whose first and last character are those of `text[start:end]`."""
        if not self.starts:
            return start, end
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else len(self.stored)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def wide_span(self, start: int, end: int) -> tuple[int, int]:
        """The same span with what is hidden beside it, so that every stored character of a line is in some sentence."""
        first, last = self.span(start, end)
        if self.starts:
            if start == 0 or self.text[start - 1].isspace():
                first -= len(self.stored[self.ends[start - 1] if start else 0 : first].lstrip())
            last += len(self.stored[last : self.starts[end] if end < len(self.starts) else len(self.stored)].rstrip())
        return first, last


def clean_view(text: str, *, is_prose: bool = False) -> CleanView:
    """The view of a text, which is the text itself when nothing in it is hidden from a reader.

    With `is_prose`, several spaces in a row are one: elsewhere they separate the parts of a line.
    """
    pattern = _MARK_OR_GAP if is_prose and _GAP_PATTERN.search(text) else _MARK
    if pattern is _MARK and not _may_hide(text):
        return CleanView(text, text)
    pieces: list[str] = []
    starts: list[Sequence[int]] = []
    ends: list[Sequence[int]] = []

    def keep(start: int, end: int) -> None:
        at = start
        for match in pattern.finditer(text, start, end):
            add(at, match.start())
            at = match.end()
            if match["accented"]:
                composed = unicodedata.normalize("NFC", match[0])
                pieces.append(composed)
                starts.append([match.start()] * len(composed))
                ends.append([match.end()] * len(composed))
            elif pattern is _MARK_OR_GAP and match["gap"]:
                pieces.append(" ")
                starts.append([match.start()])
                ends.append([match.end()])
            elif match["label"]:
                keep(*match.span("label"))
            elif match["bold"] or match["inner"]:
                keep(*match.span("bold" if match["bold"] else "inner"))
        add(at, end)

    def add(start: int, end: int) -> None:
        pieces.append(text[start:end])
        starts.append(range(start, end))
        ends.append(range(start + 1, end + 1))

    keep(0, len(text))
    return CleanView("".join(pieces), text, list(chain(*starts)), list(chain(*ends)))


def clean_text(text: str) -> str:
    """The text of its view (`clean_view`), for those who need no positions."""
    return clean_view(text).text if _may_hide(text) else text


def _may_hide(text: str) -> bool:
    """Whether a text may hold something hidden from a reader; quicker than finding it."""
    return "*" in text or "_" in text or "]" in text or (not text.isascii() and _HIDDEN.search(text) is not None)


def replace_surrogates(text: str) -> str:
    """The text with each half of a surrogate pair, which no encoding has, replaced by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def encodable_view(view: CleanView) -> CleanView:
    """The view with each half of a surrogate pair, which no encoding has and spaCy raises for, replaced by U+FFFD."""
    if view.text.isascii() or not _SURROGATE.search(view.text):
        return view
    whole = range(len(view.text))
    ends = view.ends or range(1, len(view.text) + 1)
    return view._replace(text=replace_surrogates(view.text), starts=view.starts or whole, ends=ends)


def has_invisible(text: str) -> bool:
    """Whether a text has soft hyphens, zero-width characters or directional marks."""
    return not text.isascii() and _ANY_INVISIBLE.search(text) is not None


def without_invisible(text: str) -> str:
    """A text without soft hyphens, zero-width characters and directional marks."""
    return _INVISIBLE.sub("", text) if has_invisible(text) else text


def is_link_alone(line: str) -> bool:
    """Whether a line is made of links in Markdown and no other words."""
    return "](" in line and _LINK_PATTERN.search(line) is not None and not _LETTER.search(_LINK_PATTERN.sub("", line))
