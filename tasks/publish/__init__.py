"""publish: replace the published file by the candidate in one atomic step, and keep the last two files replaced."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.runtime.published_file import Fingerprint, fingerprint, wait_for_writer
from tasks.runtime.run_folder import RunFolder
from warehouse.errors import RevueError
from warehouse.store import connect

KEPT_FILES = 2


class BaseChanged(Exception):
    """Another run published after the candidate was copied; the candidate must be rebuilt on the new file."""


def publish_candidate(
    candidate: Path, published: Path, previous_folder: Path | None, base: Fingerprint | None
) -> Fingerprint | None:
    """Replace the published file by the closed candidate, and keep the file replaced in `previous_folder`, unless it is None.

    Returns the fingerprint of the file now published. `base` is the fingerprint of the file the candidate was copied from. Raises
    `BaseChanged` when that is no longer the published one, `RevueError` when the candidate was not closed cleanly or somebody
    writes to the published file.
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
        if base is not None and previous_folder is not None:
            previous_folder.mkdir(parents=True, exist_ok=True)
            kept = previous_folder / "previous.duckdb"
            kept.unlink(missing_ok=True)
            try:
                os.link(published, kept)
            except OSError:  # a file system without hard links
                shutil.copyfile(published, kept)
        os.replace(candidate, published)
        _sync(published.parent)
        return fingerprint(published)


def finish_published(runs_folder: Path, published: Collection[str]) -> None:
    """Remove what the runs whose ids are `published` left in their folders when they were killed after they had published."""
    for path in sorted(runs_folder.glob("*/plan.json")):
        folder = RunFolder(path.parent)
        if folder.run_id in published and folder.has_work and not folder.is_running:
            folder.finish()


def prune_previous(runs_folder: Path) -> None:
    """Remove all but the last `KEPT_FILES` files that were replaced."""
    kept = sorted(runs_folder.glob("*/previous.duckdb"), key=lambda path: path.parent.name)
    for path in kept[:-KEPT_FILES]:
        path.unlink()


@contextmanager
def _locked(published: Path) -> Iterator[None]:
    """Let one run publish at a time; the kernel releases the lock of a run that was killed."""
    with open(published.with_name(published.name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
