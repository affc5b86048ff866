"""screen: quarantine the documents of the candidate that fail a check, before anything is counted across documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from expectations.checks import Check
from tasks.load import delete_documents, record_rejections
from warehouse.errors import UsageError
from warehouse.store import DOCUMENT_TABLES, describe_error, quote_name, run_sql

if TYPE_CHECKING:
    import duckdb


def screen_documents(
    connection: duckdb.DuckDBPyConnection,
    checks: Sequence[Check],
    *,
    run_id: str,
    recipe: str,
    screened_at: datetime,
) -> dict[str, int]:
    """Move the documents that fail a critical check to `rejections`, as quarantined under the first check they fail.

    A local check that an earlier run has applied reads the documents of this run alone. A new check, and one that compares
    documents, reads them all. `connection` has a scratch database attached, with the `earlier_attempts` that load made.
    Returns the number of documents quarantined by each check. Raises `UsageError` when a check cannot be run.
    """
    connection.execute("set variable run_id = $run_id", {"run_id": run_id})
    connection.execute(
        "create or replace table scratch.failing_documents (doc_id text primary key, check_name text, sentence text)"
    )
    known = {name for (name,) in connection.execute(_KNOWN).fetchall()}
    critical = [check for check in checks if check.severity == "critical"]
    with _limited_to_run(connection):
        for check in critical:
            if check.is_local and check.name in known:
                _find_failing(connection, check)
    for check in critical:
        if not (check.is_local and check.name in known):
            _find_failing(connection, check)
    counts: dict[str, int] = dict(
        connection.execute("select check_name, count(*) from scratch.failing_documents group by all").fetchall()
    )
    if counts:
        run_sql(connection, "tasks.screen", "screen")
        delete_documents(connection, "failing_documents")
        record_rejections(connection, run_id=run_id, recipe=recipe, rejected_at=screened_at)
    return counts


_KNOWN = "select distinct check_name from checks join runs using (run_id) where runs.state = 'published'"


@contextmanager
def _limited_to_run(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Put a view over every table about documents that holds the rows of the run's documents alone: most checks are faster so."""
    database = quote_name(connection.execute("select current_database()").fetchall()[0][0])
    in_run = f"select doc_id from {database}.main.documents where run_id = getvariable('run_id')"
    for table in DOCUMENT_TABLES:
        connection.execute(
            f"create temp view {table} as select * from {database}.main.{table} where doc_id in ({in_run})"
        )
    try:
        yield
    finally:
        for table in DOCUMENT_TABLES:
            connection.execute(f"drop view temp.{table}")


def _find_failing(connection: duckdb.DuckDBPyConnection, check: Check) -> None:
    """Record the documents that fail a check, with its sentence and what its query says of each one."""
    query = f"""
        with nothing as (select null::text as doc_id, null::text as detail where false),
        faults as (select doc_id, detail from nothing union all by name ({check.sql}))
        insert into scratch.failing_documents
        select doc_id, $name, concat_ws(' ', $sentence, upper(left(min(detail), 1)) || substr(min(detail), 2) || '.')
        from faults
        group by doc_id
        on conflict do nothing
    """
    try:
        connection.execute(query, {"name": check.name, "sentence": check.sentence})
    except Exception as error:  # the SQL may be the user's
        raise UsageError(
            f"The check {check.name} cannot be run: {describe_error(error)} Mend its SQL file, then run again."
        ) from error
