"""Kills of runs at random points of every step, then the same command again, then every table compared.

`python tests/kill_trials.py --kills 1000` goes on where it stopped: the folder of `--folder` keeps the seed and the number
of kills so far.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import urllib.request
from pathlib import Path

from compared_tables import list_different, read_tables
from killed_runs import Point, Runs, import_everything
from pages import BODY, write_check, write_page, write_records

_LONGEST_DELAY_SECONDS = 0.5


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
        self._open_before = set(list_open_flow_runs(server_url))  # of a call of this script that was itself ended
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
            wrong += [f"left: flow run {name} is {state}" for name, state in self._list_open()]
            wrong += [
                f"missing: {one}"
                for one in ("revue.report.html", "revue.docs/index.html")
                if not (runs.folder / one).exists()
            ]
        return points, wrong

    def _list_open(self) -> list[tuple[str, str]]:
        return [run for run in list_open_flow_runs(self._url) if run not in self._open_before]

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
    parser.add_argument("--most", type=int, default=6, help="kills one after the other before a run is completed")
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
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted. The same command goes on after the last chain that was complete.")
