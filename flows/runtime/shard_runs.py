"""The task runs of one or more steps over many shards: submitted as workers become free, followed, and their results joined."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from flows.runtime.progress import follow
from tasks.read.shard import RecordShard
from tasks.runtime.shards import read_shard

S = TypeVar("S")

# Task runs of one step. Each costs the server 7 ms and the UI a bar, so a task run of a large run takes several shards.
_MOST_RUNS = 48


@dataclass(frozen=True, slots=True)
class Step:
    """A task and its arguments after the number of the part and the part itself.

    `rejected` counts the records that a result rejects, by reason; `words` the words in the part that it is given.
    """

    task: Any
    arguments: Sequence[Any]
    rejected: Callable[[Any], Mapping[str, int]] = lambda _: {}
    words: Callable[[Any], int] = lambda _: 0


def run_shards(
    phase: str,
    shards: Sequence[S],
    *steps: Step,
    weigh: Callable[[S], int],
    workers: int,
    passed: Sequence[tuple[Any, int]] = (),
) -> list[list[Any]]:
    """Run the steps, one after the other, on each part of the shards; returns the results of each step, joined in order.

    There are at most 48 parts, or two for each worker; the first step is given a part, a later one the result of the step
    before. A part is submitted when a worker is free, so that Prefect shows no task run as running that waits for one. A
    part that has passed one step goes on before another begins, so that documents are done at an even pace. `weigh` gives
    the number of documents in a shard. `passed` are results of all steps but the last that exist already, each with its
    number of documents: they are given to the last step. Raises what the first task run that fails raises.
    """
    last, most = len(steps) - 1, max(_MOST_RUNS, 2 * workers)
    parts = split_evenly(shards, most if not passed else -(-most // 2))
    late = split_evenly(passed, most // 2)
    weights = [sum(map(weigh, part)) for part in parts] + [sum(count for _, count in part) for part in late]
    results: list[list[Any]] = [[None] * len(parts) + [[] for _ in late] for _ in steps]
    waiting: deque[tuple[int, int, Any]] = deque((0, number, part) for number, part in enumerate(parts))
    for number, part in enumerate(late, len(parts)):
        given = [result for result, _ in part]
        waiting.append((last, number, given))
        if last:
            results[last - 1][number] = given
    ended: SimpleQueue[tuple[int, int, Any, Any]] = SimpleQueue()
    running = 0
    with follow(phase, sum(weights)) as progress:
        while waiting or running:
            while waiting and running < workers:
                place, number, given = waiting.popleft()
                future = steps[place].task.submit(number + 1, given, *steps[place].arguments)
                key = (place, number, given)
                future.add_done_callback(lambda done, key=key: ended.put((*key, done)))
                running += 1
            place, number, given, done = ended.get()
            running -= 1
            result = results[place][number] = done.result()
            is_last = place == last
            if not is_last:
                waiting.appendleft((place + 1, number, result))
            progress.advance(
                weights[number] if is_last else 0,
                words=steps[place].words(given),
                rejected=steps[place].rejected(result),
            )
    return [[item for result in joined for item in result] for joined in results]


def count_rejected(folders: Sequence[Path], table: str = "rejected") -> Counter[str]:
    """The records that were rejected in shard folders, by reason."""
    rows = (row for folder in folders for row in read_shard(folder, table, ["reason"]))
    return Counter(row["reason"] for row in rows if row["reason"])


def count_unread(shards: Sequence[RecordShard]) -> Counter[str]:
    """The records that could not be read, by reason."""
    return count_rejected([Path(shard.folder) for shard in shards], "incoming")


def count_words(folders: Sequence[Path]) -> int:
    """The words in the texts of the pages of shard folders."""
    return sum(row["count_words"] for folder in folders for row in read_shard(folder, "pages", ["count_words"]))


def split_evenly(items: Sequence[S], most: int) -> list[list[S]]:
    """The items in order, in at most `most` parts of nearly the same length."""
    size = -(-len(items) // most) or 1
    return [list(items[start : start + size]) for start in range(0, len(items), size)]
