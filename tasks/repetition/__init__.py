"""repetition: in what share of a source's documents each line stands, over this run and the earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from warehouse.store import attach, connect, read_query, read_table_sql, view_parquet


def count_repetition(
    base: Path | None, line_files: Sequence[Path], record_status: Path, target: Path, *, least_documents: int
) -> None:
    """Write the lines that stand in more than one document of their source to the Parquet file `target`.

    Its columns are source_key, line_key and share (0 to 1). `line_files` hold this run's lines, one row per document and
    distinct line; `record_status` is the file in which identify wrote which documents are fresh. Sources of fewer than
    `least_documents` documents are left out: a sentence that two pages share is no evidence of page boilerplate.
    """
    with connect() as connection:
        view_parquet(connection, "incoming_lines", line_files)
        view_parquet(connection, "record_status", [record_status])
        if base is not None:
            attach(connection, base, "published")
        else:
            connection.execute(read_table_sql("line_counts"))
        origin = "published.line_counts" if base is not None else "line_counts"
        connection.execute(f"create temp view known_counts as select * from {origin}")
        connection.execute(
            f"copy ({read_query('tasks.repetition', 'repetition')}) to $file (format parquet)",
            {"file": str(target), "least_documents": least_documents},
        )
