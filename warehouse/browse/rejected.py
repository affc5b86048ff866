"""`revue rejected`: the records that are not in `documents`, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from warehouse.browse.query import Rows
from warehouse.store import read_sql

if TYPE_CHECKING:
    import duckdb


def list_rejected(
    connection: duckdb.DuckDBPyConnection,
    *,
    reason: str | None = None,
    stage: str | None = None,
    source: str | None = None,
    by: Literal["reason", "stage", "source"] | None = None,
) -> Rows:
    """List every record that is not in `documents`; with `by`, count them by reason, stage or source.

    `connection` has the present `rejections`, as `tasks.runtime.history.open_rejections` opens them. A record whose
    source is not known has the source `unknown`.
    """
    values = {"reason": reason, "stage": stage, "source": source}
    if by is None:
        cursor = connection.execute(read_sql("warehouse.browse", "sql/rejected"), values)
    else:
        cursor = connection.execute(read_sql("warehouse.browse", "sql/rejected_by"), {**values, "by": by})
    columns = [by if column[0] == "value" and by else column[0] for column in cursor.description or ()]
    return columns, cursor.fetchall()
