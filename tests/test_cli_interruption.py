"""A command that is interrupted or killed ends at once, leaves no process, and continues when it is run again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import REVUE, SEEDS

from flows.runtime.signals import STATUSES, list_handled

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
                preexec_fn=_receive_hang_ups,
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


def _receive_hang_ups() -> None:
    """Undo what `nohup pytest` hands down."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


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


# A command that receives a signal `seconds` after it has begun to import a module.
_SIGNALLED = """
import os, sys, threading
from flows.cli import main

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            threading.Timer(float(sys.argv[2]), os.kill, [os.getpid(), int(sys.argv[3])]).start()

sys.meta_path.insert(0, Finder())
main(sys.argv[4:])
"""
_ENDLESS = "select count(*) from range(1000000000000) as numbers(n) where n % 7 = 3"


@pytest.mark.parametrize(
    ("module", "seconds", "number", "arguments", "sentence"),
    [
        ("flows.cli.commands", 0, signal.SIGTERM, ("run", "a.txt"), "Interrupted; nothing was published. Run the same command again; it continues."),
        ("cyclopts", 0, signal.SIGHUP, ("settings",), "Interrupted. Run the same command again."),
        ("warehouse.browse.query", 0.5, signal.SIGINT, ("query", _ENDLESS), "Interrupted. Run the same command again."),
    ],
    ids=["a run that starts", "another command that starts", "a query"],
)  # fmt: skip
def test_a_signal_ends_a_command_that_runs_no_flow_yet(page_folder, module, seconds, number, arguments, sentence):
    done = subprocess.run(
        [sys.executable, "-c", _SIGNALLED, module, str(seconds), str(number.value), *arguments], cwd=page_folder,
        capture_output=True, timeout=_PATIENCE_SECONDS, preexec_fn=_receive_hang_ups,
    )  # fmt: skip
    assert (done.returncode, done.stderr.decode(), done.stdout) == (STATUSES[number], f"revue: {sentence}\n", b"")


_FAILING_THREAD = """
import os, threading
from flows.runtime.interruption import end_at_signals

def fail():
    os.kill(os.getpid(), 15)
    raise ConnectionRefusedError("the fork server has ended")

with end_at_signals():
    threading.Thread(target=fail).start()
    threading.Event().wait()
"""


def test_what_fails_because_a_signal_ended_other_processes_too_is_not_printed():
    done = subprocess.run([sys.executable, "-c", _FAILING_THREAD], capture_output=True, timeout=_PATIENCE_SECONDS)
    assert done.returncode == STATUSES[signal.SIGTERM]
    assert done.stderr.startswith(b"revue: Interrupted") and done.stderr.count(b"\n") == 1


# As in `revue serve`, which takes as long as its worker and server need to end.
_OWN_END = """
import os, sys, threading, time
from flows.runtime import signals

signals._PATIENCE_SECONDS = 0.0
stopped = threading.Event()
with signals.raise_at_signals(lambda _: os._exit(9)), signals.watch_signals(lambda _: stopped.set()):
    os.kill(os.getpid(), 15)
    stopped.wait()
    time.sleep(0.2)
"""


def test_a_command_that_ends_at_a_signal_in_its_own_way_is_left_the_time():
    assert subprocess.run([sys.executable, "-c", _OWN_END], timeout=_PATIENCE_SECONDS).returncode == 0


def test_a_signal_ignored_from_the_start_stays_ignored_but_for_ctrl_c():
    numbers = (signal.SIGINT, signal.SIGHUP)
    handlers = [signal.signal(number, signal.SIG_IGN) for number in numbers]  # as nohup, and as a script's `&`
    try:
        assert list_handled() == [signal.SIGINT, signal.SIGTERM]
    finally:
        for number, handler in zip(numbers, handlers, strict=True):
            signal.signal(number, handler)


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
