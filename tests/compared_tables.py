"""The tables of two warehouses compared: row by row without what says when a run was, or by chosen columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.store import TABLES, connect

# Columns that say when something was done; and tables of which every run adds its own rows.
_MOMENTS = {
    "read_at",
    "checked_at",
    "rejected_at",
    "first_rejected_at",
    "started_at",
    "finished_at",
    "created_at",
    "flow_run_id",
}


def read_tables(warehouse: Path) -> dict[str, list[str]]:
    """Every table without moments; a run id is replaced by the place of the run among those that published."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        published = [
            run_id
            for (run_id,) in connection.execute(
                "select run_id from runs where state = 'published' order by run_id"
            ).fetchall()
        ]
        place = {run_id: str(number) for number, run_id in enumerate(published, 1)}
        found = {}
        for (table,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall():
            cursor = connection.execute(f'select * from "{table}"')
            names = [column[0] for column in cursor.description or ()]
            rows = []
            for values in cursor.fetchall():
                row = {name: value for name, value in zip(names, values, strict=True) if name not in _MOMENTS}
                if table in ("runs", "checks") and row["run_id"] not in place:
                    continue  # a run that was killed, and one after it that found everything done
                if "run_id" in row:
                    row["run_id"] = place.get(row["run_id"], f"unpublished {row['run_id']}")
                rows.append(repr(row))
            found[table] = sorted(rows)
        return found


def list_different(expected: dict[str, list[str]], found: dict[str, list[str]]) -> list[str]:
    """The tables that differ, each with the first row that only one side has."""
    different = []
    for table in sorted(expected.keys() | found.keys()):
        lost = Counter(expected.get(table, [])) - Counter(found.get(table, []))
        more = Counter(found.get(table, [])) - Counter(expected.get(table, []))
        if lost or more:
            example = f"lost {next(iter(lost))[:300]}" if lost else f"more {next(iter(more))[:300]}"
            different.append(f"{table}: {lost.total()} lost, {more.total()} more; {example}")
    return different


def list_different_tables(one: Path, other: Path, columns: str = "*", tables: Sequence[str] = TABLES) -> set[str]:
    """The tables whose rows differ between two warehouses."""
    found = set()
    with connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(f"attach '{other}' as other (read_only)")
        for table in tables:
            sides = [f"select {columns} from {side}.{table}" for side in ("one", "other")]
            query = f"select count(*) from (({sides[0]} except all {sides[1]}) union all ({sides[1]} except all {sides[0]}))"
            if connection.execute(query).fetchone() != (0,):
                found.add(table)
    return found
