"""`revue query`: SQL on the published warehouse."""

from __future__ import annotations

from flows.cli.options import Csv, Debug, Json, Seconds, Warehouse, find_settings


def query(
    sql: str,
    *,
    csv: Csv = False,
    seconds: Seconds = 60.0,
    warehouse: Warehouse = None,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Run SQL on the published warehouse, read-only, without access to files or network.

    Example: `revue query "select name, count_documents from entities order by 2 desc limit 10"`
    """
    from flows.cli.terminal.tables import print_table
    from warehouse.browse.query import run_query

    columns, rows = run_query(find_settings(warehouse=warehouse).path, sql, seconds=seconds)
    print_table(columns, rows, as_csv=csv, as_json=as_json)
    return 0
