"""screen: turn away the documents of the candidate that fail a check of their own, before anything is counted across documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from tasks.load import delete_documents
from warehouse.errors import UsageError
from warehouse.store import describe_error, run_sql

if TYPE_CHECKING:
    import duckdb


class DocumentCheck(Protocol):
    """A check that fails documents: its name, its sentence, and the SQL that returns their `doc_id`."""

    @property
    def name(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def sql(self) -> str: ...


def screen_documents(
    connection: duckdb.DuckDBPyConnection,
    checks: Sequence[DocumentCheck],
    *,
    run_id: str,
    recipe: str,
    screened_at: datetime,
) -> dict[str, int]:
    """Move the documents that fail a critical check to `rejections`, as quarantined under the first check they fail.

    Returns the number of documents turned away by each check.
    """
    connection.execute("set variable run_id = $run_id", {"run_id": run_id})
    connection.execute("create or replace temp table failing (doc_id text primary key, check_name text, sentence text)")
    for check in checks:
        if check.severity == "critical":
            query = f"insert into failing select distinct doc_id, ?, ? from ({check.sql}) on conflict do nothing"
            try:
                connection.execute(query, [check.name, check.sentence])
            except Exception as error:  # the SQL may be the user's
                message = describe_error(error)
                raise UsageError(
                    f"The check {check.name} cannot be run: {message} Mend its SQL file, then run again."
                ) from error
    counts: dict[str, int] = dict(
        connection.execute("select check_name, count(*) from failing group by all").fetchall()
    )
    if counts:
        values: dict[str, Any] = {"run_id": run_id, "recipe": recipe, "rejected_at": screened_at}
        run_sql(connection, "steps/screen", values)
        delete_documents(connection, "failing")
        run_sql(connection, "steps/reject", values)
    return counts
