"""The workers of a run on an existing Dask cluster: on every node the same processes, limits and steps as on one machine.

A task of the cluster is one shard of one step. The Dask worker that gets it keeps worker processes of its own (`Workers`),
in which documents are worked on under the same limits; so a document that ends a process does not end the Dask worker. When
a Dask worker ends, the scheduler gives its tasks to another one; a shard is written whole or not at all, so nothing is
done twice in the result. Run folders must be on a folder that all nodes see under the same path.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import partial, update_wrapper
from pathlib import Path
from typing import Any, TypeVar

from tasks.runtime.workers import Workers
from warehouse.errors import RevueError, UsageError
from warehouse.settings import Settings

T = TypeVar("T")
_CONNECT_SECONDS = 20
_INSTALL = 'The engine dask needs the package distributed: `pip install "revue[dask]"`, here and on every node.'


class ClusterWorkers(Workers):
    """The workers of the Dask scheduler in the setting `cluster`, with the interface of `Workers`."""

    def __init__(self, settings: Settings, loaders: Sequence[str] = ()) -> None:
        """Connect; raises `UsageError` when there is no scheduler at the address, or when it has no workers."""
        try:
            from distributed import Client
        except ImportError:
            raise UsageError(_INSTALL) from None
        if not settings.cluster:
            raise UsageError("The engine dask needs the address of a scheduler: set cluster, such as tcp://host:8786.")
        self._settings, self._loaders = settings, tuple(loaders)
        try:
            self._client = Client(settings.cluster, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"No Dask scheduler answers at {settings.cluster} ({type(error).__name__}). Start it, or correct the setting cluster."
            ) from error
        self.count = sum(self._client.nthreads().values())
        if not self.count:
            self._client.close()
            raise UsageError(f"The Dask cluster at {settings.cluster} has no workers. Start some, then try again.")

    def on_every_node(self, function: Callable[..., T], *args: Any) -> Mapping[str, T]:
        """What `function(*args)` returns on each Dask worker, by its address."""
        try:
            found: Mapping[str, T] = self._client.run(function, *args)
        except ImportError as error:
            raise UsageError(
                f"The Dask workers cannot import what they need ({error}). Install this version of revue on every node."
            ) from error
        return found

    def run(self, function: Callable[..., T], *args: Any) -> T:
        """Run `function(*args)` in a worker process of a node."""
        return self._submit(function, None, *args)

    def run_guarded(self, function: Callable[..., T], journal: Path, *args: Any) -> T:
        """Run `function(*args, guard=…, skip=…)` on a node as `Workers.run_guarded` does; again on another when the node ends."""
        return self._submit(function, journal.absolute(), *args)

    def close(self) -> None:
        """Leave the cluster; what it works on for this run is cancelled."""
        self._client.close()

    def _submit(self, function: Callable[..., T], journal: Path | None, *args: Any) -> T:
        from distributed import KilledWorker

        order = Order(self._settings, self._loaders, os.getcwd(), journal)
        future = self._client.submit(run_on_node, order, function, args, pure=False)
        try:
            result: T = future.result()
            return result
        except (KilledWorker, CancelledError, OSError) as error:
            raise RevueError(
                f"The Dask cluster at {self._settings.cluster} could not run {function.__name__} ({type(error).__name__}). "
                "Look at its workers, then run the same command again; it continues."
            ) from error


@dataclass(frozen=True, slots=True)
class Order:
    """What a node needs to know: the settings, what its processes load, the folder that paths are seen from, the journal."""

    settings: Settings
    loaders: tuple[str, ...]
    folder: str
    journal: Path | None


def run_on_node(order: Order, function: Callable[..., T], args: Sequence[Any]) -> T:
    """Run a function in a worker process of this node, in the folder of the run; `ClusterWorkers` submits this."""
    with _pools.take(order) as workers:
        there = update_wrapper(partial(_run_in, order.folder, function), function)
        return workers.run(there, *args) if order.journal is None else workers.run_guarded(there, order.journal, *args)


def find_missing(paths: Sequence[Path]) -> list[Path]:
    """Those of the paths that this node does not see."""
    return [path for path in paths if not os.path.lexists(path)]


def _run_in(folder: str, function: Callable[..., T], *args: Any, **options: Any) -> T:
    os.chdir(folder)
    return function(*args, **options)


class _Pool:
    """The worker processes of one Dask worker for one kind of order, and the number of tasks that use them."""

    def __init__(self, pools: _Pools, workers: Workers) -> None:
        self.pools, self.workers, self.count_users = pools, workers, 0

    def __enter__(self) -> Workers:
        return self.workers

    def __exit__(self, *error: object) -> None:
        with self.pools.lock:
            self.count_users -= 1


class _Pools:
    """The worker processes that this Dask worker keeps between tasks; those of earlier settings end when others come."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._pools: dict[tuple[str, tuple[str, ...]], _Pool] = {}

    def take(self, order: Order) -> _Pool:
        """The pool for an order, started when there is none."""
        key = order.settings.model_dump_json(), order.loaders
        with self.lock:
            if key not in self._pools:
                for other in [one for one, pool in self._pools.items() if not pool.count_users]:
                    self._pools.pop(other).workers.close()
                self._pools[key] = _Pool(self, _start_workers(order))
            self._pools[key].count_users += 1
            return self._pools[key]


_pools = _Pools()


def _start_workers(order: Order) -> Workers:
    """As many processes as this Dask worker has threads: it runs as many tasks at once."""
    from distributed import get_worker

    # Dask's nanny marks its workers as daemons, which may have no children; these end with their parent on their own.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    settings = order.settings.model_copy(update={"workers": get_worker().state.nthreads})
    return Workers(settings, order.loaders)
