"""SIGKILL in any step, then the same command: the warehouse is as if nothing had happened, and no process or lock is left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from compared_tables import list_different, read_tables
from conftest import ROOT

# Run by a process of its own, which has no threads yet: a fork of this one would inherit their locks.
_KILL_IN_EVERY_STEP = """
import sys
from pathlib import Path
from killed_runs import Point, Runs, import_everything

import_everything()
runs = Runs(Path(sys.argv[1]), sys.argv[2])
statuses = [runs.run(Point(*point)) for point in (("read", 1), ("extract", 1), ("load", 9), ("audit", 60), ("publish", 12))]
print(*statuses, runs.run(), *runs.list_left())
"""


def test_a_run_killed_in_five_steps_is_completed_by_the_same_command(quarantined, tmp_path, server_url):
    shutil.copytree(quarantined / "in", tmp_path / "in")
    shutil.copytree(quarantined / "revue.checks", tmp_path / "revue.checks")
    done = subprocess.run(
        [sys.executable, "-c", _KILL_IN_EVERY_STEP, tmp_path, server_url], capture_output=True, text=True, timeout=280,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)])},
    )  # fmt: skip
    assert done.stdout.split() == ["-9"] * 5 + ["0"], done.stdout + done.stderr + (tmp_path / "err").read_text()
    assert list_different(read_tables(quarantined / "revue.duckdb"), read_tables(tmp_path / "revue.duckdb")) == []
