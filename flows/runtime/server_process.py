"""The process of a run's own Prefect server: `python -m flows.runtime.server_process PORT`.

It ends when its standard input ends, that is, when the run that holds the other end of the pipe has ended in any way.
"""

from __future__ import annotations

import os
import sys
import threading


def main() -> None:
    """Serve Prefect's API on a port of this machine until standard input ends."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app", factory=True, host="127.0.0.1", port=int(sys.argv[1]),
        log_level="critical", lifespan="on",
    )  # fmt: skip


def _end_with_input() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
