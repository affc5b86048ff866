"""Live pages: entries that each open with a time of day, kept whole once enough of them are article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.strip.block_features import is_prose
from tasks.strip.blocks import Block

if TYPE_CHECKING:
    import numpy as np

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\s?[h:]\s?[0-5]\d\.?")
_FEWEST_ENTRIES = 4
_LEAST_SHARE = 1 / 3  # of the entries: older ones stand far below, where a page usually has teasers
_LONGEST_HEADING = 20  # words


def keep_live_entries(
    blocks: Sequence[Block], shapes: np.ndarray, certain: Sequence[bool], is_kept: list[bool]
) -> None:
    """Keep every entry of a live page: the time, its heading, its paragraphs, unless a line is `certain` chrome.

    An entry is a line that is a time of day and nothing else, at most one short line, and prose. A page is live when
    it has several entries and the prose of at least a third of them is kept already.
    """
    clocks = [number for number, block in enumerate(blocks) if _CLOCK.fullmatch(block.text)]
    if len(clocks) < _FEWEST_ENTRIES:
        return
    entries = [_entry(clock, end, shapes) for clock, end in zip(clocks, [*clocks[1:], len(blocks)], strict=True)]
    entries = [entry for entry in entries if entry]
    kept = sum(any(is_kept[number] and is_prose(shapes[number]) for number in entry) for entry in entries)
    if len(entries) >= _FEWEST_ENTRIES and kept >= _LEAST_SHARE * len(entries):
        for number in (number for entry in entries for number in entry if not certain[number]):
            is_kept[number] = True


def _entry(clock: int, end: int, shapes: np.ndarray) -> range:
    """The blocks of the entry a time opens, before block `end`; empty when no prose follows the time."""
    start = clock + 1
    if start < end and not is_prose(shapes[start]) and shapes[start][0] <= _LONGEST_HEADING:
        start += 1
    stop = start
    while stop < end and is_prose(shapes[stop]):
        stop += 1
    return range(clock, stop) if stop > start else range(0)
