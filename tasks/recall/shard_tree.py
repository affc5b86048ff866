"""A tree of shard folders written from queries on the warehouse, one pass over it for each table."""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.runtime.run_folder import RunFolder
from tasks.runtime.shards import shard_key
from warehouse.store import run_sql

if TYPE_CHECKING:
    import duckdb
    import pyarrow

_BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class ShardTable:
    """One table of every shard: its schema, the query for its rows, with `shard_no` and ordered by it, and what makes them of these.

    A table without a query has no rows.
    """

    schema: pyarrow.Schema
    query: str = ""
    make: Callable[[pyarrow.Table], pyarrow.Table] = lambda table: table


def write_tree(
    connection: duckdb.DuckDBPyConnection,
    folder: RunFolder,
    step: str,
    tables: Mapping[str, ShardTable],
    *,
    is_stripped_again: bool,
    shard_bytes: int,
) -> list[Path]:
    """Write the documents of `scratch.recalled` that are, or are not, stripped again; returns the folders of their shards.

    The tree of a killed run over the same documents is taken over. Names of shard folders are keys of what is in them.
    """
    run_sql(connection, "tasks.recall", "shards", {"is_stripped_again": is_stripped_again, "shard_bytes": shard_bytes})
    key = _hash_recalled(connection, step, shard_bytes)
    if key is None:
        return []
    target = folder.shard(step, key)
    if not target.is_dir():
        unfinished = target.with_name(f"{key}.{uuid.uuid4().hex[:8]}.unfinished")
        for name, table in tables.items():
            _write_table(connection, unfinished, key, name, table)
        shutil.rmtree(target, ignore_errors=True)
        unfinished.rename(target)
    return sorted(target.iterdir())


def _hash_recalled(connection: duckdb.DuckDBPyConnection, step: str, shard_bytes: int) -> str | None:
    """A key of the documents of `scratch.recalled_shards` and of the runs that made them; None when there are none."""
    rows = connection.execute(
        "select doc_id, run_id, recipe_strip from scratch.recalled semi join scratch.recalled_shards using (doc_id) order by doc_id"
    ).fetchall()
    if not rows:
        return None
    digest = hashlib.sha256()
    for row in rows:
        digest.update(" ".join(row).encode())
    return shard_key(step, digest.hexdigest(), shard_bytes)


def _write_table(connection: duckdb.DuckDBPyConnection, tree: Path, key: str, name: str, table: ShardTable) -> None:
    from pyarrow import parquet

    numbers = {
        number for (number,) in connection.execute("select distinct shard_no from scratch.recalled_shards").fetchall()
    }
    for number, rows in _group(connection, table.query) if table.query else ():
        _write(tree / f"{key}-{number:05}", name, _conform(table.make(rows), table.schema), parquet)
        numbers.discard(number)
    for number in numbers:
        _write(tree / f"{key}-{number:05}", name, table.schema.empty_table(), parquet)


def _write(folder: Path, name: str, rows: pyarrow.Table, parquet: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    parquet.write_table(rows, folder / f"{name}.parquet", compression="zstd")


def _group(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[int, pyarrow.Table]]:
    """The rows of a query that is ordered by `shard_no`, shard by shard; memory holds one shard at a time."""
    import pyarrow
    from pyarrow import compute

    batches: list[pyarrow.RecordBatch] = []
    current: int | None = None
    for batch in connection.execute(query).to_arrow_reader(_BATCH_ROWS):
        numbers = batch.column("shard_no")
        for number in compute.unique(numbers).to_pylist():
            part = batch.filter(compute.equal(numbers, number))
            if current is not None and number != current:
                yield current, pyarrow.Table.from_batches(batches)
                batches = []
            current = number
            batches.append(part)
    if current is not None:
        yield current, pyarrow.Table.from_batches(batches)


def _conform(table: pyarrow.Table, schema: pyarrow.Schema) -> pyarrow.Table:
    """The columns of a schema; one that the published file, of an earlier version, does not have is null."""
    import pyarrow

    columns = [
        table.column(field.name).cast(field.type)
        if field.name in table.column_names
        else pyarrow.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pyarrow.Table.from_arrays(columns, schema=schema)
