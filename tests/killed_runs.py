"""Runs that are killed: SIGKILL at chosen points of every step, then the same command again, then every table compared.

`python tests/killed_runs.py --kills 1000` goes on where it stopped: the folder of `--folder` keeps the seed and the number
of kills so far. Runs are forks of a process that has imported everything, on a server that runs, so that one costs seconds.
A point is the n-th file or process operation of a step, and a time after it: DuckDB's own writes lie between two of them.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import random
import shutil
import signal
import sys
import threading
import time
import traceback
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import duckdb
from pages import BODY, write_check, write_page, write_records

_EVENTS = {
    "open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.listdir", "os.scandir", "fcntl.flock", "shutil.rmtree",
    "subprocess.Popen", "os.utime",
}  # fmt: skip
# Packages of `tasks` that are no step; what they do belongs to the step that calls them.
_NO_STEPS = {"runtime", "page", "text"}
_LONGEST_DELAY_SECONDS = 0.5
# Columns that say when something was done; and tables of which every run adds its own rows.
_MOMENTS = {
    "read_at",
    "checked_at",
    "rejected_at",
    "first_rejected_at",
    "started_at",
    "finished_at",
    "created_at",
    "flow_run_id",
}
_PATIENCE_SECONDS = 120  # a fork server ends once it has loaded what it was told to


class Point(NamedTuple):
    """Where a run is killed: seconds after the n-th operation of a step."""

    step: str
    number: int
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Operation:
    """One file or process operation of a run: its step, and the seconds from it to the next one."""

    step: str
    gap: float


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


def read_tables(warehouse: Path) -> dict[str, list[str]]:
    """Every table without moments; a run id is replaced by the place of the run among those that published."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        published = [
            run_id
            for (run_id,) in connection.execute(
                "select run_id from runs where state = 'published' order by run_id"
            ).fetchall()
        ]
        place = {run_id: str(number) for number, run_id in enumerate(published, 1)}
        found = {}
        for (table,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall():
            cursor = connection.execute(f'select * from "{table}"')
            names = [column[0] for column in cursor.description or ()]
            rows = []
            for values in cursor.fetchall():
                row = {name: value for name, value in zip(names, values, strict=True) if name not in _MOMENTS}
                if table in ("runs", "checks") and row["run_id"] not in place:
                    continue  # a run that was killed, and one after it that found everything done
                if "run_id" in row:
                    row["run_id"] = place.get(row["run_id"], f"unpublished {row['run_id']}")
                rows.append(repr(row))
            found[table] = sorted(rows)
        return found


def list_different(expected: dict[str, list[str]], found: dict[str, list[str]]) -> list[str]:
    """The tables that differ, each with the first row that only one side has."""
    different = []
    for table in sorted(expected.keys() | found.keys()):
        lost = Counter(expected.get(table, [])) - Counter(found.get(table, []))
        more = Counter(found.get(table, [])) - Counter(expected.get(table, []))
        if lost or more:
            example = f"lost {next(iter(lost))[:300]}" if lost else f"more {next(iter(more))[:300]}"
            different.append(f"{table}: {lost.total()} lost, {more.total()} more; {example}")
    return different


def list_open_flow_runs(server_url: str) -> list[tuple[str, str]]:
    """The flow runs that Prefect does not show as ended, by name, with their state."""
    open_states = {"any_": ["PENDING", "RUNNING", "SCHEDULED", "PAUSED", "CANCELLING"]}
    request = urllib.request.Request(
        f"{server_url}/flow_runs/filter",
        data=json.dumps({"flow_runs": {"state": {"type": open_states}}}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return [(run["name"], run["state_name"]) for run in json.load(answer)]


def import_everything() -> None:
    """Import what a run imports, so that a fork need not; starts no thread."""
    import expectations.engine  # noqa: F401


def write_inputs(folder: Path, *, is_later: bool = False) -> None:
    """Pages of every outcome: published, near copies, an older version, quarantined, rejected; `is_later`: others of each."""
    name, at = ("later", 2) if is_later else ("first", 1)
    pages = folder / "in" / name
    write_page(pages / "a.txt", f"Port-Aubry lance les travaux de sa digue ({at})")
    write_page(pages / "b.txt", f"Une autre page, la {at}e", BODY[::-1])
    write_page(pages / "bees.txt", f"Les abeilles reviennent ({at})", (f"Les abeilles, {at} fois, sont là.", *BODY[1:]))
    (pages / f"empty{at}.txt").write_text(" " * at)
    url = "https://www.gazette-aubry.fr/2025/03/14/digue"
    records = [
        {"text": " ".join(BODY[:number]) + f" Version {at}.", "is_clean": True, "url": url, "title": "La digue"}
        for number in (3, 4)
    ]
    write_records(pages / "records.jsonl", [*records, "{", {"text": "trop court"}])
    sentences = "".join(f"<p>{sentence}</p>" for sentence in BODY)
    (pages / "page.html").write_text(
        f"<html><head><title>Page {at}</title></head><body><nav><a href='/'>Menu</a></nav><article><h1>Digue {at}</h1>"
        f"{sentences}</article><footer>Mentions légales</footer></body></html>",
        encoding="utf-8",
    )
    check = "select doc_id, title as detail from documents where text ilike '%abeilles%'"
    write_check(folder / "revue.checks", "no_bees", check)


class Trial:
    """Two starting points, a folder with nothing published and one with an earlier run; and kills of runs from there."""

    def __init__(self, folder: Path, server_url: str) -> None:
        self._folder = folder
        self._url = server_url
        self.starts = {"first": folder / "start-first", "later": folder / "start-later"}
        self.expected: dict[str, dict[str, list[str]]] = {}
        self.operations: dict[str, dict[str, list[float]]] = {}
        self._prepare()

    def _prepare(self) -> None:
        for name, start in self.starts.items():
            shutil.rmtree(start, ignore_errors=True)
            start.mkdir(parents=True)
            write_inputs(start)
            if name == "later":
                self._complete(Runs(start, self._url))
                write_inputs(start, is_later=True)
            runs = self._copy(start)
            record = self._folder / "operations.json"
            self._complete(runs, record)
            if left := runs.list_left():
                raise SystemExit(f"An undisturbed run leaves {left}.")
            self.expected[name] = read_tables(runs.warehouse)
            operations: dict[str, list[float]] = {}
            for step, gap in json.loads(record.read_text(encoding="utf-8")):
                operations.setdefault(step, []).append(gap)
            self.operations[name] = operations

    def kill(self, choice: random.Random, most: int) -> tuple[list[Point], list[str]]:
        """Kill runs at one to `most` points, one after the other, and complete the last; the points, and what is wrong."""
        name = choice.choice(sorted(self.starts))
        runs = self._copy(self.starts[name])
        points: list[Point] = []
        wrong: list[str] = []
        for _ in range(choice.randint(1, most)):
            point = self._choose(choice, name)
            status = runs.run(point)
            if status == 0:  # this run had less left to do than an undisturbed one
                break
            if status != -signal.SIGKILL:
                wrong.append(f"{point}: exit {status}: {(runs.folder / 'err').read_text()}")
                break
            points.append(point)
            if left := runs.wait_until_alone():
                wrong.append(f"{point}: left after the kill: {left}")
        status = runs.run()
        said = (runs.folder / "err").read_text() + (runs.folder / "out").read_text()
        if status or said:
            wrong.append(f"{name}: the run after the kills: exit {status}: {said}")
        if not wrong or not status:
            wrong += list_different(self.expected[name], read_tables(runs.warehouse))
            wrong += [f"left: {left}" for left in runs.list_left()]
            wrong += [f"left: flow run {name} is {state}" for name, state in list_open_flow_runs(self._url)]
            wrong += [
                f"missing: {one}"
                for one in ("revue.report.html", "revue.docs/index.html")
                if not (runs.folder / one).exists()
            ]
        return points, wrong

    def _choose(self, choice: random.Random, name: str) -> Point:
        """A point of the undisturbed run: every step as likely as any other, and in a step every operation."""
        step = choice.choice(sorted(self.operations[name]))
        number = choice.randrange(len(self.operations[name][step]))
        gap = min(self.operations[name][step][number], _LONGEST_DELAY_SECONDS)
        return Point(step, number + 1, choice.choice((0.0, choice.uniform(0, gap))))

    def _copy(self, start: Path) -> Runs:
        target = self._folder / "work"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(start, target)
        return Runs(target, self._url)

    def _complete(self, runs: Runs, record: Path | None = None) -> None:
        if status := runs.run(record=record):
            raise SystemExit(f"An undisturbed run exits {status}: {(runs.folder / 'err').read_text()}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000, help="kills in all, those of earlier calls included")
    parser.add_argument("--folder", type=Path, default=Path(".kills"), help="where it works and keeps its progress")
    parser.add_argument("--seed", type=int, default=None, help="begin again with this seed")
    parser.add_argument("--most", type=int, default=3, help="kills one after the other before a run is completed")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    progress = folder / "progress.json"
    state = {"seed": arguments.seed or 0, "chain": 0, "kills": 0, "failed": 0, "steps": {}}
    if arguments.seed is None and progress.exists():
        state = json.loads(progress.read_text(encoding="utf-8"))
    os.environ["PREFECT_HOME"] = str(folder / "prefect")
    os.environ.pop("PREFECT_API_URL", None)
    from flows.runtime.server import Server, prepare_client

    with Server(os.environ) as server:
        prepare_client(server.wait())
        import_everything()
        trial = Trial(folder, server.url)
        while state["kills"] < arguments.kills:
            state["chain"] += 1
            points, wrong = trial.kill(random.Random(f"{state['seed']}-{state['chain']}"), arguments.most)
            state["kills"] += len(points)
            for point in points:
                state["steps"][point.step] = state["steps"].get(point.step, 0) + 1
            if wrong:
                state["failed"] += 1
                print(
                    f"chain {state['chain']}: killed at {[tuple(point) for point in points]}:",
                    *wrong,
                    sep="\n  ",
                    flush=True,
                )
                shutil.copytree(folder / "work", folder / f"failed-{state['chain']}", dirs_exist_ok=True)
            progress.write_text(json.dumps(state), encoding="utf-8")
    steps = ", ".join(f"{step} {count}" for step, count in sorted(state["steps"].items()))
    print(f"{state['kills']} kills ({steps}), {state['failed']} chains of them with something wrong.")
    return int(state["failed"] > 0)


if __name__ == "__main__":
    sys.exit(main())
