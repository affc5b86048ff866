"""`revue export`: the tables of a warehouse as files for other programs.

Rows are read without access to files, as `revue query` reads them, and written here: a view of a hostile warehouse reads nothing.
A folder appears whole or not at all; an earlier export in it is replaced.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from warehouse.browse.export_formats import CATALOG, write_csv, write_json, write_lake, write_months, write_parquet
from warehouse.browse.limits import open_limited
from warehouse.errors import UsageError
from warehouse.store import TABLES, list_views, locate_lake, quote_name, read_schema_version, revue_version

if TYPE_CHECKING:
    import duckdb

Format = Literal["parquet", "csv", "json", "lake", "months"]
FORMATS: tuple[str, ...] = get_args(Format)
_WRITERS = {"parquet": write_parquet, "csv": write_csv, "json": write_json, "lake": write_lake, "months": write_months}
# Hashes that revue itself needs, and no reader.
_INTERNAL = ("bands", "line_counts")
_MANIFEST = "export.json"
_LONGEST_SECONDS = 24 * 3600.0


def export(
    warehouse: Path, target: Path, format_: Format, *, tables: Sequence[str] = (), progress: Callable[[str], None]
) -> dict[str, int]:
    """Write tables (by default all that readers need), or views, to the folder `target`; returns their numbers of rows.

    Raises `UsageError` for an unknown table, and when `target` holds anything but an earlier export.
    """
    chosen = _choose_tables(tables)
    if target.exists() and not (target.is_dir() and ((target / _MANIFEST).is_file() or not any(target.iterdir()))):
        raise UsageError(f"{target} exists and is no earlier export. Remove it, or name another folder with --output.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        with open_limited(warehouse, seconds=_LONGEST_SECONDS) as connection:
            counts = {}
            for table in chosen:
                if not _is_there(connection, table):  # in a warehouse of an earlier schema
                    continue
                progress(table)
                counts[table] = _WRITERS[format_](connection, table, unfinished)
            manifest = {
                "format": format_, "revue_version": revue_version(), "schema_version": read_schema_version(connection),
                "exported_at": datetime.now(UTC).isoformat(timespec="seconds"), "count_rows": counts,
            }  # fmt: skip
        (unfinished / _MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        unfinished.rename(target)
        if format_ == "lake":
            locate_lake(target / CATALOG)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return counts


def _choose_tables(tables: Sequence[str]) -> list[str]:
    known = [*TABLES, *list_views()]
    for name in tables:
        if name not in known:
            raise UsageError(f"There is no table {name}. Tables and views are: {', '.join(sorted(known))}.")
    return list(dict.fromkeys(tables)) or [table for table in TABLES if table not in _INTERNAL]


def _is_there(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    row = connection.execute("select 1 from information_schema.tables where table_name = ?", [table]).fetchone()
    return row is not None and bool(connection.execute(f"describe {quote_name(table)}").fetchone())
