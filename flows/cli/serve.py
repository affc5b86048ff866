"""`revue serve`: Prefect's server and UI, the deployments, and a worker that runs them, on one machine."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from flows.cli.options import Debug, FileName, Quiet, Warehouse, find_settings


def serve(
    *inputs: FileName,
    warehouse: Warehouse = None,
    port: Annotated[int, Parameter(help="The port of the UI, on this machine alone.")] = 4200,
    quiet: Quiet = False,
    debug: Debug = False,
) -> int:
    """Start Prefect's server, its UI and the deployments ingest and check, and run them until Ctrl-C.

    INPUTS are what the deployment ingest reads when its form is not changed. `revue run` uses this server while it runs.

    Example: `revue serve articles/ --port 4200`
    """
    from flows.runtime.serving import serve_until_stopped

    settings = find_settings(warehouse=warehouse)
    serve_until_stopped(list(map(str, inputs)), settings.warehouse, port, say=(lambda _: None) if quiet else print)
    return 0
