"""What a piece of work costs, to compare two sizes of it in one run."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time


def measure_seconds(work: Callable[[], object]) -> float:
    """The least processor time of three calls, in seconds: other programs can only add to it."""
    seconds = []
    for _ in range(3):
        started = process_time()
        work()
        seconds.append(process_time() - started)
    return min(seconds)
