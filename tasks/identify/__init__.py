"""identify: say of every record read whether it is fresh, unchanged or a duplicate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.runtime.shards import list_shard_files
from warehouse.rows import Place
from warehouse.store import attach, connect, read_table_sql, run_sql, view_parquet

if TYPE_CHECKING:
    import duckdb

# What is known of earlier records, and from which tables: the query sees each as `known_<table>`.
KNOWN_TABLES = ("documents", "duplicates", "rejections", "lines", "runs")


def identify_records(
    base: Path | None,
    record_folders: Sequence[Path],
    fate_file: Path,
    recipes: Mapping[str, str],
    *,
    run_id: str,
    retried: Sequence[Place] = (),
) -> dict[str, int]:
    """Say of every record read whether it is fresh, unchanged or a duplicate; writes `fate_file`, returns the counts.

    Records at the places `retried` are fresh although they were turned away under these very recipes.
    """
    with connect() as connection:
        view_parquet(connection, "incoming_records", list_shard_files(record_folders, "incoming"))
        if base is not None:
            attach(connection, base, "published")
        for table in KNOWN_TABLES:
            if base is None:
                connection.execute(read_table_sql(table))
            origin = f"published.{table}" if base is not None else table
            connection.execute(f"create temp view known_{table} as select * from {origin}")
        see_retried(connection, retried)
        run_sql(connection, "tasks.identify", "identify", {"run_id": run_id, **recipes})
        connection.execute("copy fates to $file (format parquet)", {"file": str(fate_file)})
        return dict(connection.execute("select fate, count(*) from fates group by all").fetchall())


def see_retried(connection: duckdb.DuckDBPyConnection, retried: Sequence[Place]) -> None:
    connection.execute("create or replace temp table retried (uri text, record_no integer)")
    if retried:
        connection.executemany("insert into retried values (?, ?)", retried)
