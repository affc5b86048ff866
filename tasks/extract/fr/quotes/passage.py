"""A text as the finder of quotes reads it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tasks.text.folding import lower_text
from warehouse.facts import Mention, Sentence

_LINE_ENDS = re.compile(r"\n\s*")


class Passage:
    """A text as printed and in lower case, its sentences, and its names by the place where they begin.

    `people` are the mentions of people in the order of the text, `quoted` the stretches between marks.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        quoted: Sequence[tuple[int, int]] = (),
    ) -> None:
        named = sorted(
            (each for each in mentions if not each.is_demonym), key=lambda each: (each.start_char, each.end_char)
        )
        self.text = text
        self.lowered = lower_text(text)
        self.sentences = sentences
        self.at = {each.start_char: each for each in named}
        self.people = [each for each in named if each.label == "PER"]
        self.quoted = quoted
        self._sentence_starts = [sentence.start_char for sentence in sentences]
        self._people_starts = [each.start_char for each in self.people]
        self._named = named
        self._named_starts = [each.start_char for each in named]
        self._quote_starts = [start for start, _ in quoted]

    def sentence_at(self, place: int) -> int:
        """The index of the last sentence that begins at or before a place; 0 before the first."""
        return max(0, bisect_right(self._sentence_starts, place) - 1)

    def people_between(self, start: int, end: int) -> list[Mention]:
        """The people named in a stretch of text."""
        found = self.people[bisect_left(self._people_starts, start) : bisect_left(self._people_starts, end)]
        return [each for each in found if each.end_char <= end]

    def named_between(self, start: int, end: int) -> list[Mention]:
        """All names that begin in a stretch of text."""
        return self._named[bisect_left(self._named_starts, start) : bisect_left(self._named_starts, end)]

    def is_in_name(self, place: int) -> bool:
        """Whether the character at a place belongs to the name of a person."""
        index = bisect_right(self._people_starts, place) - 1
        return index >= 0 and place < self.people[index].end_char

    def is_quoted(self, place: int) -> bool:
        """Whether a place is between marks."""
        index = bisect_right(self._quote_starts, place) - 1
        return index >= 0 and place < self.quoted[index][1]


def count_lines(gap: str) -> int:
    """The line ends in a stretch of text, blank lines left out."""
    return len(_LINE_ENDS.findall(gap))
