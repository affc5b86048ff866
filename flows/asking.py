"""`revue query` and `revue rejected`: rows from the published warehouse, read-only."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from tasks.history import open_rejections
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.store import describe_error, open_warehouse, read_sql

Rows = tuple[list[str], list[tuple[Any, ...]]]


def ask(warehouse: Path, sql: str) -> Rows:
    """Column names and rows of a query. Raises `UsageError` with DuckDB's own words when the SQL is wrong or not allowed."""
    with open_warehouse(warehouse) as connection:
        try:
            cursor = connection.execute(sql)
            return [column[0] for column in cursor.description or ()], cursor.fetchall()
        except Exception as error:
            raise UsageError(
                f"{describe_error(error)} The tables are described in docs/tables.md, or ask `describe documents`."
            ) from error


def list_rejected(
    warehouse: Path,
    *,
    reason: str | None = None,
    stage: str | None = None,
    source: str | None = None,
    by: Literal["reason", "stage", "source"] | None = None,
) -> Rows:
    """The present state of every record that is not in `documents`; with `by`, their number by one of these.

    Records whose source is not known are those of the source `unknown`. What runs turned away that did not publish is told too.
    """
    values = {"reason": reason, "stage": stage, "source": source}
    with open_rejections(warehouse, Companions(warehouse).runs) as connection:
        if by is None:
            cursor = connection.execute(read_sql("report/rejected"), values)
        else:
            cursor = connection.execute(read_sql("report/rejected_by"), {**values, "by": by})
        columns = [by if column[0] == "value" and by else column[0] for column in cursor.description or ()]
        return columns, cursor.fetchall()
