"""The progress bar of a run. It imports rich when it is made, which is while the Prefect server starts."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import TaskID


class ProgressBar:
    """A progress bar on stderr, one line per phase; nothing when quiet or when stderr is no terminal."""

    def __init__(self, *, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=console, transient=True, disable=quiet or not console.is_terminal,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}

    def begin(self, phase: str, total: int) -> None:
        """Show that a phase begins, with `total` pieces of work, 0 when the number is not known."""
        self._tasks[phase] = self._progress.add_task(phase, total=total or 1)

    def advance(self, phase: str, count: int) -> None:
        """Show that `count` more pieces are done."""
        self._progress.advance(self._tasks[phase], count)

    def end(self, phase: str) -> None:
        """Show that the phase is done."""
        task = self._tasks[phase]
        self._progress.update(task, completed=self._progress.tasks[task].total)

    def __enter__(self) -> Self:
        self._progress.start()
        self.begin("starting Prefect", 1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
