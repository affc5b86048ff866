"""The article's text assembled from the kept lines of a page: `text[text_start:text_end]` is the content of its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tasks.page.lines import joint
from warehouse.rows import KINDS_IN_TEXT, Line, LineKind


class LineVerdict(NamedTuple):
    """What is decided about one line; `is_continued` says it carries on the sentence of the last kept line."""

    kind: LineKind
    reason: str
    score: float
    is_continued: bool = False


def assemble(
    raw: str, spans: Sequence[tuple[int, int]], verdicts: Sequence[LineVerdict], *, known: Sequence[Line] = ()
) -> tuple[str, tuple[Line, ...]]:
    r"""The text made of the kept lines' contents, and every line with its place in raw text and text.

    Two kept lines stand `\n\n` apart when a blank or a removed line lies between them, else `\n`; the pieces of
    one sentence, and those of one physical line, one space or nothing, as the punctuation demands.
    `known` are the lines as an earlier verdict left them: those removed then and now are taken from there.
    """
    parts: list[str] = []
    length = 0
    lines: list[Line] = []
    previous: tuple[int, str] | None = None  # index and content of the last kept line
    for index, ((start, end), verdict) in enumerate(zip(spans, verdicts, strict=True)):
        is_kept = verdict.kind in KINDS_IN_TEXT
        if known and not is_kept and known[index].kind == verdict.kind:
            lines.append(known[index])
            continue
        line = raw[start:end]
        text_start = text_end = None
        if is_kept and (content := line.strip()):
            if previous is not None:
                gap = _gap(raw, spans, previous, index, content, verdict)
                parts.append(gap)
                length += len(gap)
            text_start, text_end = length, length + len(content)
            parts.append(content)
            length = text_end
            previous = index, content
        else:
            is_kept = False
        lines.append(
            Line(
                index + 1, start, end, line, verdict.kind, is_kept, verdict.reason, verdict.score, text_start, text_end
            )
        )
    return "".join(parts), tuple(lines)


def _gap(
    raw: str,
    spans: Sequence[tuple[int, int]],
    previous: tuple[int, str],
    index: int,
    content: str,
    verdict: LineVerdict,
) -> str:
    last, last_content = previous
    is_cut = any(raw[start:end].strip() for start, end in spans[last + 1 : index])  # a removed line lies between
    if verdict.is_continued and not is_cut:
        return joint(last_content, content)
    if index != last + 1:
        return "\n\n"
    last_end = spans[last][1]
    if raw[last_end - 1] in "\r\n":
        return "\n"
    is_spaced = raw[last_end - 1].isspace() or raw[last_end].isspace()
    return " " if is_spaced else ""
