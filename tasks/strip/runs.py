"""Runs of blocks: of prose, of blocks without prose, and of members of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_LONGEST_PAUSE = 4  # blocks


def run_lengths(is_member: np.ndarray) -> np.ndarray:
    """For every member of a run of members the length of the run, else 0."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_member.astype(int), [0]])))
    lengths = np.zeros(len(is_member))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        lengths[start:end] = end - start
    return lengths


def count_chrome_before(prose: Sequence[float]) -> list[int]:
    """For every block, how many blocks without prose stand right before it."""
    runs, run = [], 0
    for words in prose:
        runs.append(run)
        run = 0 if words else run + 1
    return runs


def find_prose_runs(prose: np.ndarray) -> list[tuple[int, int]]:
    """The `[start, end)` of every run: prose with never more than `_LONGEST_PAUSE` other blocks between."""
    import numpy as np

    found = np.flatnonzero(prose)
    runs = np.split(found, np.flatnonzero(np.diff(found) > _LONGEST_PAUSE + 1) + 1)
    return [(int(run[0]), int(run[-1]) + 1) for run in runs if len(run)]


def best_segment(prose: np.ndarray, chrome_share: np.ndarray) -> tuple[int, int]:
    """First and last block of the maximum-sum segment: prose has positive weight, everything else negative weight.

    On a page without prose, such as one in a language without a lexicon, every block stands before the segment.
    """
    import numpy as np

    values = np.where(prose > 0, np.minimum(prose, 60.0), np.where(chrome_share > 0.5, -16.0, -6.0)).tolist()
    best, best_span, start, total = 0.0, (len(values), len(values) - 1), 0, 0.0
    for index, value in enumerate(values):
        if total <= 0:
            start, total = index, 0.0
        total += value
        if total > best:
            best, best_span = total, (start, index)
    return best_span


def sums_before(values: np.ndarray) -> np.ndarray:
    """For every block, and the end, the sum of the values of the blocks before it."""
    import numpy as np

    sums = np.zeros(len(values) + 1)
    values.cumsum(out=sums[1:])
    return sums
