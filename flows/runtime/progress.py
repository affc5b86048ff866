"""The progress of a run: reported by the flow once, shown by the Prefect UI and by a watcher (a terminal, a test)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, cast
from uuid import UUID

# The phases of a run as a terminal shows them, in order.
PHASES = ("reading", "stripping and extracting", "loading", "resolving", "checking", "publishing", "reporting")


class Watcher(Protocol):
    """Receives every phase of a run: its name, the amount of work in it, and each piece that is done."""

    def begin(self, phase: str, total: int) -> None: ...
    def advance(self, phase: str, count: int) -> None: ...
    def end(self, phase: str) -> None: ...


watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)
# The flow run and its progress artifact: a process may make several runs, one after the other.
_artifact: ContextVar[tuple[str | None, UUID] | None] = ContextVar("artifact", default=None)


class Progress:
    """The progress of one phase."""

    def __init__(self, phase: str) -> None:
        self._phase = phase

    def advance(self, count: int) -> None:
        """Report `count` more pieces of work as done."""
        if seen := watcher.get():
            seen.advance(self._phase, count)


@contextmanager
def follow(phase: str, total: int = 0) -> Iterator[Progress]:
    """Report the begin and the end of a phase to the watcher, and its end to the Prefect UI."""
    seen = watcher.get()
    if seen:
        seen.begin(phase, total)
    yield Progress(phase)
    if seen:
        seen.end(phase)
    _show_in_prefect(phase)


def _show_in_prefect(phase: str) -> None:
    """Move the run's progress artifact forward; the first phase that ends creates it."""
    from prefect import runtime
    from prefect.artifacts import create_progress_artifact, update_progress_artifact

    flow_run_id = runtime.flow_run.id
    percent = 100 * (PHASES.index(phase) + 1) / len(PHASES)
    artifact = _artifact.get()
    if artifact is None or artifact[0] != flow_run_id:
        made = create_progress_artifact(percent, key="revue-progress", description="Phases of the run that are done.")
        _artifact.set((flow_run_id, cast(UUID, made)))
    else:
        update_progress_artifact(artifact[1], progress=percent)
