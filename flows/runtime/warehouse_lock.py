"""The lock of a warehouse: its runs work one after the other, and one that waits says so in Prefect and in the terminal.

It is a lock of the file system, not a concurrency limit of a Prefect server: it holds between runs on different servers, and
the kernel releases it when a process ends in any way.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from uuid import UUID

from prefect import get_run_logger, runtime
from prefect.client.orchestration import get_client
from prefect.states import Running

from flows.runtime.progress import watcher
from warehouse.errors import UsageError


@contextmanager
def hold_warehouse(runs: Path, run_id: str) -> Iterator[None]:
    """Wait until no other run works on the warehouse of these run folders, and keep others waiting until the end."""
    with (runs / "lock").open("a+") as lock:
        if not _take(lock):
            with _show_waiting(_read_holder(lock)):
                fcntl.flock(lock, fcntl.LOCK_EX)
        _write_holder(lock, run_id)
        yield


@contextmanager
def hold_idle_warehouse(runs: Path, holder: str) -> Iterator[None]:
    """Keep runs of the warehouse waiting for `holder` until the end. Raises `UsageError` while one works on it."""
    runs.mkdir(parents=True, exist_ok=True)
    with (runs / "lock").open("a+") as lock:
        if not _take(lock):
            raise UsageError(
                f"{_read_holder(lock)} works on the same warehouse. Wait until it has ended, then run the same command again."
            )
        _write_holder(lock, holder)
        yield


def _take(lock: TextIO) -> bool:
    """Take the lock if it is free. Returns whether it was taken."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_holder(lock: TextIO) -> str:
    lock.seek(0)
    return lock.read() or "Another run"


def _write_holder(lock: TextIO, holder: str) -> None:
    lock.truncate(0)
    lock.write(holder)
    lock.flush()


@contextmanager
def _show_waiting(other: str) -> Iterator[None]:
    """Show the current flow run as waiting for another run."""
    sentence = f"Waiting: {other} works on the same warehouse."
    get_run_logger().info("%s", sentence)
    flow_run_id = runtime.flow_run.id
    seen = watcher.get()
    if seen:
        seen.begin(f"waiting for {other}", 0)
    with get_client(sync_client=True) as client:
        if flow_run_id:
            client.set_flow_run_state(UUID(flow_run_id), Running(name="Waiting", message=sentence), force=True)
        yield
        if flow_run_id:
            client.set_flow_run_state(UUID(flow_run_id), Running(), force=True)
    if seen:
        seen.end(f"waiting for {other}")
