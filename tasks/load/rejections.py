"""Rejections in the candidate, brought up to date by the steps that reject documents there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from warehouse.store import run_sql

if TYPE_CHECKING:
    import duckdb


def record_rejections(
    connection: duckdb.DuckDBPyConnection, *, run_id: str, recipe: str, rejected_at: datetime
) -> None:
    """Write the records of `scratch.rejected_records` to `rejections`, and remove those of `scratch.reread_places`.

    Both tables, and `scratch.earlier_attempts`, are as `prepare.sql` makes them. A record that is in both stays.
    """
    values = {"run_id": run_id, "recipe": recipe, "rejected_at": rejected_at}
    run_sql(connection, "tasks.load", "reject", values)
