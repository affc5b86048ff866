"""The layout of a page: its lines that hold something, without bullets or Markdown marks, and where the body lies.

Titles, dates and names are recognised by where they stand: right above the body, below the title, after the last
paragraph. The body is the heaviest run of kept prose, so a single kept teaser elsewhere does not move it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from tasks.strip.describe.line_contents import LONGEST_KEY, read_contents
from tasks.strip.hard_wraps import unwrap
from tasks.text.clean_view import CleanView
from tasks.text.words import split_words
from warehouse.rows import Line

LONG_WORDS = 5  # a shorter line is part of a menu, a date or a button
PROSE_WORDS = 12  # a kept line this long is prose, and the body starts at one
MOST_LINES = 200  # with a date, or with a byline: a page has a dozen, and a hostile one must not take unlimited time
REMOVED_COST = 4  # words a removed line takes off a run of body: short interruptions pass, a menu does not
LONGEST_WORDS = 80  # one endless line must not outweigh an article of paragraphs


class FilledLine(NamedTuple):
    """One line that holds something: its `row`, and what it holds, as in `LineContent`."""

    row: Line
    text: str
    view: CleanView
    offset: int
    marks: str
    count_words: int
    key: str
    has_date_digits: bool
    opens_with_starter: bool
    has_segments: bool
    has_copyright_mark: bool
    may_name_site: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the raw text of `text[start:end]`."""
        first, last = self.view.span(self.offset + start, self.offset + end)
        return self.row.raw_start + first, self.row.raw_start + last


@dataclass(frozen=True)
class Layout:
    """The lines of a page; the body is `lines[body_start:body_end]`, empty when nothing was kept."""

    lines: tuple[FilledLine, ...]
    body_start: int
    body_end: int

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Each line reduced to its words, by which repeated lines are found."""
        return tuple([line.key for line in self.lines])

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """The words of each line."""
        return tuple(line.count_words for line in self.lines)

    @cached_property
    def count_by_key(self) -> Counter[str]:
        """How often each line occurs on the page, by its words."""
        return Counter(self.keys)

    @cached_property
    def first_by_key(self) -> dict[str, int]:
        """The first line of each key."""
        return {self.keys[i]: i for i in range(len(self.keys) - 1, -1, -1)}

    @cached_property
    def body_words(self) -> frozenset[str]:
        """The words of four letters and more of the body's first paragraphs: a title shares words with the body."""
        body = [line for line in self.lines[self.body_start : self.body_end] if line.count_words >= PROSE_WORDS]
        return topics_of([word for line in body[:8] for word in _words_of(line)])

    @cached_property
    def lede_words(self) -> frozenset[str]:
        """The words of four letters and more of the body's first paragraph alone."""
        body = self.lines[self.body_start : self.body_end]
        lede = next((line.text for line in body if line.count_words >= PROSE_WORDS), "")
        return topics_of(split_words(lede))

    @cached_property
    def top_words(self) -> frozenset[str]:
        """The words of four letters and more of the page's first line: many dumps open with the title a browser shows."""
        return topics_of(self.keys[0].split()) if self.keys else frozenset()

    @cached_property
    def count_long_above(self) -> tuple[int, ...]:
        """For every line, and the end, how many lines of a few words and more stand above it."""
        return tuple(accumulate([count >= LONG_WORDS for count in self.counts], initial=0))

    def near_body(self, before: int, after: int) -> range:
        """Indices of the lines from `before` above the body's first paragraph to `after` below it."""
        return range(max(0, self.body_start - before), min(len(self.lines), self.body_start + after))

    def nearest(self, indices: Iterable[int]) -> list[int]:
        """At most `MOST_LINES` of the given lines, nearest to the body's start, in reading order."""
        return sorted(sorted(indices, key=lambda i: abs(i - self.body_start))[:MOST_LINES])


def _words_of(line: FilledLine) -> list[str]:
    """The words of a line; its key has them all unless it is long."""
    return line.key.split() if len(line.text) <= LONGEST_KEY else split_words(line.text[:1000])


def topics_of(words: Iterable[str]) -> frozenset[str]:
    """The words that may show what a text is about."""
    return frozenset([word for word in words if len(word) >= 4])


def lay_out(lines: Sequence[Line], is_wrapped: Sequence[bool] | None = None) -> Layout:
    """The layout of a page whose lines are already judged; lines that hard wraps separate (`find_wraps`) are one."""
    rows = unwrap(lines, is_wrapped)
    contents = read_contents([row.line for row in rows])
    filled = tuple([FilledLine(row, *found) for row, found in zip(rows, contents, strict=True) if found])
    start, end = _heaviest_run(filled)
    first_prose = next((i for i in range(start, end) if filled[i].count_words >= PROSE_WORDS), start)
    return Layout(filled, first_prose, end)


def _heaviest_run(lines: Sequence[FilledLine]) -> tuple[int, int]:
    """The run of lines with the most kept words, removed ones counting against it (maximum-sum segment)."""
    best, best_run, weight, start = 0, (0, 0), 0, 0
    for i, line in enumerate(lines):
        if weight <= 0:
            weight, start = 0, i
        weight += min(line.count_words, LONGEST_WORDS) if line.row.is_kept else -REMOVED_COST
        if weight > best:
            best, best_run = weight, (start, i + 1)
    return best_run
