"""The worker processes that strip and extract: started once per run, one model for all, each one replaceable.

A fork server imports spaCy and loads the model once; every worker is a fork of it and shares that memory, so a second
worker, or the replacement of a killed one, costs milliseconds and not seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self, TypeVar

from tasks.runtime.guard import Guard, limit_memory
from warehouse.errors import RevueError
from warehouse.settings import Settings

T = TypeVar("T")

# Handed to the fork server, which can be given nothing but its environment.
WARM_MODEL = "_REVUE_WARM_MODEL"
# Several workers beside one another leave no core free for a matrix library's threads.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class Workers:
    """A pool of worker processes. Starting it returns at once; the model loads while other work goes on."""

    _warm: ClassVar[Workers | None] = None

    def __init__(self, settings: Settings) -> None:
        from pebble import ProcessPool

        self._settings = settings
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tasks.runtime.warm"])
        for name in _ONE_THREAD:
            os.environ.setdefault(name, "1")
        os.environ[WARM_MODEL] = f"{settings.ner}:{settings.model}"
        self._pool = ProcessPool(
            max_workers=settings.workers, initializer=limit_memory, initargs=[settings.document_bytes], context=context
        )
        # A first task starts the fork server, which answers only when the model is loaded: not a thing to wait for here.
        self._start = threading.Thread(target=self._pool.schedule, args=[_answer], daemon=True)
        self._start.start()

    @classmethod
    def warm_up(cls, settings: Settings) -> None:
        """Start the processes now, for the next `open` with these settings."""
        cls._warm = cls(settings)

    @classmethod
    def open(cls, settings: Settings) -> Workers:
        """The pool that was warmed up for these settings, or a new one."""
        warm, cls._warm = cls._warm, None
        if warm is not None and warm._settings == settings:
            return warm
        if warm is not None:
            warm.close()
        return cls(settings)

    def run(self, function: Callable[..., T], *args: Any) -> T:
        """Run `function(*args)` in a worker and wait for what it returns. What it raises is raised here."""
        from pebble import ProcessExpired

        try:
            result: T = self._pool.schedule(function, args=args).result()
            return result
        except ProcessExpired as error:
            raise RevueError(
                f"A worker process ended while it ran {function.__name__} (exit code {error.exitcode}). "
                "Run the same command again; it continues where this run stopped."
            ) from error

    def run_guarded(self, function: Callable[..., T], journal: Path, *args: Any) -> T:
        """Run `function(*args, guard=…, skip=…)`; when a document ends the process, run it again without that document.

        `skip` maps the `doc_id` of each document left out so far to the reason: `too_slow` or `crashed`.
        """
        from pebble import ProcessExpired

        guard = Guard(journal, self._settings.document_seconds)
        skip: dict[str, str] = {}
        while True:
            try:
                result: T = self._pool.schedule(
                    function, args=args, kwargs={"guard": guard, "skip": dict(skip)}
                ).result()
                return result
            except ProcessExpired as error:
                culprit = guard.read_culprit()
                if culprit is None or culprit in skip:
                    raise RevueError(
                        f"A worker process ended while it ran {function.__name__} (exit code {error.exitcode}), over no document "
                        "in particular. Check the free memory, then run the same command again; it continues."
                    ) from error
                # The watchdog leaves with status 1; anything else is a signal or an allocation that failed in C.
                skip[culprit] = "too_slow" if error.exitcode == 1 else "crashed"

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._start.join()
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _answer() -> None:
    """Nothing to do; running it starts a worker."""
