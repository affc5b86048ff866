"""The progress bar of a run. It imports rich when it is made, which is while the Prefect server starts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Self

from warehouse.wording import count_noun

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

# An estimate from fewer pieces of work, or in less time, is wrong more often than right.
_LEAST_SHARE = 0.05
_LEAST_SECONDS = 2.0
# The phase before the flow reports its own.
_START = "starting Prefect"


@dataclass(slots=True)
class Pace:
    """What is done in a phase: pieces of `total` (0 when not known), words in them, and records rejected."""

    total: int
    started_at: float
    done: float = 0
    words: int = 0
    rejected: int = 0
    ended_at: float | None = field(default=None)

    def describe(self, now: float) -> str:
        """The pieces done, words or pieces a second, the time left once it can be estimated, and the records rejected."""
        seconds = (self.ended_at or now) - self.started_at
        parts = []
        if self.total:
            parts.append(f"{self.done:,.0f} of {self.total:,}")
        if self.done and seconds >= _LEAST_SECONDS:
            parts.append(f"{self.words / seconds:,.0f} words/s" if self.words else f"{self.done / seconds:,.1f}/s")
        left = self.estimate_seconds(now)
        if left is not None:
            parts.append(f"{_write_seconds(left)} left")
        if self.rejected:
            parts.append(f"{count_noun(self.rejected, 'record')} rejected")
        return ", ".join(parts)

    def estimate_seconds(self, now: float) -> float | None:
        """The time that is left at the pace so far; None when it is done, or too early to tell."""
        seconds = now - self.started_at
        if self.ended_at is not None or not self.total or self.done >= self.total or seconds < _LEAST_SECONDS:
            return None
        if self.done < _LEAST_SHARE * self.total:
            return None
        return seconds * (self.total - self.done) / self.done


class ProgressBar:
    """A progress bar on stderr, one line per phase; nothing when quiet or when stderr is no terminal."""

    def __init__(
        self, *, quiet: bool, console: Console | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        from flows.cli.terminal.tables import open_error_console

        console = console or open_error_console()
        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description:<24}"), BarColumn(bar_width=16), TimeElapsedColumn(),
            TextColumn("{task.fields[pace]}"),
            console=console, transient=True, disable=quiet or not console.is_terminal,
        )  # fmt: skip
        self._clock = clock
        self._tasks: dict[str, TaskID] = {}
        self._paces: dict[str, Pace] = {}

    def begin(self, phase: str, total: int) -> None:
        """Show that a phase begins, with `total` pieces of work, 0 when the number is not known."""
        if _START in self._paces and phase != _START and self._paces[_START].ended_at is None:
            self.end(_START)
        self._paces[phase] = Pace(total, self._clock())
        self._tasks[phase] = self._progress.add_task(phase, total=total or None, pace="")

    def advance(self, phase: str, count: float, *, words: int = 0, rejected: int = 0) -> None:
        """Show that `count` more pieces are done, with this many words in them, and that records were rejected."""
        pace = self._paces[phase]
        pace.done, pace.words, pace.rejected = pace.done + count, pace.words + words, pace.rejected + rejected
        self._progress.update(self._tasks[phase], advance=count, pace=pace.describe(self._clock()))

    def end(self, phase: str) -> None:
        """Show that the phase is done; what was not done is not shown as done."""
        pace, task = self._paces[phase], self._tasks[phase]
        pace.ended_at = self._clock()
        total = pace.total or 1
        done = pace.done if pace.total else 1
        self._progress.update(task, total=total, completed=done, pace=pace.describe(self._clock()))
        self._progress.stop_task(task)

    def __enter__(self) -> Self:
        self._progress.start()
        self.begin(_START, 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


def _write_seconds(seconds: float) -> str:
    """A duration as it is said: `40 s`, `3 min`, `2.5 h`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
