"""`revue query`: any SQL on the published warehouse, read-only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from warehouse.errors import UsageError
from warehouse.store import describe_error, open_warehouse

# Column names, and the rows.
Rows = tuple[list[str], list[tuple[Any, ...]]]


def run_query(warehouse: Path, sql: str) -> Rows:
    """Run a query; returns its column names and rows. Raises `UsageError` with DuckDB's message when it fails."""
    with open_warehouse(warehouse) as connection:
        try:
            cursor = connection.execute(sql)
            return [column[0] for column in cursor.description or ()], cursor.fetchall()
        except Exception as error:
            raise UsageError(
                f"{describe_error(error)} The tables are described in docs/tables.md; `describe documents` lists the columns of one."
            ) from error
