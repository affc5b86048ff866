"""A page's raw text cut into lines, a line's key for counting, and positions in the text mapped back to the raw text.

`cut_lines` is the only place that knows what a line is: the lines concatenated are the raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from warehouse.rows import Line

LONGEST_LINE = (
    1_000  # characters; a longer physical line becomes several, so that chrome and body in it can be separated
)

_PHYSICAL_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)|[^\r\n]+")
# A sentence ends after its closing marks and the white space that follows, before what can open a sentence.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?:[ \u00a0\u202f]?»)?\s++(?=[\"'“‘«(\[\-–—•]*+[ \u00a0\u202f]?[\dA-ZÀ-ÖØ-Þ])"
    r"|[。！？]++[」』）]*+"
)
_ABBREVIATION = re.compile(r"(?:\b(?:M|MM|Mr|Mrs|Ms|Dr|Me|Pr|St|Ste|Mme|Mlle|art|vol|cf|No|n)|\b[A-ZÀ-Þ])\.\s+$")
_GLUED_BEFORE = tuple(",.;)]}…”’%")
_GLUED_AFTER = tuple("([{“‘'’-\u00ad")


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
            spans.extend(cut_long_line(raw, start, end))
    return spans


def cut_long_line(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of the physical line `raw[start:end]`: cut after sentences, none longer than `LONGEST_LINE`."""
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


def joint(before: str, after: str) -> str:
    """The separator of two pieces of one sentence: one space, or an empty string beside punctuation that takes none."""
    is_glued = before.endswith(_GLUED_AFTER) and not before.endswith(" -")
    return "" if is_glued or after.startswith(_GLUED_BEFORE) else " "


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
