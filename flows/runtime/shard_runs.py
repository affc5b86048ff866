"""The task runs of one step over many shards: submitted together, followed, and their results joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flows.runtime.progress import follow

S = TypeVar("S")
T = TypeVar("T")

# Task runs of one step. Each costs the server 7 ms and the UI a bar, so a task run of a large run takes several shards.
_MOST_RUNS = 64


@dataclass(frozen=True, slots=True)
class ShardRuns(Generic[T]):
    """Task runs that each return a list of `T`, as futures, and the amount of work in each."""

    futures: Sequence[Any]
    weights: Sequence[int]


def submit_shards(task: Any, shards: Sequence[S], *arguments: Any, weigh: Callable[[S], int]) -> ShardRuns[Any]:
    """Submit `task(number, part, *arguments)` for each of at most 64 parts of the shards; `weigh` gives a shard's work."""
    parts = split_evenly(shards, _MOST_RUNS)
    futures = [task.submit(number, part, *arguments) for number, part in enumerate(parts, 1)]
    return ShardRuns(futures, [sum(map(weigh, part)) for part in parts])


def submit_after(task: Any, earlier: ShardRuns[Any], *arguments: Any) -> ShardRuns[Any]:
    """Submit `task(number, result, *arguments)` for the result of each earlier task run; it starts when that has ended."""
    # Prefect replaces a future among the arguments by its result.
    futures = [task.submit(number, future, *arguments) for number, future in enumerate(earlier.futures, 1)]
    return ShardRuns(futures, earlier.weights)


def gather(phase: str, *steps: ShardRuns[T]) -> list[list[T]]:
    """Wait for the task runs of one or more steps, as a phase of the run; returns the results of each step, joined in order.

    Steps are waited for in order, so that of several failures that of the earliest step is raised.
    """
    gathered: list[list[T]] = []
    with follow(phase, sum(sum(step.weights) for step in steps)) as progress:
        for step in steps:
            results: list[T] = []
            for future, weight in zip(step.futures, step.weights, strict=True):
                results += future.result()
                progress.advance(weight)
            gathered.append(results)
    return gathered


def split_evenly(items: Sequence[S], most: int) -> list[list[S]]:
    """The items in order, in at most `most` parts of nearly the same length."""
    size = -(-len(items) // most) or 1
    return [list(items[start : start + size]) for start in range(0, len(items), size)]
