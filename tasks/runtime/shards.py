"""Files between the steps of a run: a folder of Parquet files per shard and step, or one file for the whole run."""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.rows import Rejection
from warehouse.store import arrow_schema

if TYPE_CHECKING:
    import pyarrow


_SHARDS_A_WORKER = 4
_LEAST_SHARD_BYTES = 30_000  # some ten pages: the files of a shard cost as much as a page


@dataclass(frozen=True, slots=True)
class RunFile:
    """A Parquet file that one step writes for the whole run, and the key of its rows.

    Shards whose outcome depends on the file have this key in their own.
    """

    path: Path
    key: str


def write_shard(
    folder: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]], schemas: Mapping[str, pyarrow.Schema] | None = None
) -> None:
    """Write a shard's rows, one Parquet file per table, so that the folder appears whole or not at all.

    A table without rows gets a file too, so that readers need no special case. The schema of a table is that of the
    warehouse's table of this name unless `schemas` gives another.
    """
    import pyarrow
    from pyarrow import parquet

    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.unfinished")
    unfinished.mkdir()
    for name, rows in tables.items():
        schema = (schemas or {}).get(name) or arrow_schema(name)
        parquet.write_table(
            pyarrow.Table.from_pylist([dict(row) for row in rows], schema=schema),
            unfinished / f"{name}.parquet",
            compression="zstd",
        )
    if folder.exists():
        shutil.rmtree(folder)
    unfinished.rename(folder)


def read_shard(folder: Path, table: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The rows of one table of a shard."""
    from pyarrow import parquet

    rows: list[dict[str, Any]] = parquet.read_table(
        folder / f"{table}.parquet", columns=list(columns) if columns else None
    ).to_pylist()
    return rows


def fit_shard_bytes(count_bytes: int, *, most: int, workers: int) -> int:
    """The size of a shard of so many bytes: `most`, or less where each worker would get fewer than four shards.

    It is halved, so that the same inputs, or some more, give the same shards again: a run that was stopped continues with them.
    """
    size = most
    while count_bytes < size * _SHARDS_A_WORKER * workers and size // 2 >= _LEAST_SHARD_BYTES:
        size //= 2
    return size


def count_rows(folder: Path, table: str) -> int:
    """The number of rows of one table of a shard."""
    from pyarrow import parquet

    return int(parquet.read_metadata(folder / f"{table}.parquet").num_rows)


def list_shard_files(folders: Sequence[Path], table: str) -> list[Path]:
    """The Parquet files of one table over several shards, in order."""
    return [folder / f"{table}.parquet" for folder in folders]


def shard_key(*parts: object) -> str:
    """A short name for a shard's outcome, made of everything it depends on."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:24]


def rows_key(file: Path) -> str:
    """A hash of the rows of a Parquet file, whatever their order."""
    from pyarrow import parquet

    table = parquet.read_table(file)
    ordered = table.sort_by([(name, "ascending") for name in table.column_names]) if table.num_rows else table
    digest = hashlib.sha256()
    for row in ordered.to_pylist():
        digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def rejection_row(item: Rejection) -> Mapping[str, Any]:
    """A rejection as a row of the shard table `rejected`."""
    return asdict(item) | {"doc_id": item.doc_id or ""}


@cache
def rejection_schema() -> pyarrow.Schema:
    """The columns of the shard table `rejected`."""
    import pyarrow

    text = pyarrow.string()
    names = ("uri", "stage", "reason", "detail", "doc_id", "source_id", "outcome")
    return pyarrow.schema({name: text for name in names} | {"record_no": pyarrow.int32()})
