"""`revue report`: the report page of the published warehouse, written again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.cli.options import Debug, Json, Quiet, Seconds, Warehouse, find_settings
from warehouse.companions import Companions
from warehouse.errors import UsageError


def report(
    *,
    output: Annotated[Path | None, Parameter(help="The HTML file to write (default: beside the warehouse).")] = None,
    seconds: Seconds = 600.0,
    warehouse: Warehouse = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Write the report page of the published warehouse: one HTML file, readable offline.

    Example: `revue report --output monday.html`
    """
    import json

    from flows.runtime.places import require_writable_folder
    from tasks.report.page import write_page

    settings = find_settings(warehouse=warehouse)
    target = output or Companions(settings.path).report
    if target.is_dir():
        raise UsageError(f"{target} is a folder. Name the file to write, such as {target / 'report.html'}.")
    if target.resolve() == settings.path.resolve():
        raise UsageError(f"{target} is the warehouse itself. Name another file.")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}. Make it first.")
    require_writable_folder(target.parent, "--output")
    write_page(settings.path, target, seconds=seconds)
    if as_json:
        print(json.dumps({"report": str(target)}))
    elif not quiet:
        print(f"Report  {target}")
    return 0
