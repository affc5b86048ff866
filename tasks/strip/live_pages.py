"""Live pages: entries that each open with a time of day, kept whole once enough of them are article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tasks.strip.blocks import Block
from tasks.strip.feature_table import feature_numbers

if TYPE_CHECKING:
    import numpy as np

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\s?[h:]\s?[0-5]\d\.?")
_LONGEST_CLOCK = 8  # characters
_FEWEST_ENTRIES = 4
_LEAST_SHARE = 1 / 3  # of the entries: older ones stand far below, where a page usually has teasers
_LONGEST_HEADING = 20  # words
_LONGEST_SIGNATURE = 6  # words
_MOST_SIGNED = 0.5  # of the entries of a live page


def keep_live_entries(
    blocks: Sequence[Block], features: np.ndarray, certain: Sequence[bool], is_kept: list[bool]
) -> bool:
    """Keep every entry of a live page: the time, its heading, its paragraphs, unless a line is `certain` chrome.

    An entry is a line that is a time of day and nothing else, at most one short line, and prose. A page is live when
    it has several entries and the prose of at least a third of them is kept already. A thread of comments has times on
    lines of their own too, but beside them the names of those who wrote. Returns whether the page is live.
    """
    clocks = [
        number
        for number, block in enumerate(blocks)
        if len(block.text) <= _LONGEST_CLOCK and _CLOCK.fullmatch(block.text)
    ]
    if len(clocks) < _FEWEST_ENTRIES:
        return False
    numbers = feature_numbers()
    words, prose = features[:, numbers["words"]], features[:, numbers["prose"]]
    entries = [_entry(clock, end, words, prose) for clock, end in zip(clocks, [*clocks[1:], len(blocks)], strict=True)]
    entries = [entry for entry in entries if entry]
    kept = sum(any(is_kept[number] and prose[number] > 0 for number in entry) for entry in entries)
    is_live = len(entries) >= _FEWEST_ENTRIES and kept >= _LEAST_SHARE * len(entries)
    is_live = is_live and not _are_signed(entries, words, certain)
    if is_live:
        for number in (number for entry in entries for number in entry if not certain[number]):
            is_kept[number] = True
    return is_live


def _are_signed(entries: Sequence[range], words: np.ndarray, certain: Sequence[bool]) -> bool:
    """Whether a short line, such as a name or a day, stands between most entries: buttons, which are certain chrome, aside."""
    signed = sum(
        any(not certain[number] and words[number] <= _LONGEST_SIGNATURE for number in range(before.stop, after.start))
        for before, after in pairwise(entries)
    )
    return signed > _MOST_SIGNED * (len(entries) - 1)


def _entry(clock: int, end: int, words: np.ndarray, prose: np.ndarray) -> range:
    """The blocks of the entry a time opens, before block `end`; empty when no prose follows the time."""
    start = clock + 1
    if start < end and prose[start] == 0 and words[start] <= _LONGEST_HEADING:
        start += 1
    stop = start
    while stop < end and prose[stop] > 0:
        stop += 1
    return range(clock, stop) if stop > start else range(0)
