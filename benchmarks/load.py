"""One large run, and what follows it: `python -m benchmarks.load [COUNT ...] [--times N]`.

For each number of generated pages (`benchmarks.corpus`): a run over all of them, the same run again, and one over ten more.
Printed are processor seconds (not wall time: other work on the machine does not change them) and the largest memory over all
processes, by step; the size of the warehouse and of the run folder; and whether every record is accounted for.
With `--times` each run is repeated under other ids after its extraction (`benchmarks.multiply`), so that what follows is
measured on N times as many documents. Exit status 1 when a record is lost, or when the largest memory of the last run is above
that of the one before it by more than load_limits.toml allows.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.limits import read_limits
from benchmarks.multiply import multiply_run
from benchmarks.processes import Usage, run_and_measure
from tasks.runtime.run_folder import list_unpublished

ROOT = Path(__file__).parents[1]
REVUE = Path(sys.executable).with_name("revue")
COUNT_MORE = 10
_NEVER = (
    "-- name: never\n-- severity: critical\n-- scope: run\n-- sentence: The run is kept.\n-- id: doc_id\n"
    "select doc_id, uri as detail from documents limit 1\n"
)
_COUNTS = ("published", "unchanged", "duplicates", "rejected", "quarantined")


def read_steps(home: Path) -> dict[str, tuple[float, float]]:
    """Return begin and end of every step of the last flow run, from Prefect's own database, in seconds since the epoch."""
    with sqlite3.connect(home / "prefect.db") as database:
        [flow_run] = database.execute("select id from flow_run order by created desc limit 1").fetchone()
        rows = database.execute(
            "select name, start_time, end_time from task_run where flow_run_id = ? and end_time is not null", [flow_run]
        ).fetchall()
    steps: dict[str, tuple[float, float]] = {}
    for name, start, end in rows:
        step = name.split()[0]
        step = "strip, extract" if step in {"strip", "extract"} else step
        begin, finish = (datetime.fromisoformat(value + "+00:00").timestamp() for value in (start, end))
        known = steps.get(step, (begin, finish))
        steps[step] = min(begin, known[0]), max(finish, known[1])
    return dict(sorted(steps.items(), key=lambda item: item[1]))


def size_of(path: Path) -> float:
    """Return the megabytes of a file, or of the files in a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def measure(name: str, count: int, work: Path, environment: dict[str, str], *arguments: str) -> tuple[Usage, bool]:
    """Run a command of revue over `count` records and print what it used; returns that and whether no record was lost."""
    usage = run_and_measure([str(REVUE), *arguments, "--json"], environment, work)
    if usage.status:
        raise SystemExit(f"{name}: exit status {usage.status}\n{usage.output[-4000:]}")
    run = json.loads(usage.output[usage.output.index("{") :])
    counts = {one: run[f"count_{one}"] for one in _COUNTS}
    is_complete = run["count_read"] == sum(counts.values()) == count
    print(
        f"{name}: {usage.seconds:,.0f} s, {1000 * usage.seconds / count:.1f} ms a page; peak {usage.peak:,.0f} MB; "
        f"warehouse {size_of(work / 'revue.duckdb'):,.0f} MB, run folders {size_of(work / 'revue.duckdb.runs'):,.0f} MB"
    )
    said = ", ".join(f"{one} {value}" for one, value in counts.items())
    print(f"  {'complete' if is_complete else 'RECORDS LOST'}: read {run['count_read']}, {said}")
    for step, (start, end) in read_steps(Path(environment["PREFECT_HOME"])).items():
        seconds = usage.seconds_between(start, end)
        print(
            f"  {step:16}{seconds:9.1f} s {1000 * seconds / count:8.2f} ms a page {usage.peak_between(start, end):8,.0f} MB"
            f" {end - start:10,.1f} s by the clock",
            flush=True,
        )
    return usage, is_complete


def measure_count(count: int, work: Path) -> tuple[float, bool]:
    """Measure three runs over `count` pages; returns the peak memory of the first and whether no record was lost."""
    environment = _prepare(count, work)
    first, is_first_complete = measure("all of them", count, work, environment, "run", "pages")
    _, is_again_complete = measure("again, nothing new", count, work, environment, "run", "pages")
    write_corpus(work / "pages", COUNT_MORE, first=count)
    _, is_more_complete = measure(f"{COUNT_MORE} more", count + COUNT_MORE, work, environment, "run", "pages")
    return first.peak, is_first_complete and is_again_complete and is_more_complete


def measure_times(count: int, times: int, work: Path) -> tuple[float, bool]:
    """Measure loading, resolving, checking and publishing `count` pages, each of them `times` times."""
    environment = _prepare(count, work)
    check = work / "revue.checks" / "never.sql"
    check.parent.mkdir()
    check.write_text(_NEVER, encoding="utf-8")
    run_and_measure([str(REVUE), "run", "pages", "--quiet"], environment, work)
    [folder] = list_unpublished(work / "revue.duckdb.runs")
    check.unlink()
    multiply_run(folder, times)
    usage, is_complete = measure(
        f"{count * times:,} documents", count * times, work, environment, "publish", folder.run_id
    )
    return usage.peak, is_complete


def _prepare(count: int, work: Path) -> dict[str, str]:
    work.mkdir(parents=True)
    environment = {**os.environ, "PREFECT_HOME": str(work / "prefect")}
    environment["PYTHONPATH"] = environment.get("PYTHONPATH", str(ROOT))
    environment.pop("PREFECT_API_URL", None)
    write_corpus(work / "pages", count)
    print(f"{count:,} pages of {size_of(work / 'pages'):,.0f} MB", flush=True)
    return environment


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[1_000, 3_000, 10_000])
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--work", type=Path, help="a folder that is kept, instead of one that is deleted")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.work or Path(temporary)
        measured = [
            measure_count(count, folder / str(count))
            if arguments.times == 1
            else measure_times(count, arguments.times, folder / f"{count}-times-{arguments.times}")
            for count in arguments.counts
        ]
    growth = measured[-1][0] / measured[-2][0] if len(measured) > 1 else 1.0
    print(f"memory of the last: {growth:.2f} times that of the one before")
    is_over = growth > read_limits("load")["memory_growth"]
    return int(is_over or not all(is_complete for _, is_complete in measured))


if __name__ == "__main__":
    sys.exit(main())
