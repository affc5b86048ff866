"""The progress of a run: reported by the flow once, shown by the Prefect UI and by a watcher (a terminal, a test)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol, cast
from uuid import UUID

from warehouse.wording import count_noun

# The phases of a run as a terminal shows them, in order, and the share of a run's time that each takes, in percent: the
# processor time of each in `python -m benchmarks.load 1000`, that of the workers halved, since there are two of them. Of more
# pages stripping and extracting takes more, of fewer checking does. Within that phase progress is measured in documents.
PHASES = {
    "reading": 3,
    "stripping and extracting": 66,
    "loading": 5,
    "resolving": 4,
    "checking": 10,
    "publishing": 1,
    "reporting": 11,
}
# The Prefect UI loads an artifact again every few seconds; an update costs the run 20 ms.
_UPDATE_SECONDS = 2.0
_LOG_SECONDS = 10.0


class Watcher(Protocol):
    """Receives every phase of a run: its name, the amount of work in it, and each piece that is done."""

    def begin(self, phase: str, total: int) -> None:
        """Receive the beginning of a phase of `total` pieces of work."""

    def advance(self, phase: str, count: int, *, words: int = 0, rejected: int = 0) -> None:
        """Receive that `count` more pieces of a phase are done, with this many words in them, and that records were rejected."""

    def end(self, phase: str) -> None:
        """Receive the end of a phase."""


watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)
# The progress artifact of the current flow run: a process may make several runs, one after the other.
_artifact: ContextVar[_Artifact | None] = ContextVar("artifact", default=None)


@dataclass
class Progress:
    """The progress of one phase: `total` and `done` in documents (reading: in inputs), their words, rejected records by reason."""

    phase: str
    total: int
    done: int = 0
    words: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    started_at: float = field(default_factory=time.monotonic)

    def advance(self, count: int, *, words: int = 0, rejected: Mapping[str, int] | None = None) -> None:
        """Report `count` more pieces of work as done, the words in them, and records that were rejected meanwhile."""
        rejected = rejected or {}
        self.done += count
        self.words += words
        self.rejected.update(rejected)
        if seen := watcher.get():
            seen.advance(self.phase, count, words=words, rejected=sum(rejected.values()))
        if artifact := _artifact.get():
            artifact.show(self)

    @property
    def percent(self) -> float:
        """The share of the run that is done, in percent."""
        names = list(PHASES)
        before = sum(PHASES[name] for name in names[: names.index(self.phase)])
        return before + PHASES[self.phase] * (self.done / self.total if self.total else 0.0)

    def describe(self) -> str:
        """What is done, how fast, how long it will take, and what was rejected."""
        if not self.total:
            return f"{self.phase}"
        seconds = max(time.monotonic() - self.started_at, 0.001)
        rate = self.done / seconds
        unit = "input" if self.phase == "reading" else "document"
        said = f"{self.phase}: {self.done} of {count_noun(self.total, unit)}"
        if self.done:
            said += f", {rate:.1f} {unit}s/s"
        if self.words:
            said += f", {self.words / seconds:,.0f} words/s"
        if 0 < self.done < self.total:
            said += f", about {(self.total - self.done) / rate:.0f} s left in this phase"
        if self.rejected:
            said += "; rejected: " + ", ".join(f"{reason} {count}" for reason, count in self.rejected.most_common())
        return said


class _Artifact:
    """The progress artifact of a flow run, and lines in its log; both are written every few seconds at most."""

    def __init__(self, flow_run_id: str) -> None:
        from prefect.artifacts import create_progress_artifact

        self.flow_run_id = flow_run_id
        made = create_progress_artifact(0.0, key="revue-progress", description="starting")
        self._id = cast(UUID, made)
        self._updated_at = self._logged_at = time.monotonic()

    def show(self, progress: Progress) -> None:
        """Show the progress, unless the last was shown a moment ago."""
        now = time.monotonic()
        if now - self._updated_at >= _UPDATE_SECONDS:
            self._updated_at = now
            self.write(progress.percent, progress.describe())
        if now - self._logged_at >= _LOG_SECONDS and progress.done < progress.total:
            self._logged_at = now
            self.log(progress)

    def write(self, percent: float, said: str) -> None:
        """Show a share and a sentence."""
        from prefect.artifacts import update_progress_artifact

        update_progress_artifact(self._id, progress=round(percent, 1), description=said)

    def log(self, progress: Progress) -> None:
        """Write the progress into the log of the flow run."""
        from prefect import get_run_logger

        get_run_logger().info("%s", progress.describe())


@contextmanager
def follow(phase: str, total: int = 0) -> Iterator[Progress]:
    """Report the begin and the end of a phase, to the watcher and to the Prefect UI."""
    seen = watcher.get()
    if seen:
        seen.begin(phase, total)
    progress = Progress(phase, total)
    artifact = _open_artifact()
    yield progress
    if seen:
        seen.end(phase)
    if artifact is None:
        return
    if total:
        artifact.log(progress)
    names = list(PHASES)
    done = sum(PHASES[name] for name in names[: names.index(phase) + 1])
    artifact.write(done, progress.describe() if total else f"{phase}: done" if done < 100 else "done")


def _open_artifact() -> _Artifact | None:
    """The progress artifact of the current flow run, created by its first phase; None outside a flow run."""
    from prefect import runtime

    flow_run_id = runtime.flow_run.id
    artifact = _artifact.get()
    if flow_run_id and (artifact is None or artifact.flow_run_id != flow_run_id):
        artifact = _Artifact(flow_run_id)
        _artifact.set(artifact)
    return artifact if flow_run_id else None
