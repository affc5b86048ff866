"""The wall time of `revue run` on five articles, and of its parts: `python -m benchmarks.speed [FOLDER]`.

Runs the command on a warm disk and on a Prefect home that has been used once, and prints the wall time of the whole, of
the parts that start in parallel measured alone, and of every step as Prefect recorded it. Shares are of the whole; parts
that overlap add up to more than it. Seconds depend on the machine: compare shares, or two runs one after the other.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from tools.train.development_data import ROOT, SHARED

ARTICLES = SHARED / "articles"
REVUE = Path(sys.executable).with_name("revue")

ALONE = {
    "import prefect and the flow": "import flows.ingest",
    "import great_expectations": "import expectations.engine",
    "import spacy, load the model": "import tasks.extract; tasks.extract.load()",
    "start the Prefect server": "import os; from flows.runtime.server import Server; s = Server(os.environ).start(); s.wait(); s.stop()",
    "start Python": "pass",
}


def time_command(command: list[str], environment: dict[str, str], folder: Path) -> float:
    """Return the wall seconds of a command; raises `CalledProcessError` when it fails."""
    started = time.perf_counter()
    subprocess.run(command, check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def read_steps(home: Path) -> dict[str, float]:
    """Return the seconds of every step of the last flow run, from Prefect's own database."""
    with sqlite3.connect(home / "prefect.db") as database:
        [flow_run] = database.execute("select id from flow_run order by created desc limit 1").fetchone()
        rows = database.execute(
            "select name, start_time, end_time from task_run where flow_run_id = ? order by start_time", [flow_run]
        ).fetchall()
    return {
        name: (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
        for name, start, end in rows
        if end
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", nargs="?", default=str(ARTICLES if ARTICLES.is_dir() else ROOT / "seeds" / "articles")
    )
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home, work = Path(temporary) / "prefect", Path(temporary) / "work"
        work.mkdir()
        environment = {**os.environ, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)}
        environment.pop("PREFECT_API_URL", None)
        first = time_command(
            [str(REVUE), "run", arguments.folder, "--quiet", "--warehouse", "first.duckdb"], environment, work
        )
        wholes = [
            time_command(
                [str(REVUE), "run", arguments.folder, "--quiet", "--warehouse", f"{number}.duckdb"], environment, work
            )
            for number in range(arguments.runs)
        ]
        whole = statistics.median(wholes)
        steps = read_steps(home)
        again = time_command(
            [str(REVUE), "run", arguments.folder, "--quiet", "--warehouse", "0.duckdb"], environment, work
        )
        print(
            f"{'revue run, to exit':<34}{whole:7.2f} s   (median of {arguments.runs}: {min(wholes):.2f} to {max(wholes):.2f})"
        )
        print(f"{'the first time in a Prefect home':<34}{first:7.2f} s {first / whole:6.0%}")
        print(f"{'again, nothing new':<34}{again:7.2f} s {again / whole:6.0%}")
        print("\nmeasured alone")
        for name, code in ALONE.items():
            seconds = time_command([sys.executable, "-c", code], environment, work)
            print(f"  {name:<32}{seconds:7.2f} s {seconds / whole:6.0%}")
        print("\nsteps of the last run")
        for name, seconds in steps.items():
            print(f"  {name:<32}{seconds:7.2f} s {seconds / whole:6.0%}")


if __name__ == "__main__":
    main()
