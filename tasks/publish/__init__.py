"""publish: replace the published file by the candidate in one atomic step, and keep the last two."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import RevueError
from warehouse.store import connect

KEPT_FILES = 2
Fingerprint = tuple[int, int, int]
# Somebody who writes to the published file by hand is waited for this long, in all, before the run gives up.
_WAITS_SECONDS = (0.2, 0.4, 0.8, 1.6, 3.2, 6.4)


class BaseChanged(Exception):
    """Another run published since the candidate was copied; it must be rebuilt on the new base."""


def fingerprint(published: Path) -> Fingerprint | None:
    """What tells one published file from the next: inode, size in bytes and time of change. None when there is none."""
    try:
        status = published.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def wait_for_writer(published: Path) -> None:
    """Wait until nobody writes to the published file; a left-over `.wal` beside it would be replayed onto the new file.

    Raises `RevueError` that names the process, where the system tells it.
    """
    wal = published.with_name(published.name + ".wal")
    for wait_seconds in _WAITS_SECONDS:
        if not wal.exists():
            return
        time.sleep(wait_seconds)
    if wal.exists():
        raise RevueError(
            f"{_name_writer(published)} writes to {published}: {wal.name} lies beside it. Close it there; if no program has the "
            "file open, open it once with any DuckDB and close it again. Then run the same command; it continues."
        )


def publish_candidate(candidate: Path, published: Path, previous_folder: Path, base: Fingerprint | None) -> None:
    """Put the closed candidate in the place of the published file, whose old content goes to `previous_folder`.

    `base` is the fingerprint of the file the candidate was copied from. Raises `BaseChanged` when that is no longer the
    published one, `RevueError` when the candidate was not closed cleanly or somebody writes to the published file.
    """
    if candidate.with_name(candidate.name + ".wal").exists():
        raise RevueError(f"The candidate {candidate} was not closed cleanly. Run the same command again; it continues.")
    with connect(candidate, read_only=True) as connection:
        connection.execute("select count(*) from documents").fetchone()
    with _locked(published):
        wait_for_writer(published)
        if fingerprint(published) != base:
            raise BaseChanged
        _sync(candidate)
        if base is not None:
            previous_folder.mkdir(parents=True, exist_ok=True)
            kept = previous_folder / "previous.duckdb"
            kept.unlink(missing_ok=True)
            try:
                os.link(published, kept)
            except OSError:  # a file system without hard links
                shutil.copyfile(published, kept)
        os.replace(candidate, published)
        _sync(published.parent)


def prune_previous(runs_folder: Path) -> None:
    """Keep the last `KEPT_FILES` published files, remove older ones."""
    kept = sorted(runs_folder.glob("*/previous.duckdb"), key=lambda path: path.parent.name)
    for path in kept[:-KEPT_FILES]:
        path.unlink()


@contextmanager
def _locked(published: Path) -> Iterator[None]:
    """One run publishes at a time; the kernel frees the lock of a run that was killed."""
    with open(published.with_name(published.name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _name_writer(published: Path) -> str:
    """The process that has the file open, as far as /proc tells."""
    target = str(published.resolve())
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(link) == target for link in (process / "fd").iterdir()):
                name = (process / "comm").read_text().strip()
                return f"Process {process.name} ({name})"
        except OSError:
            continue
    return "Another program"
