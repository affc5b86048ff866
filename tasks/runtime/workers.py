"""The worker processes of a run: started once, sharing what is loaded before the first of them, each one replaceable.

A fork server loads models and lexicons once; every worker is a fork of it and shares that memory, so a second worker, or
the replacement of a killed one, costs milliseconds and not seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel

from tasks.runtime.guard import Guard, set_up_worker
from warehouse.errors import RevueError
from warehouse.settings import Settings

if TYPE_CHECKING:
    from pebble import ProcessPool

T = TypeVar("T")

# The variable that carries a `WarmUp` to the fork server, which can be given nothing but its environment.
WARM_UP = "_REVUE_WARM_UP"
# Several workers side by side leave no core free for the threads of a matrix library.
# The process that cleans up after a run that was killed would say so on the terminal.
_NO_LEAK_WARNING = "ignore::UserWarning:multiprocessing.resource_tracker"
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class WarmUp(BaseModel):
    """What the fork server loads before the first fork.

    `loaders` are functions of one argument, the settings, each named as `package.module:function`.
    """

    settings: Settings
    loaders: tuple[str, ...]


class Workers:
    """A pool of `count` worker processes, which start with their first work, or with `warm_up` before it.

    Starting them returns at once; `loaders` (see `WarmUp`) run while other work goes on.
    """

    _warm: ClassVar[Workers | None] = None

    def __init__(self, settings: Settings, loaders: Sequence[str] = ()) -> None:
        self._settings = settings
        self.count = settings.workers
        self._warm_up = WarmUp(settings=settings, loaders=tuple(loaders))
        self._starting = threading.Lock()
        self._started: ProcessPool | None = None

    def _get_pool(self) -> ProcessPool:
        """The processes, started when they are not yet."""
        with self._starting:
            if self._started is None:
                self._started = self._start()
            return self._started

    def _start(self) -> ProcessPool:
        from pebble import ProcessPool

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tasks.runtime.warm"])
        for name in _ONE_THREAD:
            os.environ.setdefault(name, "1")
        os.environ.setdefault("PYTHONWARNINGS", _NO_LEAK_WARNING)
        os.environ[WARM_UP] = self._warm_up.model_dump_json()
        _start_fork_server()
        pool = ProcessPool(
            max_workers=self.count, initializer=set_up_worker, initargs=[self._settings.document_bytes], context=context
        )
        # A first task starts the fork server, which answers only when everything is loaded; nobody waits for that here.
        self._first = threading.Thread(target=pool.schedule, args=[_answer], daemon=True)
        self._first.start()
        return pool

    @classmethod
    def warm_up(cls, settings: Settings, loaders: Sequence[str] = ()) -> None:
        """Start the processes now, for the next `open` with the same arguments."""
        cls._warm = cls(settings, loaders)
        cls._warm._get_pool()

    @classmethod
    def open(cls, settings: Settings, loaders: Sequence[str] = ()) -> Workers:
        """The pool that was started for these arguments by `warm_up`, or a new one."""
        warm, cls._warm = cls._warm, None
        if warm is not None and warm._warm_up == WarmUp(settings=settings, loaders=tuple(loaders)):
            return warm
        if warm is not None:
            warm.close()
        return cls(settings, loaders)

    def run(self, function: Callable[..., T], *args: Any) -> T:
        """Run `function(*args)` in a worker and wait for its result. An exception it raises is raised here."""
        from pebble import ProcessExpired

        try:
            result: T = self._get_pool().schedule(function, args=args).result()
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
                result: T = (
                    self._get_pool().schedule(function, args=args, kwargs={"guard": guard, "skip": dict(skip)}).result()
                )
                return result
            except ProcessExpired as error:
                culprit = guard.read_culprit()
                if culprit is None or culprit in skip:
                    raise RevueError(
                        f"A worker process ended while it ran {function.__name__} (exit code {error.exitcode}), over no single "
                        "document. Check the free memory, then run the same command again; it continues."
                    ) from error
                # The watchdog exits with status 1; any other status is a signal or an allocation that failed in C.
                skip[culprit] = "too_slow" if error.exitcode == 1 else "crashed"

    def close(self) -> None:
        """End the processes at once, also those at work."""
        if self._started is not None:
            self._first.join()
            self._started.stop()  # type: ignore[no-untyped-call]
            self._started.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def kill_workers() -> None:
    """Kill the fork server, and with it every worker, and the process that cleans up after them; for the end of a process."""
    from multiprocessing import forkserver, resource_tracker

    processes = (
        getattr(forkserver._forkserver, "_forkserver_pid", None),
        getattr(resource_tracker._resource_tracker, "_pid", None),
    )
    for pid in processes:
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _start_fork_server() -> None:
    """Start the fork server, which loads everything before it can ignore Ctrl-C: it inherits that from here."""
    from multiprocessing import forkserver

    if threading.current_thread() is not threading.main_thread():
        forkserver.ensure_running()
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, handler)


def _answer() -> None:
    """Do nothing: running this starts a worker."""
