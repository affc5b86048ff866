"""A command that is interrupted or killed ends at once, leaves no process, and continues when it is run again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import REVUE, SEEDS

_PATIENCE_SECONDS = 120  # until a run is where the test wants it; a hang fails the test


class Command:
    """`revue run` on the sample pages as a process group of its own, with a Prefect home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "prefect"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the command; its output goes to files, so that nothing waits for a process that holds a pipe open."""
        with (self.folder / "out").open("wb") as out, (self.folder / "err").open("wb") as errors:
            return subprocess.Popen(
                [REVUE, "run", SEEDS, "--quiet"], cwd=self.folder, stdout=out, stderr=errors, stdin=subprocess.DEVNULL,
                env={**os.environ, "PREFECT_HOME": str(self.home), "PREFECT_API_URL": ""}, start_new_session=True,
            )  # fmt: skip

    def wait_for(self, pattern: str, process: subprocess.Popen[bytes]) -> None:
        """Wait until a file of the run folders matches the pattern."""
        for _ in range(_PATIENCE_SECONDS * 20):
            if any((self.folder / "revue.duckdb.runs").glob(pattern)):
                return
            assert process.poll() is None, (self.folder / "err").read_text()
            time.sleep(0.05)
        pytest.fail(f"no {pattern}")

    def processes(self) -> list[str]:
        """The command lines of all processes with this Prefect home."""
        found = []
        for path in Path("/proc").iterdir():
            try:
                if path.name.isdigit() and str(self.home).encode() in (path / "environ").read_bytes():
                    found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:  # it has just ended
                continue
        return found

    def wait_until_alone(self) -> None:
        """Wait until no process of the command is left."""
        for _ in range(_PATIENCE_SECONDS * 20):
            if not self.processes():
                return
            time.sleep(0.05)
        pytest.fail(f"left: {self.processes()}")

    def flow_run_states(self) -> list[str]:
        """The states of the flow runs in Prefect's database, in order."""
        with sqlite3.connect(self.home / "prefect.db") as connection:
            return [state for (state,) in connection.execute("select state_type from flow_run order by created")]


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Command]:
    """The command in an empty folder; nothing of it outlives the test."""
    made = Command(tmp_path)
    yield made
    for path in made.processes():
        print("left:", path)


def test_an_interrupted_and_a_killed_run_leave_no_process_and_the_same_command_continues(
    command: Command, rows
) -> None:
    process = command.start()
    command.wait_for("*/plan.json", process)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(_PATIENCE_SECONDS) == 130
    assert (command.folder / "err").read_text() == (
        "revue: Interrupted; nothing was published. Run the same command again; it continues.\n"
    )
    command.wait_until_alone()
    assert command.flow_run_states() == ["CANCELLED"]

    process = command.start()
    command.wait_for("*/extract/*", process)
    process.kill()
    process.wait()
    command.wait_until_alone()

    process = command.start()
    assert process.wait(_PATIENCE_SECONDS) == 0
    assert (command.folder / "err").read_text() == ""
    command.wait_until_alone()
    assert command.flow_run_states() == ["CANCELLED", "CRASHED", "COMPLETED"]
    warehouse = command.folder / "revue.duckdb"
    assert rows(warehouse, "select state from runs order by run_id") == [("failed",), ("failed",), ("published",)]


@pytest.mark.slow
@pytest.mark.parametrize("step", ["*/plan.json", "*/read/*", "*/strip/*", "*/extract/*", "*/candidate.duckdb"])
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=lambda one: str(one)
)
@pytest.mark.parametrize("to_group", [False, True], ids=["process", "group"])
def test_a_signal_at_any_step_ends_the_run(
    command: Command, step: str, number: signal.Signals, status: int, to_group: bool
) -> None:
    process = command.start()
    command.wait_for(step, process)
    (os.killpg if to_group else os.kill)(process.pid, number)
    assert process.wait(_PATIENCE_SECONDS) == status
    assert (command.folder / "err").read_text().count("revue: Interrupted") == 1
    assert len((command.folder / "err").read_text().splitlines()) == 1
    command.wait_until_alone()
    assert command.flow_run_states() == ["CANCELLED"]
