"""Servers of runs that begin at the same moment."""

import fcntl
import os
from pathlib import Path

import pytest

from flows.runtime.server import Server
from flows.runtime.server_process import alone_in


def test_one_server_at_a_time_starts_on_a_prefect_home(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    with alone_in(home), open(home / "revue.start.lock") as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with open(home / "revue.start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_prefect_home_that_cannot_be_written_to_is_not_locked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with alone_in(tmp_path / "file"):
        pass


@pytest.mark.slow
def test_servers_that_start_at_once_on_a_new_home_all_answer(tmp_path: Path) -> None:
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path / "prefect")}
    environment.pop("PREFECT_API_URL", None)
    servers = [Server(environment).start() for _ in range(3)]
    try:
        assert all(server.wait() for server in servers)
    finally:
        for server in servers:
            server.stop()
