"""repetition: in what share of a source's documents each line stands, this run's and those the warehouse remembers."""

from __future__ import annotations

from pathlib import Path

from warehouse.store import attach, connect, read_table_sql, run_sql, view_parquet


def count_repetition(
    base: Path | None, line_files: list[Path], fate_file: Path, repeated_file: Path, *, least_documents: int
) -> int:
    """Write the lines that stand in more than one document of their source to `repeated_file` (source_key, line_key, share).

    `line_files` hold this run's lines, one row per document and distinct line; `fate_file` says which of the documents
    are new. Sources of fewer than `least_documents` documents are left out: two pages that share a sentence prove
    nothing. Returns the number of lines written.
    """
    connection = connect()
    try:
        view_parquet(connection, "incoming_lines", line_files)
        view_parquet(connection, "fates", [fate_file])
        if base is not None:
            attach(connection, base, "published")
            connection.execute("create temp view known_counts as select * from published.line_counts")
        else:
            connection.execute(read_table_sql("line_counts"))
            connection.execute("create temp view known_counts as select * from line_counts")
        run_sql(connection, "tasks.repetition", "repetition", {"least_documents": least_documents})
        connection.execute("copy repeated_lines to $file (format parquet)", {"file": str(repeated_file)})
        row = connection.execute("select count(*) from repeated_lines").fetchone()
        return int(row[0]) if row else 0
    finally:
        connection.close()
