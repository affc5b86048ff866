"""The server of `revue serve`: where it is noted, so that other commands of the same Prefect home find and use it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import UsageError

_FILE = "revue-serve.json"


def find_served(environment: Mapping[str, str]) -> str:
    """The address of the API that `revue serve` offers now; '' when none runs. The lock of the file says whether it does."""
    try:
        with _file(environment).open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return str(json.load(file).get("url", ""))
    except (OSError, ValueError):
        pass
    return ""


@contextmanager
def note_served(environment: Mapping[str, str], url: str) -> Iterator[None]:
    """Note the address and the process of this server, locked, until it ends.

    Raises `UsageError` when another `revue serve` runs on the same Prefect home.
    """
    path = _file(environment)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"`revue serve` runs already: {path.read_text()}. Use that one, or stop it with Ctrl-C."
            ) from None
        file.truncate(0)
        file.write(json.dumps({"url": url, "process": os.getpid()}))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def serve_log(environment: Mapping[str, str]) -> Path:
    """Where the worker of `revue serve` writes what it says."""
    return _file(environment).with_suffix(".log")


def _file(environment: Mapping[str, str]) -> Path:
    return prefect_home(environment) / _FILE


def prefect_home(environment: Mapping[str, str]) -> Path:
    """The folder in which Prefect keeps its database."""
    return Path(environment.get("PREFECT_HOME") or Path.home() / ".prefect").expanduser()
