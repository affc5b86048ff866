"""What `revue serve` starts and stops: the server with its UI, the work pool, the deployments, and a worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from flows.runtime.served import note_served, serve_log
from flows.runtime.server import QUIET, Server
from flows.runtime.signals import watch_signals
from warehouse.errors import RevueError, UsageError

POOL = "revue"
# How long the worker and the runs it started may take to end; a run ends at once at a signal.
_LONGEST_END_SECONDS = 15.0
# How long after a worker has ended by itself the next is started.
_RESTART_SECONDS = 5.0


def serve_until_stopped(inputs: Sequence[str], warehouse: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP, then end the worker with its runs, and the server.

    Raises `UsageError` when the port is taken, or when another `revue serve` runs on this Prefect home.
    """
    url = f"http://127.0.0.1:{port}/api"
    environment = {**os.environ, **QUIET, "PREFECT_API_URL": url, "PREFECT_UI_API_URL": url, "PWD": os.getcwd()}
    stopped = (
        threading.Event()
    )  # set at a signal, instead of an exception in the middle of what is being started or stopped
    with note_served(environment, url), watch_signals(lambda _: stopped.set()):
        _require_port(port)
        with Server(environment, port=port) as server:
            server.wait()
            _prefect(environment, "work-pool", "create", POOL, "--type", "process", "--overwrite")
            _deploy(environment, inputs, warehouse)
            say(
                f"Prefect's UI is at http://127.0.0.1:{port}, with the deployments ingest, refresh and check. "
                "`revue run` uses this server while it runs. Stop with Ctrl-C."
            )
            while not stopped.is_set():
                with _run_worker(environment) as worker:
                    while not stopped.wait(0.5) and worker.poll() is None:
                        pass
                stopped.wait(
                    0 if stopped.is_set() else _RESTART_SECONDS
                )  # a worker ends when the server is slow to answer
            say("Stopped.")


def write_deployments(inputs: Sequence[str], warehouse: str) -> str:
    """The text of `prefect.yaml`, with these inputs (none: those of the file) and this warehouse as parameters."""
    packaged = Path(str(files("flows").joinpath("prefect.yaml")))
    source = packaged if packaged.is_file() else packaged.parents[1] / "prefect.yaml"  # a checkout has it at its top
    content = yaml.safe_load(source.read_text(encoding="utf-8"))
    for deployment in content["deployments"]:
        parameters = deployment["parameters"]
        parameters["warehouse"] = warehouse
        if inputs and "inputs" in parameters:
            parameters["inputs"] = list(inputs)
    return str(yaml.safe_dump(content, sort_keys=False))


def _deploy(environment: Mapping[str, str], inputs: Sequence[str], warehouse: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "prefect.yaml"
        file.write_text(write_deployments(inputs, warehouse), encoding="utf-8")
        _prefect(environment, "--no-prompt", "deploy", "--all", "--prefect-file", str(file))


def _prefect(environment: Mapping[str, str], *arguments: str) -> None:
    """Run a command of Prefect; raises `RevueError` with its last line when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments], env=dict(environment), capture_output=True, text=True,
        stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [""]
        raise RevueError(f"`prefect {' '.join(arguments[:4])}` failed: {said[-1]}. Run it by hand to see why.")


@contextmanager
def _run_worker(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the pool, in a process group of its own with the runs it starts; both are ended together."""
    with serve_log(environment).open("ab") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process"],
            env=dict(environment), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield worker
    finally:
        for number, seconds in ((signal.SIGTERM, _LONGEST_END_SECONDS), (signal.SIGKILL, _LONGEST_END_SECONDS)):
            with suppress(ProcessLookupError):
                os.killpg(worker.pid, number)
            with suppress(subprocess.TimeoutExpired):
                worker.wait(seconds)


def _require_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise UsageError(f"Port {port} is in use by another program. Name a free one with --port.") from None
