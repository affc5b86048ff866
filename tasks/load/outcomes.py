"""What became of every record of a run, counted in the candidate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.runtime.manifest import Manifest
from warehouse.errors import RevueError
from warehouse.rows import Run
from warehouse.store import read_sql
from warehouse.wording import choose_verb, count_noun

if TYPE_CHECKING:
    import duckdb


def count_outcomes(connection: duckdb.DuckDBPyConnection, run: Run, manifest: Manifest) -> Run:
    """The run with what became of every record it read, once versions are resolved.

    Raises `RevueError` when a record is unaccounted for.
    """
    counts = dict(connection.execute(read_sql("tasks.load", "outcomes"), {"run_id": run.run_id}).fetchall())
    if lost := counts.pop("lost", 0):
        raise RevueError(
            f"{count_noun(lost, 'record')} {choose_verb(lost, 'is', 'are')} unaccounted for, so nothing was published. Run the same command again, and report this."
        )
    counts["unchanged"] = counts.get("unchanged", 0) + manifest.count_unchanged
    return replace(
        run, count_read=sum(counts.values()), **{f"count_{outcome}": count for outcome, count in counts.items()}
    )
