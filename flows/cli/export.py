"""`revue export`: the tables as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from flows.cli.options import Debug, Json, Quiet, Warehouse, find_settings


def export(
    format: Literal["parquet", "csv", "json", "lake", "months"],
    *,
    output: Annotated[Path | None, Parameter(help="The folder to write (default: beside the warehouse).")] = None,
    table: Annotated[
        list[str] | None, Parameter(help="Only this table or view; may be given several times.", negative="")
    ] = None,
    warehouse: Warehouse = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Write the tables to a folder of Parquet, CSV or JSON files, a DuckLake, or Parquet partitioned by month of publication.

    CSV files open in a spreadsheet as they are. An earlier export in the folder is replaced.

    Example: `revue export csv --table documents --table quotes`
    """
    from flows.cli.terminal.export_progress import ExportProgress
    from flows.runtime.places import require_writable_folder
    from warehouse.browse.export import export as export_tables
    from warehouse.wording import count_noun

    path = find_settings(warehouse=warehouse).path
    target = output or path.with_name(f"{path.stem}-{format}")
    require_writable_folder(target.parent, "--output")
    with ExportProgress(quiet=quiet or as_json) as progress:
        counts = export_tables(path, target, format, tables=table or (), progress=progress.show)
    if as_json:
        print(json.dumps({"folder": str(target), "format": format, "count_rows": counts}, ensure_ascii=False))
    elif not quiet:
        print(f"{count_noun(len(counts), 'table')} with {count_noun(sum(counts.values()), 'row')} in {target}")
    return 0
