"""How far a run is: the flow says it once, the Prefect UI and whoever watches (a terminal, a test, nobody) show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, cast
from uuid import UUID

# The steps of a run as people see them, in order.
STEPS = ("reading", "stripping and extracting", "loading", "resolving", "checking", "publishing", "reporting")


class Watcher(Protocol):
    """Told of every step of a run: its name, how much there is to do, and each piece done."""

    def begin(self, step: str, total: int) -> None: ...
    def advance(self, step: str, count: int) -> None: ...
    def end(self, step: str) -> None: ...
    def note_passed_over(self, count: int) -> None: ...


watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)
# The flow run and its artifact: a process may make several runs, one after the other.
_artifact: ContextVar[tuple[str | None, UUID] | None] = ContextVar("artifact", default=None)


class Progress:
    """One step under way."""

    def __init__(self, step: str) -> None:
        self._step = step

    def gather(self, futures: Iterable[Any], weights: Sequence[int]) -> list[Any]:
        """The results of futures, in order; each counts its weight when it is there."""
        results = []
        for future, weight in zip(futures, weights, strict=True):
            results.append(future.result())
            if seen := watcher.get():
                seen.advance(self._step, weight)
        return results


@contextmanager
def follow(step: str, total: int = 0) -> Iterator[Progress]:
    """Tell the watcher that a step begins and ends, and the Prefect UI that it has ended."""
    seen = watcher.get()
    if seen:
        seen.begin(step, total)
    yield Progress(step)
    if seen:
        seen.end(step)
    _show_in_prefect(step)


def _show_in_prefect(step: str) -> None:
    """Move the run's progress artifact on; the first step that ends makes it."""
    from prefect import runtime
    from prefect.artifacts import create_progress_artifact, update_progress_artifact

    flow_run_id = runtime.flow_run.id
    percent = 100 * (STEPS.index(step) + 1) / len(STEPS)
    artifact = _artifact.get()
    if artifact is None or artifact[0] != flow_run_id:
        made = create_progress_artifact(percent, key="revue-progress", description="Steps of the run that are done.")
        _artifact.set((flow_run_id, cast(UUID, made)))
    else:
        update_progress_artifact(artifact[1], progress=percent)
