"""One writer for each format of `revue export`: each writes one table into a folder and returns its number of rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.errors import UsageError
from warehouse.store import attach_lake, connect, load_extension, quote_name, read_query

if TYPE_CHECKING:
    import duckdb
    import pyarrow

CATALOG = "catalog.ducklake"
_BATCH_ROWS = 20_000
# A spreadsheet runs a cell that begins so as a formula (OWASP, "CSV Injection").
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MOST_MONTHS = 12_000


def write_parquet(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> int:
    """Write `TABLE.parquet`."""
    from pyarrow import parquet

    reader = _read(connection, f"select * from {quote_name(table)}")
    count = 0
    with parquet.ParquetWriter(folder / f"{table}.parquet", reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def write_csv(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> int:
    """Write `TABLE.csv`: UTF-8 with a byte-order mark, by which spreadsheets know it, and no cell that runs as a formula."""
    reader = _read(connection, f"select * from {quote_name(table)}")
    count = 0
    with open(folder / f"{table}.csv", "w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(reader.schema.names)
        for row in _rows(reader):
            writer.writerow([_write_cell(value) for value in row.values()])
            count += 1
    return count


def write_json(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> int:
    """Write `TABLE.json`: one array with an object a line."""
    reader = _read(connection, f"select * from {quote_name(table)}")
    count = 0
    with open(folder / f"{table}.json", "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("[")
        for row in _rows(reader):
            text = json.dumps(row, ensure_ascii=False, default=_write_value)
            file.write(f"{',' if count else ''}\n{text}")
            count += 1
        file.write("\n]\n")
    return count


def write_months(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> int:
    """Write the folder `TABLE`, with a folder `month=YYYY-MM` of Parquet files for each month of publication.

    What belongs to no dated document is in `month=none`; a table that is not about documents is one file.
    """
    from pyarrow import dataset

    columns = {row[0] for row in connection.execute(f"describe {quote_name(table)}").fetchall()}
    is_dated = "doc_id" in columns
    query = f"select * from {quote_name(table)}"
    if is_dated:
        query = read_query("warehouse.browse", "sql/export/months").replace("{table}", quote_name(table))
    [(count,)] = connection.execute(f"select count(*) from {quote_name(table)}").fetchall()
    reader = _read(connection, query)
    dataset.write_dataset(
        reader, folder / table, format="parquet", partitioning=["month"] if is_dated else None,
        partitioning_flavor="hive" if is_dated else None, max_partitions=_MOST_MONTHS,
    )  # fmt: skip
    return int(count)


def write_lake(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> int:
    """Add the table to the DuckLake `catalog.ducklake`, whose Parquet files are in `data`. Raises `UsageError` without the extension."""
    with connect() as lake:
        if not load_extension(lake, "ducklake"):
            raise UsageError(
                "The extension ducklake is not installed in the version of duckdb. Run `pip install duckdb-extension-ducklake`, or export "
                "to `months`."
            )
        attach_lake(lake, folder / CATALOG, "lake")
        reader = _read(connection, f"select * from {quote_name(table)}")
        lake.register("incoming_rows", reader)
        lake.execute(f"create table lake.{quote_name(table)} as select * from incoming_rows")
        [(count,)] = lake.execute(f"select count(*) from lake.{quote_name(table)}").fetchall()
        lake.execute("detach lake")
    return int(count)


def _read(connection: duckdb.DuckDBPyConnection, query: str) -> pyarrow.RecordBatchReader:
    return connection.execute(query).to_arrow_reader(_BATCH_ROWS)


def _rows(reader: pyarrow.RecordBatchReader) -> Iterator[dict[str, Any]]:
    for batch in reader:
        yield from batch.to_pylist()


def _write_cell(value: Any) -> Any:
    """A value for a spreadsheet: times in ISO form, lists with semicolons, and text that cannot run with an apostrophe before it."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str):
        text = value.replace("\0", "")
        return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_SIGNS) else text
    return _write_value(value) if isinstance(value, date) else value


def _write_value(value: Any) -> str:
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
