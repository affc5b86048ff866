"""Upgrades: bring a warehouse of an older schema to the present one, with one step for each version in between.

`sql/upgrades/N.sql` turns a warehouse of schema N - 1 into one of schema N. A step is written once and never changed: it
applies to the tables as they were then, which `sql/tables/` no longer shows. A new table needs no statement in its step:
`create_tables` makes every table that is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.errors import UsageError
from warehouse.store import SCHEMA_VERSION, read_schema_version, revue_version, run_sql, transaction

if TYPE_CHECKING:
    import duckdb


def upgrade_tables(connection: duckdb.DuckDBPyConnection) -> int:
    """Bring the open file's tables to the present schema, all steps or none; returns the number of steps.

    A file without tables is left unchanged. Raises `UsageError` when it was written by a newer revue.
    """
    if not connection.execute("select 1 from duckdb_tables() where table_name = 'meta'").fetchone():
        return 0
    schema = read_schema_version(connection)
    if schema > SCHEMA_VERSION:
        raise UsageError(
            f"The warehouse was written by a newer revue (schema {schema}, this one knows {SCHEMA_VERSION}). Upgrade revue."
        )
    with transaction(connection):
        for version in range(schema + 1, SCHEMA_VERSION + 1):
            run_sql(connection, "warehouse", f"sql/upgrades/{version}")
            connection.execute("update meta set schema_version = ?, revue_version = ?", [version, revue_version()])
    return SCHEMA_VERSION - schema
