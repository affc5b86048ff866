"""The published file as a run finds it: which file it is, and whether somebody writes to it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from warehouse.errors import RevueError

# Inode, size in bytes, and time of the last change in nanoseconds.
Fingerprint = tuple[int, int, int]
# A run waits this long in all, in seconds, for somebody who writes to the published file by hand; then it gives up.
_WAITS_SECONDS = (0.2, 0.4, 0.8, 1.6, 3.2, 6.4)


def fingerprint(published: Path) -> Fingerprint | None:
    """What distinguishes one published file from the next; None when there is none."""
    try:
        status = published.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def wait_for_writer(published: Path) -> None:
    """Wait until nobody writes to the published file: a left-over `.wal` beside it would be replayed onto the new file.

    Raises `RevueError` that names the process, where the system gives its name.
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


def list_openers(file: Path) -> list[tuple[int, str]]:
    """The processes (id and name) that have a file open, as far as /proc shows them."""
    target = str(file.resolve())
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(_read_link(link) == target for link in (process / "fd").iterdir()):
                found.append((int(process.name), (process / "comm").read_text().strip()))
        except OSError:  # it has ended, or belongs to another user
            continue
    return sorted(found)


def _read_link(link: Path) -> str:
    try:
        return os.readlink(link)
    except OSError:  # closed meanwhile
        return ""


def _name_writer(published: Path) -> str:
    """The process that has the file open, where the system tells."""
    openers = list_openers(published)
    return f"Process {openers[0][0]} ({openers[0][1]})" if openers else "Another program"
