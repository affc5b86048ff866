"""The folder of one run: its plan, its shard files, its candidate, and its history until a later run takes that over."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from tasks.runtime.run_plan import RunPlan
from warehouse.errors import UsageError

# What is kept of a run that has published: its plan, the file it replaced, and the marks that it has published and runs.
_MAGIC = b"PAR1"
_ERRORS = ".error.txt"  # tracebacks of single documents are kept as well
_KEPT = ("plan.json", "previous.duckdb", "published", "running")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of one run, `<warehouse>.runs/<run_id>`; it takes over shards from folders of earlier runs beside it."""

    path: Path

    @classmethod
    def create(cls, runs: Path, run_id: str) -> RunFolder:
        """Make the folder of a new run."""
        folder = cls(runs / run_id)
        folder.path.mkdir(parents=True)
        return folder

    @property
    def run_id(self) -> str:
        return self.path.name

    @property
    def candidate(self) -> Path:
        return self.path / "candidate.duckdb"

    @property
    def scratch(self) -> Path:
        """The database of tables that one query makes for the next."""
        return self.path / "scratch.duckdb"

    @property
    def record_status(self) -> Path:
        """Where identify writes the status of every record."""
        return self.path / "record_status.parquet"

    @property
    def repeated_lines(self) -> Path:
        """Where repetition writes the lines that many documents of a source share."""
        return self.path / "repeated_lines.parquet"

    @property
    def stdin(self) -> Path:
        """Where standard input is kept, when it is an input."""
        return self.path / "stdin.txt"

    @property
    def manifest(self) -> Path:
        return self.path / "manifest.json"

    @property
    def history(self) -> Path:
        return self.path / "history"

    @property
    def _plan(self) -> Path:
        return self.path / "plan.json"

    @property
    def _published(self) -> Path:
        """An empty file that says the run has published."""
        return self.path / "published"

    def journal(self, key: str) -> Path:
        """The file in which a worker names the document of a shard it works on."""
        return self.path / f"{key}.journal"

    def shard(self, step: str, key: str) -> Path:
        """The folder of the outcome of a step for a shard, there already or to be written.

        The outcome an earlier unpublished run has under the same key is taken over, by hard links, unless a file of it was
        cut short.
        """
        target = self.path / step / key
        if target.is_dir():
            return target
        for earlier in sorted(self.path.parent.glob(f"*/{step}/{key}"), reverse=True):
            if not all(map(_is_whole, earlier.rglob("*.parquet"))):
                continue
            unfinished = target.with_name(f"{key}.unfinished")
            shutil.copytree(earlier, unfinished, copy_function=os.link, dirs_exist_ok=True)
            unfinished.rename(target)
            break
        return target

    def write_plan(self, plan: RunPlan) -> None:
        """Write the plan, for later commands and for people who find the folder."""
        plan.write(self._plan)

    def read_plan(self) -> RunPlan | None:
        """The plan of the run; None when the run ended before it had one."""
        return RunPlan.read(self._plan)

    def finish(self) -> None:
        """Mark the run as published, and remove everything that no later run needs."""
        self._published.touch()
        for entry in self._list_work():
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink()

    def _list_work(self) -> list[Path]:
        """What no later run needs once this one has published."""
        return [one for one in self.path.iterdir() if one.name not in _KEPT and not one.name.endswith(_ERRORS)]

    @property
    def has_work(self) -> bool:
        """Whether the folder holds more than is kept of a run that has published."""
        return not self.is_published or bool(self._list_work())

    @property
    def is_published(self) -> bool:
        return self._published.exists()

    def hold(self, flow_run_id: str | None = None) -> IO[str]:
        """Lock the folder for as long as the returned file is open; the kernel unlocks it when the process ends.

        The id of the run's flow run is kept in the file until the run `release`s it: what is left there was killed.
        """
        lock = open(self.path / "running", "w")  # noqa: SIM115 (held open on purpose)
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(flow_run_id or "")
        lock.flush()
        return lock

    def release(self) -> None:
        """Note that the run has ended by itself."""
        with suppress(FileNotFoundError):
            os.truncate(self.path / "running", 0)

    def read_holder(self) -> str | None:
        """The id of the flow run that locked the folder and has not released it; None when there is none."""
        try:
            return (self.path / "running").read_text() or None
        except FileNotFoundError:
            return None

    @property
    def is_running(self) -> bool:
        """Whether the process of this run is still running."""
        try:
            with open(self.path / "running") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False


def _is_whole(file: Path) -> bool:
    """Whether a Parquet file begins and ends as one does."""
    with file.open("rb") as opened:
        size = opened.seek(0, os.SEEK_END)
        opened.seek(0)
        start = opened.read(len(_MAGIC))
        opened.seek(max(0, size - len(_MAGIC)))
        return size > 2 * len(_MAGIC) and start == opened.read() == _MAGIC


def list_unpublished(runs: Path) -> Iterator[RunFolder]:
    """The runs that ended without publishing, oldest first."""
    for path in sorted(runs.glob("*/plan.json")):
        folder = RunFolder(path.parent)
        if not folder.is_published and not folder.is_running:
            yield folder


def list_killed_at_the_ends(runs: Path) -> Iterator[RunFolder]:
    """The folders of runs that were killed before they had a plan, or after they had published."""
    for path in sorted(runs.glob("*/running")):
        folder = RunFolder(path.parent)
        is_between = not folder.is_published and (folder.history.is_dir() or folder._plan.exists())
        if not is_between and folder.read_holder() and not folder.is_running:
            yield folder


def find_run(runs: Path, name: str) -> RunFolder:
    """The folder of the run whose id begins with `name`, which has not published and is not running.

    Raises `UsageError` when there is none, or more than one.
    """
    found = [
        RunFolder(path) for path in sorted(runs.glob("*")) if name and path.is_dir() and path.name.startswith(name)
    ]
    if len(found) == 1 and found[0].is_published:
        raise UsageError(f'Run {found[0].run_id} has been published. See `revue query "select * from runs"`.')
    if len(found) == 1 and found[0].is_running:
        raise UsageError(f"Run {found[0].run_id} is still running. Wait until it has ended.")
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{len(found)} runs begin with {name}. Name one: {_listed(found)}.")
    unpublished = _listed(list(list_unpublished(runs)))
    raise UsageError(f"There is no run {name} in {runs}. Runs that have not published: {unpublished or 'none'}.")


def _listed(folders: Sequence[RunFolder]) -> str:
    return ", ".join(folder.run_id for folder in folders[-8:])


def name_run(started_at: datetime) -> str:
    """A new run id: the time of the start in UTC and four random hex digits, so that ids sort by time."""
    return f"{started_at:%Y%m%dT%H%M%S}-{os.urandom(2).hex()}"
