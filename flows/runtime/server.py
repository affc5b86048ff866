"""The Prefect server of a run: that of `PREFECT_API_URL`, else that of `revue serve`, else one of its own.

The latter two use the user's Prefect home. A server that somebody else started on some port is never used.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from flows.runtime.places import require_writable_folder
from flows.runtime.served import find_served, prefect_home
from warehouse.errors import RevueError

# No telemetry, no output of Prefect's own: revue prints what a user should know.
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_FLOW_RUNS_LEVEL": "CRITICAL",
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_CLI_PROMPT": "false",
    "DO_NOT_TRACK": "1",
}
# The settings of Prefect's own temporary server: it uses the user's database and leaves out the web UI.
_TEMPORARY = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_UI_ENABLED": "0",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PY_KEY_VALUE_DISABLE_BEARTYPE": "true",  # a library of Prefect's compiles checks of its own arguments at its import
}
_LONGEST_START_SECONDS = 300.0  # it takes 3 on an idle machine


class Server:
    """The Prefect API of this run. `start` returns at once; `wait` returns the address once the server answers."""

    def __init__(self, environment: Mapping[str, str], *, port: int | None = None) -> None:
        """`port`: start a server with a web UI on it, whatever other server there is."""
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._port = port
        self.url = "" if port else self._environment.get("PREFECT_API_URL", "") or find_served(environment)
        self.is_own = not self.url

    def start(self) -> Self:
        """Start a server, unless the user has one; returns at once. Raises `UsageError` when it could not write its database."""
        if self.is_own:
            require_writable_folder(prefect_home(self._environment), "PREFECT_HOME")
            port = self._port or _find_port()
            self.url = f"http://127.0.0.1:{port}/api"
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.runtime.server_process", str(port)],
                env={**self._environment, **QUIET, **({} if self._port else _TEMPORARY)},
                stdin=subprocess.PIPE,  # never written to: its end tells the server that this process has ended
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the run; the server is stopped after the run has reported its end
            )
        return self

    def wait(self) -> str:
        """The address of the API, once it answers; raises `RevueError` when it does not."""
        started_at = time.monotonic()
        while time.monotonic() - started_at < _LONGEST_START_SECONDS:
            if answers(self.url):
                return self.url
            if self._process is not None and self._process.poll() is not None:
                raise RevueError(
                    f"The Prefect server ended at once (exit code {self._process.returncode}). "
                    "Run `prefect server start` to see why, or set PREFECT_API_URL to a server that runs."
                )
            if not self.is_own and time.monotonic() - started_at > 10:
                break
            time.sleep(0.05)
        if self.is_own:
            raise RevueError(
                f"The Prefect server of this run did not start within {_LONGEST_START_SECONDS:.0f} seconds. Run the same command "
                "again when this machine is less busy, or set PREFECT_API_URL to a server that runs."
            )
        raise RevueError(
            f"The Prefect server at {self.url} does not answer. Start it, or unset PREFECT_API_URL to let revue start one."
        )

    def stop(self) -> None:
        """Stop the server, if this object started it."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()

    def kill(self) -> None:
        """End the server at once, if this object started it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def prepare_client(url: str) -> None:
    """Let Prefect in this process use a server and print nothing. To be called before Prefect is imported."""
    os.environ.update(QUIET)
    os.environ["PREFECT_API_URL"] = url
    logging.raiseExceptions = False  # a log that does not reach the server is no news on the terminal


def answers(url: str) -> bool:
    """Whether a Prefect server answers at this address."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError, ValueError):  # also an address that is none
        return False


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
