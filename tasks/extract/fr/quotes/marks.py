"""Quotation marks: the spans of a text between an outermost pair."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r"[«»“”„‘\n]|\"(?!(?<=\d\")\d)|(?<=[^\s])’(?!\w)")  # 43"18 is a time, d’ an elision
_SECONDS = re.compile(r"(?<=\d)\"")  # the mark of 10", unless it closes what is open
_OPENED_BY = {"»": "«", "”": '“„"', "’": "‘", '"': '"“'}
_LONGEST = 5000  # characters: a mark that closes later closes something else


def marked_spans(text: str) -> Iterator[tuple[int, int]]:
    """`[start, end)` between each outermost pair of marks, without the marks.

    Paragraphs that each begin with a mark are one span when the last of them is closed, else one span each.
    """
    opened: list[tuple[str, int]] = []
    paragraphs: list[int] = []  # where the paragraphs of the outermost quote begin, after their marks
    for match in _MARK.finditer(text):
        mark, place = match[0], match.start()
        if opened and place - opened[0][1] > _LONGEST:
            yield from _unclosed(text, paragraphs)
            opened.clear()
        if mark == "\n":
            if opened and opened[0][0] not in "«“":
                opened.clear()  # other marks do not run over paragraphs: one was forgotten
        elif mark == '"' and _SECONDS.match(text, place) and not _closes(mark, opened):
            continue
        elif mark in "«»“" and opened and opened[0][0] in "«“" and _begins_line(text, place):
            paragraphs.append(
                match.end()
            )  # a paragraph of a long quote begins with a mark that neither opens nor closes
            del opened[1:]
        elif mark in "«“„‘" or (mark == '"' and not _closes(mark, opened, text, place)):
            if not opened:
                paragraphs = [match.end()]
            opened.append((mark, match.end()))
        elif _closes(mark, opened):
            while opened[-1][0] not in _OPENED_BY[mark]:
                opened.pop()
            _, start = opened.pop()
            if not opened:
                yield start, place
    if opened:
        yield from _unclosed(text, paragraphs)


def _closes(mark: str, opened: list[tuple[str, int]], text: str = "", place: int = 0) -> bool:
    """Whether a mark closes one that is open; a straight mark closes “ only where it stands directly after a word."""
    openers = _OPENED_BY[mark]
    if mark == '"' and not any(other == '"' for other, _ in opened):
        return bool(opened and opened[-1][0] == "“" and text and not text[place - 1].isspace())
    return any(other in openers for other, _ in opened)


def _begins_line(text: str, place: int) -> bool:
    before = text[:place].rstrip(" \u00a0\u202f") if place < 4 else text[place - 4 : place].rstrip(" \u00a0\u202f")
    return before.endswith("\n")


def _unclosed(text: str, paragraphs: list[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs of a quote whose end is not marked; none for a single one, whose mark was forgotten."""
    for start in paragraphs if len(paragraphs) > 1 else ():
        end = text.find("\n", start)
        yield start, end if end >= 0 else len(text)
