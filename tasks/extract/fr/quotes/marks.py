"""Quotation marks: which stretches of a text stand between an outermost pair."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r"[«»“”„\n]|\"(?!(?<=\d\")\d)")  # 43"18 is a time
_OPENING = {"»": "«", "”": "“„"}
_LONGEST = 5000  # characters: a mark that closes later closes something else


def marked_spans(text: str) -> Iterator[tuple[int, int]]:
    """`[start, end)` between each outermost pair of marks, without the marks."""
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, place = match[0], match.start()
        if opened and place - opened[0][1] > _LONGEST:
            opened.clear()
        if mark == "\n":
            if opened and opened[0][0] not in "«“":
                opened.clear()  # straight marks do not run over paragraphs: one was forgotten
        elif mark in "«»" and opened and opened[0][0] == "«" and text[:place].rstrip(" \u00a0").endswith("\n"):
            continue  # a paragraph of a long quote begins with a mark that neither opens nor closes
        elif mark in "«“„" or (mark not in "»”" and all(mark != other for other, _ in opened)):
            opened.append((mark, match.end()))
        elif opened:
            while opened and opened[-1][0] not in _OPENING.get(mark, mark):
                opened.pop()
            if opened:
                _, start = opened.pop()
                if not opened:
                    yield start, place
