"""What a run costs before and after its work, as multiples of an empty Prefect flow: `python -m benchmarks.startup`.

Five sample pages, and the same pages again with nothing new, with a server of their own and with a server that runs. Commands
take turns for some rounds and the least of each counts. Processor seconds are those of all processes of a command, but for
the server that runs. Ratios can be compared between machines; seconds cannot.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import run_and_measure
from flows.runtime.server import Server

ROOT = Path(__file__).parents[1]
REVUE = Path(sys.executable).with_name("revue")
EMPTY = (
    "import logging; logging.disable(logging.CRITICAL); from prefect import flow; flow(lambda: None, name='empty')()"
)
PAGES = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        pages = work / "pages"
        pages.mkdir()
        for path in sorted((ROOT / "seeds" / "articles").glob("*.txt"))[:PAGES]:
            shutil.copy(path, pages)
        # Prefect's own server sends telemetry, which fails without a network and can find its database locked.
        own = {**os.environ, "PREFECT_HOME": str(work / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
        own.pop("PREFECT_API_URL", None)
        run_and_measure(
            [str(REVUE), "run", "pages", "--quiet"], own, work
        )  # the database of Prefect, and the file to be met again
        with Server({**own, "PREFECT_HOME": str(work / "server")}) as server:
            served = {**own, "PREFECT_API_URL": server.wait()}
            least: dict[tuple[str, str], tuple[float, float]] = {}
            for number in range(rounds):
                for kind, environment in (("own server", own), ("running server", served)):
                    for name, command in (
                        ("empty flow", [sys.executable, "-c", EMPTY]),
                        ("nothing new", [str(REVUE), "run", "pages", "--quiet"]),
                        (
                            f"{PAGES} pages",
                            [str(REVUE), "run", "pages", "--quiet", "--warehouse", f"{number} {kind}.duckdb"],
                        ),
                    ):
                        started = time.perf_counter()
                        usage = run_and_measure(command, environment, work, every=0.1)
                        wall = time.perf_counter() - started
                        if usage.status:
                            raise SystemExit(f"{name}: exit status {usage.status}\n{usage.output[-2000:]}")
                        known = least.get((kind, name), (wall, usage.seconds))
                        least[kind, name] = min(wall, known[0]), min(usage.seconds, known[1])
    for (kind, name), (wall, processor) in least.items():
        empty = least[kind, "empty flow"]
        print(
            f"{kind:15} {name:12} {wall:6.1f} s by the clock ({wall / empty[0]:4.2f} of an empty flow), "
            f"{processor:6.1f} s of processors ({processor / empty[1]:4.2f})"
        )


if __name__ == "__main__":
    main()
