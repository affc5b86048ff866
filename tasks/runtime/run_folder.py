"""The folder of one run: its plan, its shard files, its candidate, and its place in history until a later run carries it over."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from warehouse.errors import UsageError

_PUBLISHED = "published"
_HISTORY = "history"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run's folder, `<warehouse>.runs/<run_id>`, and its earlier brothers, whose unfinished work it takes over."""

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
    def fates(self) -> Path:
        return self.path / "fates.parquet"

    @property
    def repeated(self) -> Path:
        return self.path / "repeated.parquet"

    @property
    def history(self) -> Path:
        return self.path / _HISTORY

    def basis(self) -> str:
        """What the fates of the records and the repeated lines hold, as one hash: strip depends on both."""
        return _hash_rows(self.fates) + _hash_rows(self.repeated)

    def journal(self, key: str) -> Path:
        """Where a worker writes down which document of a shard it works on."""
        return self.path / f"{key}.journal"

    def shard(self, step: str, key: str) -> Path:
        """Where the outcome of a step for a shard lies, or is to be put.

        What an earlier run that did not publish left under the same key is taken over, by hard links.
        """
        target = self.path / step / key
        if target.is_dir():
            return target
        for earlier in sorted(self.path.parent.glob(f"*/{step}/{key}"), reverse=True):
            unfinished = target.with_name(f"{key}.unfinished")
            shutil.copytree(earlier, unfinished, copy_function=os.link, dirs_exist_ok=True)
            unfinished.rename(target)
            break
        return target

    def write_plan(self, plan: dict[str, Any]) -> None:
        """Write down what the run is about, for `revue publish`, and for whoever finds the folder."""
        (self.path / "plan.json").write_text(json.dumps(plan, indent=1, default=str), encoding="utf-8")

    def read_plan(self) -> dict[str, Any]:
        """The plan as it was written; empty when the run ended before it had one."""
        try:
            plan: dict[str, Any] = json.loads((self.path / "plan.json").read_text(encoding="utf-8"))
            return plan
        except (FileNotFoundError, ValueError):
            return {}

    def finish(self) -> None:
        """The run has published: its shard files have done their work; only the file it replaced is kept."""
        (self.path / _PUBLISHED).touch()
        for step in ("read", "strip", "extract", _HISTORY):
            shutil.rmtree(self.path / step, ignore_errors=True)
        for name in ("fates.parquet", "repeated.parquet", "stdin.txt", "candidate.duckdb", "ingredients.json"):
            (self.path / name).unlink(missing_ok=True)

    @property
    def is_published(self) -> bool:
        return (self.path / _PUBLISHED).exists()

    def hold(self) -> IO[str]:
        """Hold the folder for as long as the returned file is open: the kernel lets go of it when the process dies."""
        lock = open(self.path / "running", "w")  # noqa: SIM115 (held open on purpose)
        fcntl.flock(lock, fcntl.LOCK_EX)
        return lock

    @property
    def is_running(self) -> bool:
        """Whether the process of this run is still there."""
        try:
            with open(self.path / "running") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False


def list_unpublished(runs: Path) -> Iterator[RunFolder]:
    """The runs that ended without publishing, oldest first."""
    for path in sorted(runs.glob("*/plan.json")):
        folder = RunFolder(path.parent)
        if not folder.is_published and not folder.is_running:
            yield folder


def find_run(runs: Path, name: str) -> RunFolder:
    """The folder of the run whose id begins with `name`, which has not published and is not at work.

    Raises `UsageError` when there is none, or more than one.
    """
    found = [
        RunFolder(path) for path in sorted(runs.glob("*")) if name and path.is_dir() and path.name.startswith(name)
    ]
    if len(found) == 1 and found[0].is_published:
        raise UsageError(f'Run {found[0].run_id} has been published. See `revue query "select * from runs"`.')
    if len(found) == 1 and found[0].is_running:
        raise UsageError(f"Run {found[0].run_id} is still at work. Wait until it has ended.")
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{len(found)} runs begin with {name}. Name one: {_listed(found)}.")
    unpublished = _listed(list(list_unpublished(runs)))
    raise UsageError(f"There is no run {name} in {runs}. Runs that have not published: {unpublished or 'none'}.")


def _listed(folders: Sequence[RunFolder]) -> str:
    return ", ".join(folder.run_id for folder in folders[-8:])


def name_run(started_at: datetime) -> str:
    """A run id: the time it started, in UTC, and four random hex digits, so that ids sort by time."""
    return f"{started_at:%Y%m%dT%H%M%S}-{os.urandom(2).hex()}"


def _hash_rows(file: Path) -> str:
    from pyarrow import parquet

    table = parquet.read_table(file)
    columns: Sequence[str] = table.column_names
    ordered = table.sort_by([(name, "ascending") for name in columns]) if table.num_rows else table
    digest = hashlib.sha256()
    for row in ordered.to_pylist():
        digest.update(repr(row).encode())
    return digest.hexdigest()[:16]
