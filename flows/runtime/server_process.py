"""The process of a run's own Prefect server: `python -m flows.runtime.server_process PORT`.

It ends when its standard input ends, that is, when the run that holds the other end of the pipe has ended in any way.
"""

from __future__ import annotations

import fcntl
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket

from flows.runtime.collector import collect_rarely


def main() -> None:
    """Serve Prefect's API on a port of this machine until standard input ends."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    collect_rarely()
    import uvicorn
    from prefect.settings import get_current_settings

    home = get_current_settings().home

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket] | None = None) -> None:
            with alone_in(home):  # Prefect makes or upgrades its database here; two at once fail
                await super().startup(sockets)

    server = Server(
        uvicorn.Config(
            "prefect.server.api.server:create_app", factory=True, host="127.0.0.1", port=int(sys.argv[1]),
            log_level="critical", lifespan="on",
        )
    )  # fmt: skip
    server.run()
    if not server.started:
        sys.exit(3)


@contextmanager
def alone_in(home: Path) -> Iterator[None]:
    """Wait until no other server of revue starts on this Prefect home; a home that cannot be written to is not locked."""
    descriptor = None
    with suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home / "revue.start.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _end_with_input() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
