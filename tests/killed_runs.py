"""Runs of `revue run` that are killed: forks of this process, which end with SIGKILL at a chosen point of a step.

The process has imported everything and the Prefect server runs, so that a run costs seconds. A point is the n-th file or
process operation of a step, and a time after it: DuckDB's own writes lie between two of them.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

_EVENTS = {
    "open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.listdir", "os.scandir", "fcntl.flock", "shutil.rmtree",
    "subprocess.Popen", "os.utime",
}  # fmt: skip
# Packages of `tasks` that are no step; what they do belongs to the step that calls them.
_NO_STEPS = {"runtime", "page", "text"}
_PATIENCE_SECONDS = 120  # a fork server ends once it has loaded what it was told to


class Point(NamedTuple):
    """Where a run is killed: seconds after the n-th operation of a step."""

    step: str
    number: int
    delay: float = 0.0


class Runs:
    """`revue run in` in a folder, as forks of this process; each may be killed at a point."""

    def __init__(self, folder: Path, server_url: str) -> None:
        self.folder = folder
        self._url = server_url
        self._mark = f"REVUE_KILLED_RUNS={folder}"

    @property
    def warehouse(self) -> Path:
        return self.folder / "revue.duckdb"

    def run(self, point: Point | None = None, record: Path | None = None) -> int:
        """Run the command to its end or to the point; returns its exit status, -9 when it was killed."""
        pid = os.fork()
        if pid == 0:
            self._become_command(point, record)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def wait_until_alone(self) -> list[str]:
        """The processes of the command that are left, once they have had time to end."""
        for _ in range(_PATIENCE_SECONDS * 20):
            if not (left := self._processes()):
                break
            time.sleep(0.05)
        return left

    def list_left(self) -> list[str]:
        """What a run that has ended should not leave: locks, processes, unfinished files."""
        left = [f"process {name}" for name in self.wait_until_alone()]
        runs = self.folder / "revue.duckdb.runs"
        for path in [runs / "lock", self.folder / "revue.duckdb.lock", *runs.glob("*/running")]:
            with path.open() as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    left.append(f"lock {path.name}")
        left += [str(path) for path in self.folder.glob("*.wal")]
        for folder in sorted(runs.iterdir()):
            if (folder / "published").exists():
                left += [str(path) for path in folder.iterdir() if path.is_dir() or path.name.startswith("candidate")]
        return left

    def _processes(self) -> list[str]:
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if self._mark.encode() in (path / "environ").read_bytes().split(b"\0"):
                    found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:  # it has just ended
                continue
        return found

    def _become_command(self, point: Point | None, record: Path | None) -> None:
        status = 70
        try:
            os.setsid()
            os.chdir(self.folder)
            name, _, value = self._mark.partition("=")
            os.environ |= {name: value, "PREFECT_API_URL": self._url}
            for stream, target in ((0, os.devnull), (1, "out"), (2, "err")):
                os.dup2(os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC), stream)
            watch = Watch(point)
            sys.addaudithook(watch)
            from flows.cli import main

            try:
                main(["run", "in", "--quiet", "--workers", "1"])
            except SystemExit as ended:
                status = int(ended.code or 0)
            if record is not None:
                record.write_text(json.dumps(watch.operations()), encoding="utf-8")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)


class Watch:
    """An audit hook that notes the operations of every step, and kills the process at a point."""

    def __init__(self, point: Point | None) -> None:
        self._point = point
        self._counts: Counter[str] = Counter()
        self._seen: list[tuple[str, float]] = []
        self._pid = os.getpid()

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS or os.getpid() != self._pid:
            return
        step = find_step(sys._getframe(1))
        if step is None:
            return
        self._counts[step] += 1
        self._seen.append((step, time.monotonic()))
        if self._point and (step, self._counts[step]) == self._point[:2]:
            if self._point.delay:
                threading.Timer(self._point.delay, _kill).start()
            else:
                _kill()

    def operations(self) -> list[tuple[str, float]]:
        """Each operation's step, and the seconds to the next one."""
        ends = [moment for _, moment in self._seen[1:]] + [time.monotonic()]
        return [(step, end - moment) for (step, moment), end in zip(self._seen, ends, strict=True)]


def find_step(frame: FrameType | None) -> str | None:
    """The step that the innermost frame of revue belongs to; `flow` when it is none's, null when no frame is revue's."""
    found = None
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        root, _, rest = name.partition(".")
        if root == "tasks" and (step := rest.partition(".")[0]) not in _NO_STEPS:
            return step
        if root in ("tasks", "flows", "expectations", "warehouse"):
            found = "flow"
        frame = frame.f_back
    return found


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def import_everything() -> None:
    """Import what a run imports, so that a fork need not; starts no thread."""
    import expectations.engine  # noqa: F401
