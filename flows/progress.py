"""Who watches a run: the flow says how far it is, and whoever is there (a terminal, a test, nobody) shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol


class Watcher(Protocol):
    """Told of every step of a run: its name, how much there is to do, and each piece done."""

    def begin(self, step: str, total: int) -> None: ...
    def advance(self, step: str, count: int) -> None: ...
    def end(self, step: str) -> None: ...


watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


class Progress:
    """One step under way."""

    def __init__(self, step: str) -> None:
        self._step = step

    def gather(self, futures: Iterable[Any], weights: Sequence[int] | None = None) -> list[Any]:
        """The results of futures, in order; each counts 1, or its weight, when it is there."""
        results = []
        for number, future in enumerate(futures):
            results.append(future.result())
            if seen := watcher.get():
                seen.advance(self._step, weights[number] if weights else 1)
        return results


@contextmanager
def follow(step: str, total: int = 0) -> Iterator[Progress]:
    """Tell the watcher that a step begins and ends."""
    seen = watcher.get()
    if seen:
        seen.begin(step, total)
    try:
        yield Progress(step)
    finally:
        if seen:
            seen.end(step)
