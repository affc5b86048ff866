"""Measures: values of sources and of the whole, each beside the bounds it is held against.

A bound is a number of `thresholds.toml`, or a source's own past: where a measure has `-- bounds: usual`, a source with
enough earlier runs is held against the median of its earlier values, give or take some median absolute deviations
(`prepared/usual.sql`; how many runs and deviations: `[history]` in `thresholds.toml`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from expectations.batches import measure_table
from expectations.bounds import Bounds
from expectations.checks import Check

if TYPE_CHECKING:
    import duckdb


class Measured(NamedTuple):
    """One source's value ('' for all sources) with the bounds it is held against; `detail` is used when it lies outside."""

    source_id: str
    value: float | None
    low: float | None
    high: float | None
    detail: str | None

    @property
    def is_within(self) -> bool:
        """Whether there is a value and it passes."""
        return self.value is not None and Bounds(self.low, self.high).admit(self.value)


def measure(connection: duckdb.DuckDBPyConnection, check: Check, allowed: Bounds) -> None:
    """Put a measure's rows into its temporary table: `source_id, value, low, high, detail`.

    Raises whatever is wrong with the query, `ValueError` when it gives a source several values.
    """
    table = measure_table(check)
    connection.execute(
        f"""
        create or replace temp table {table} as
        with given as (
            select null::text as source_id, null::double as value, null::text as detail, where false
            union all by name
            select * from (\n{check.sql}\n)
        )
        select
            coalesce(given.source_id::text, '') as source_id,
            given.value::double as value,
            case when usual.is_due then usual.low else $low::double end as low,
            case when usual.is_due then usual.high else $high::double end as high,
            given.detail::text as detail,
        from given
        left join usual on $is_usual and usual.check_name = $check_name and usual.source_id = given.source_id
        """,
        {"low": allowed.low, "high": allowed.high, "is_usual": check.is_usual, "check_name": check.name},
    )
    twice = connection.execute(f"select source_id from {table} group by all having count(*) > 1").fetchone()
    if twice:
        raise ValueError(f"it gives several values for the source '{twice[0]}'")


def list_measured(connection: duckdb.DuckDBPyConnection, check: Check) -> list[Measured]:
    """The rows of a measure, by source."""
    rows = connection.execute(
        f"select source_id, value, low, high, detail from {measure_table(check)} order by all"
    ).fetchall()
    return [Measured(*row) for row in rows]
