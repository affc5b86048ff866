"""What a line of a page holds, from its characters alone; remembered for short lines, which many pages of a source share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.person_names import byline_words, starter_pattern
from tasks.strip.describe.printed_dates import HAS_DATE
from tasks.strip.hard_wraps import unwrapped_view
from tasks.text.clean_view import CleanView
from tasks.text.remembered import RememberedBatch
from tasks.text.words import remember_accented, split_words

MARKS = re.compile(r"^(?:[#>*+•·|_\-–—◦▪■►▶]+\s+|[#*_|]+)+")
END_MARKS = " \t\u00a0*_#"
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # Japanese and Chinese leave no space between words
UNSPACED_LETTERS = 2  # of theirs to a word
SOMETHING = re.compile(r"[^\W_]")
LONGEST_KEY = 400  # characters of a line by which it is recognised
LONGEST_CREDIT = 30  # words of a line that may hold a byline among other things
HAS_MARK = re.compile(r"[|•·/\t]")  # whether there is a separator: quicker than where
HAS_GAP = re.compile(r"[-–—\s](?:(?<=\s[-–—])\s|(?<=\s)\s\s)")


class LineContent(NamedTuple):
    """The content of a line without marks and what a reader does not see (`text`), and what may be in it.

    `view` leads from `text` back to the line, from position `offset` of the view on; `key` is `text` reduced to its words.
    `has_date_digits`, `opens_with_starter` ("Par"), `has_segments` (of at most `LONGEST_CREDIT` words), `has_copyright_mark` and
    `may_name_site` (`self_words`) rule most lines out.
    """

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


@RememberedBatch
def read_contents(lines: Sequence[str]) -> list[LineContent | None]:
    """What each line holds; None when it holds no letter and no digit."""
    return [_read_content(line) for line in lines]


def _read_content(line: str) -> LineContent | None:
    view = unwrapped_view(line)
    content = view.text.strip()
    if not content:
        return None
    offset = view.text.index(content[0])
    marks = None if content[0].isalnum() else MARKS.match(content)
    cut = marks.end() if marks else 0
    text = content[cut:].rstrip(END_MARKS)
    if not (text[:1].isalnum() or SOMETHING.search(text)):
        return None
    unspaced = 0 if text.isascii() or not UNSPACED.search(text) else len(UNSPACED.findall(text))
    count_words = text.count(" ") + 1 + unspaced // UNSPACED_LETTERS
    low = text.lower()
    words = remember_accented(text[:LONGEST_KEY])
    return LineContent(
        text,
        view,
        offset + cut,
        content[:cut].strip(),
        count_words,
        " ".join(words),
        HAS_DATE.search(text) is not None,
        low[:2] in _openings() and starter_pattern().match(text) is not None,
        count_words <= LONGEST_CREDIT and has_segments(text),
        any([mark in low for mark in _copyright_marks()]),
        not self_words().isdisjoint(words),
    )


def has_segments(text: str) -> bool:
    """Whether a separator cuts a text in parts."""
    return HAS_MARK.search(text) is not None or HAS_GAP.search(text) is not None


@cache
def _openings() -> frozenset[str]:
    """The first two letters of every starter, by which most lines are ruled out."""
    return frozenset(starter[:2] for starter in byline_words("starters"))


@cache
def _copyright_marks() -> tuple[str, ...]:
    return tuple(lexicon()["copyright"]["marks"])


@cache
def self_words(table: str | None = None) -> frozenset[str]:
    """The first words of the phrases in which a site names itself, of one table or of both: `self_before` a name and `self_after` it."""
    if table is None:
        return self_words("self_before") | self_words("self_after")
    return frozenset(split_words(phrase)[0] for phrase in lexicon()["publishers"][table])
