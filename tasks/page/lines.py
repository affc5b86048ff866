"""Lines and positions: a page's raw text cut into lines, the article's text assembled from the kept ones.

`cut_lines` and `assemble` are the only places that know how raw text, lines and text fit together: the lines
concatenated are the raw text, and `text[text_start:text_end]` is always the content of its line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from warehouse.rows import KINDS_IN_TEXT, Line, LineKind

LONGEST_LINE = 1_000  # characters; a longer physical line becomes several, so that chrome and body in it can part

_PHYSICAL_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)|[^\r\n]+")
# A sentence ends after its closing marks and the white space that follows, before what can open a sentence.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?:[ \u00a0\u202f]?»)?\s++(?=[\"'“‘«(\[\-–—•]*+[ \u00a0\u202f]?[\dA-ZÀ-ÖØ-Þ])"
    r"|[。！？]++[」』）]*+"
)
_ABBREVIATION = re.compile(r"(?:\b(?:M|MM|Mr|Mrs|Ms|Dr|Me|Pr|St|Ste|Mme|Mlle|art|vol|cf|No|n)|\b[A-ZÀ-Þ])\.\s+$")
_GLUED_BEFORE = tuple(",.;)]}…”’%")
_GLUED_AFTER = tuple("([{“‘'’-")


class Verdict(NamedTuple):
    """What is decided about one line; `is_continued` says it carries on the sentence of the last kept line."""

    kind: LineKind
    reason: str
    score: float
    is_continued: bool = False


def cut_lines(raw: str) -> list[tuple[int, int]]:
    r"""The `[start, end)` of every line of `raw`, in characters; concatenated they are `raw` exactly.

    A line ends after `\r\n`, `\n` or `\r` and nowhere else, and holds its own line end. One of more than
    `LONGEST_LINE` characters is cut after every sentence end, and at the last white space before the limit
    where no sentence ends.
    """
    spans: list[tuple[int, int]] = []
    for match in _PHYSICAL_LINE.finditer(raw):
        start, end = span = match.span()
        if end - start <= LONGEST_LINE:
            spans.append(span)
        else:
            spans.extend(_cut_long_line(raw, start, end))
    return spans


def _cut_long_line(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = [match.end() for match in _SENTENCE_END.finditer(raw, start, end)]
    for cut in [cut for cut in cuts if not _ABBREVIATION.search(raw, max(start, cut - 12), cut)] + [end]:
        while cut - start > LONGEST_LINE:
            space = max(raw.rfind(" ", start, start + LONGEST_LINE), raw.rfind("\t", start, start + LONGEST_LINE))
            hard_cut = space + 1 if space > start else start + LONGEST_LINE
            yield start, hard_cut
            start = hard_cut
        if cut > start:
            yield start, cut
        start = cut


def line_key(line: str) -> int:
    """A signed 64-bit hash of a line, the same for lines that differ in case, white space or digits only."""
    folded = re.sub(r"\d+", "0", " ".join(line.lower().split()))
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def assemble(
    raw: str, spans: Sequence[tuple[int, int]], verdicts: Sequence[Verdict], *, known: Sequence[Line] = ()
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
    raw: str, spans: Sequence[tuple[int, int]], previous: tuple[int, str], index: int, content: str, verdict: Verdict
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


def joint(before: str, after: str) -> str:
    """What stands between two pieces of one sentence: one space, or nothing where the punctuation clings."""
    return "" if after.startswith(_GLUED_BEFORE) or before.endswith(_GLUED_AFTER) else " "


class PositionMap:
    """From positions in a page's text back to positions in its raw text, in characters, half open."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._text_starts: list[int] = []
        self._text_ends: list[int] = []
        self._raw_starts: list[int] = []
        for line in lines:
            if line.text_start is not None and line.text_end is not None:
                self._text_starts.append(line.text_start)
                self._text_ends.append(line.text_end)
                self._raw_starts.append(line.raw_start + len(line.line) - len(line.line.lstrip()))

    def raw_span(self, start_char: int, end_char: int) -> tuple[int, int]:
        """Where `text[start_char:end_char]` stands in the raw text: its first character to its last, plus one.

        A position between two lines counts as the first character after it, or the last before it.
        Raises ValueError when the span is empty or outside the text.
        """
        if not self._text_starts or not 0 <= start_char < end_char <= self._text_ends[-1]:
            raise ValueError(f"no span [{start_char}, {end_char}) in this text")
        first = bisect_right(self._text_starts, start_char) - 1
        if start_char >= self._text_ends[first] and first + 1 < len(self._text_starts):
            first, start_char = first + 1, self._text_starts[first + 1]
        last = bisect_right(self._text_starts, end_char - 1) - 1
        end_char = min(end_char, self._text_ends[last])
        return (
            self._raw_starts[first] + start_char - self._text_starts[first],
            self._raw_starts[last] + end_char - self._text_starts[last],
        )
