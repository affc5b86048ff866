"""The article's text assembled from the kept lines of a page: `text[text_start:text_end]` is the content of its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tasks.page.lines import joint
from warehouse.rows import KINDS_IN_TEXT, Line, LineKind

NEVER = float("-inf")  # the log odds of a line that the markup shows to be no part of the article


class LineVerdict(NamedTuple):
    """What is decided about one line; `is_continued`: it carries on the sentence of the last kept line."""

    kind: LineKind
    reason: str
    score: float
    is_continued: bool = False


def judged_lines(raw: str, spans: Sequence[tuple[int, int]], verdicts: Sequence[LineVerdict]) -> list[Line]:
    """The lines of a page's raw text, cut at `spans`, with their verdicts; their places in the text are not known yet."""
    lines = []
    for number, ((start, end), (kind, reason, score, _)) in enumerate(zip(spans, verdicts, strict=True), 1):
        line = raw[start:end]
        is_kept = kind in KINDS_IN_TEXT and bool(line.strip())
        lines.append(Line._make((number, start, end, line, kind, is_kept, reason, score, None, None)))
    return lines


def assemble(lines: Sequence[Line], verdicts: Sequence[LineVerdict]) -> tuple[str, tuple[Line, ...]]:
    r"""The text made of the kept lines' contents, and the lines with their places in it.

    Two kept lines stand `\n\n` apart when a blank or a removed line lies between them, else `\n`; the pieces of
    one sentence, and those of one physical line, one space or nothing, as the punctuation demands. `lines` decide what
    is kept (a title may have been taken out since); of `verdicts` only `is_continued` is asked for.
    """
    parts: list[str] = []
    length = 0
    placed: list[Line] = []
    previous: tuple[int, str] | None = None  # index and content of the last kept line
    for index, (line, verdict) in enumerate(zip(lines, verdicts, strict=True)):
        if not line.is_kept:
            placed.append(line)
            continue
        content = line.line.strip()
        if previous is not None:
            gap = _gap(lines, previous, index, content, is_continued=verdict.is_continued)
            parts.append(gap)
            length += len(gap)
        parts.append(content)
        placed.append(line._replace(text_start=length, text_end=length + len(content)))
        length += len(content)
        previous = index, content
    return "".join(parts), tuple(placed)


def _gap(lines: Sequence[Line], previous: tuple[int, str], index: int, content: str, *, is_continued: bool) -> str:
    last, last_content = previous
    if is_continued and not any(line.line.strip() for line in lines[last + 1 : index]):  # no removed line lies between
        return joint(last_content, content)
    if index != last + 1:
        return "\n\n"
    before, after = lines[last].line[-1], lines[index].line[0]
    if before in "\r\n":
        return "\n"
    return " " if before.isspace() or after.isspace() else ""
