"""The task runs of steps over shards: how many run at once, in what order, and how their results are joined."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest


@pytest.fixture
def steps(server_url: str):
    """`steps(count_shards, workers)`: the flow, the order of the work, and how many task runs ran as each began."""
    from prefect import flow, task
    from prefect.task_runners import ThreadPoolTaskRunner

    from flows.runtime.shard_runs import Step, run_shards

    lock = threading.Lock()
    order: list[str] = []
    running: list[int] = []
    together = [False]  # whether the first two task runs wait for each other
    now = [0]
    meeting = threading.Barrier(2)

    def work(name: str, number: int, part: list[int]) -> list[int]:
        with lock:
            now[0] += 1
            running.append(now[0])
            order.append(f"{name} {number}")
        if together[0] and f"{name} {number}" in ("first 1", "first 2"):
            meeting.wait(60)
        with lock:
            now[0] -= 1
        return [one * 10 for one in part]

    @task
    def first(number: int, part: list[int]) -> list[int]:
        return work("first", number, part)

    @task
    def second(number: int, part: list[int]) -> list[int]:
        if part == [130]:
            raise ValueError("thirteen")
        return work("second", number, part)

    @flow(task_runner=ThreadPoolTaskRunner(max_workers=20))
    def both(count: int, workers: int, passed: Sequence[tuple[int, int]] = ()) -> list[list[int]]:
        shards = list(range(count))
        phase = "stripping and extracting"
        return run_shards(
            phase, shards, Step(first, ()), Step(second, ()), weigh=lambda _: 1, workers=workers, passed=passed
        )

    return both, order, running, together


def test_as_many_task_runs_run_as_there_are_workers_and_results_keep_their_order(steps):
    both, order, running, together = steps
    together[0] = True
    assert both(6, 2) == [[0, 10, 20, 30, 40, 50], [0, 100, 200, 300, 400, 500]]
    assert max(running) == 2
    assert order.index("second 1") < order.index("first 5")  # what is begun is ended first


def test_a_failing_task_run_raises_its_error(steps):
    both, *_ = steps
    with pytest.raises(ValueError, match="thirteen"):
        both(14, 1)


def test_results_that_exist_are_given_to_the_last_step_alone(steps):
    both, order, *_ = steps
    assert both(2, 2, [(7, 1), (8, 1)]) == [[0, 10, 7, 8], [0, 100, 70, 80]]
    assert len([one for one in order if one.startswith("first")]) == 2
    order.clear()
    assert both(0, 1, [(7, 1)]) == [[7], [70]] and order == ["second 1"]


def test_steps_over_no_shards_have_no_results(steps):
    both, _, running, _ = steps
    assert both(0, 2) == [[], []] and running == []


def test_many_shards_share_48_task_runs(steps):
    both, order, *_ = steps
    [results, _] = both(100, 4)
    assert results == [number * 10 for number in range(100)]
    assert len([one for one in order if one.startswith("first")]) == 34  # of three shards each
