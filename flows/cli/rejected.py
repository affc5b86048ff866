"""`revue rejected`: the records that are not among the documents."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from flows.cli.options import Csv, Debug, Json, Reason, Seconds, Source, Stage, Warehouse, find_settings
from warehouse.companions import Companions
from warehouse.suggestions import name_warehouse


def rejected(
    *,
    reason: Reason = None,
    stage: Stage = None,
    source: Source = None,
    by: Annotated[Literal["reason", "stage", "source"] | None, Parameter(help="Count them by this.")] = None,
    csv: Csv = False,
    seconds: Seconds = 60.0,
    warehouse: Warehouse = None,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """List the records that are not in `documents`, and why.

    Example: `revue rejected --reason too_short` or `revue rejected --by source`
    """
    from flows.cli.terminal.tables import print_rejected, print_table
    from tasks.runtime.history import open_rejections
    from warehouse.browse.rejected import list_rejected

    companions = Companions(find_settings(warehouse=warehouse).path)
    with open_rejections(companions.path, companions.runs, seconds=seconds) as connection:
        columns, rows = list_rejected(connection, reason=reason, stage=stage, source=source, by=by)
    if csv or as_json:
        print_table(columns, rows, as_csv=csv, as_json=as_json)
    elif not rows:
        given = {"reason": reason, "stage": stage, "source": source}
        named = " and ".join(f"{name} {value}" for name, value in given.items() if value)
        empty = (
            f"No record is rejected with {named}. `revue rejected` lists them all." if named else "Nothing is rejected."
        )
        print(name_warehouse(empty, companions.path))
    elif by is None:
        print_rejected(columns, rows)
    else:
        print_table(columns, rows)
    return 0
