"""Validation: every suite on one DuckDB file, exactly what would be published."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.batches import Batch, build_batches
from expectations.bounds import Bounds, BoundsByCheck, read_all_bounds
from expectations.measures import list_measured, measure
from expectations.prepared import prepare_checks
from expectations.results import CheckResult, read_failure, read_results

if TYPE_CHECKING:
    import duckdb
    from great_expectations import RunIdentifier
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.data_context import EphemeralDataContext

__all__ = ["CheckResult", "validate"]

# What the pairs of v_disagreements took at 100,000 generated documents with eight statements each; 2 GB were too few.
_MOST_MEMORY_BYTES = 4_000_000_000


def validate(
    candidate: Path,
    *,
    run_id: str,
    checked_at: datetime,
    ruled_languages: Sequence[str],
    docs: Path | None = None,
    checks_folder: Path | None = None,
    bounds: Mapping[tuple[str, str], Bounds] | None = None,
) -> list[CheckResult]:
    """Run every suite on the warehouse file `candidate`, opened read-only and closed again, nothing else touched.

    `run_id` is the run being checked, `checked_at` the moment written into every result, `ruled_languages` the codes of
    the languages with rules for dates, figures, quotes and roles. With `docs`, Great Expectations' Data Docs are written
    into that folder. `checks_folder` holds the user's own checks and a `thresholds.toml` for these, or for revue's own;
    `bounds` overrides both.

    Every check declared has a result: one that could not be evaluated is a critical failure with the error in its
    sentence. Raises `UsageError` when a user's check or threshold cannot be read, `RevueError` when a page of the Data
    Docs is missing.
    """
    from warehouse.store import connect

    allowed = {**read_all_bounds(checks_folder), **(bounds or {})}
    batches = build_batches(checks_folder, allowed)
    connection = connect(candidate, read_only=True)
    try:
        connection.execute("set enable_external_access = false")
        connection.execute(f"set memory_limit = '{_choose_memory_bytes() // 1_000_000}MB'")
        prepare_checks(connection, run_id, allowed, ruled_languages)
        return _run(connection, batches, allowed, run_id=run_id, checked_at=checked_at, docs=docs)
    finally:
        connection.close()


def _choose_memory_bytes() -> int:
    """The memory the checks may use; beyond it DuckDB sorts and joins on disk, beside the file it reads."""
    return min(_MOST_MEMORY_BYTES, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)


def list_names(checks_folder: Path | None) -> set[str]:
    """The names of all checks, the user's among them. Raises `UsageError` when one of these cannot be read."""
    batches = build_batches(checks_folder, read_all_bounds(checks_folder))
    return {(expectation.meta or {})["check_name"] for batch in batches for expectation in batch.suite.expectations}


def _run(
    connection: duckdb.DuckDBPyConnection,
    batches: Sequence[Batch],
    bounds: BoundsByCheck,
    *,
    run_id: str,
    checked_at: datetime,
    docs: Path | None,
) -> list[CheckResult]:
    from great_expectations import RunIdentifier

    from expectations.data_docs import SuiteOutcome, write_site
    from expectations.engine import open_context

    # Measures first: their tables must be there before GX opens its transaction on the connection.
    errors = {batch.asset: _measure(connection, batch, bounds) for batch in batches}
    context = open_context(connection)
    # GX parses the name of a run as a date for the titles of its pages: "20261125T083217-6012" raises there, and the page is lost.
    run = RunIdentifier(run_name=f"run_{run_id}", run_time=checked_at.astimezone(UTC))
    results: list[CheckResult] = []
    outcomes: list[SuiteOutcome] = []
    for batch in batches:
        if error := errors[batch.asset]:
            found = read_failure(batch, error, run_id=run_id, checked_at=checked_at)
        else:
            validated = _validate_batch(context, batch, run)
            values = [] if batch.measure is None else list_measured(connection, batch.measure)
            found = read_results(batch, validated, values, run_id=run_id, checked_at=checked_at)
        results += found
        outcomes.append(SuiteOutcome(batch.suite.name, tuple(found), is_evaluated=not error))
    if docs is not None:
        write_site(context, docs, outcomes, heading=f"Checks of run {run_id}")
    return results


def _measure(connection: duckdb.DuckDBPyConnection, batch: Batch, bounds: BoundsByCheck) -> str:
    """Put a measure's rows into its temporary table; returns the error of its query, else ''."""
    if batch.measure is None:
        return ""
    try:
        measure(connection, batch.measure, bounds[batch.measure.suite, batch.measure.name])
    except Exception as error:  # an error of one check, of any kind, is that check's result
        return str(error)
    return ""


def _validate_batch(
    context: EphemeralDataContext, batch: Batch, run: RunIdentifier
) -> list[ExpectationValidationResult]:
    """GX's result for each expectation of a batch; also kept in the context, for its Data Docs."""
    from great_expectations import ValidationDefinition

    source: Any = context.data_sources.get("warehouse")
    name = batch.suite.name
    asset = (
        source.add_table_asset(name, table_name=batch.asset)
        if batch.measure is None
        else source.add_query_asset(name, query=f"select source_id, value, low, high from {batch.asset}")
    )
    definition = ValidationDefinition(
        name=name, data=asset.add_batch_definition_whole_table("all"), suite=context.suites.add(batch.suite)
    )
    with warnings.catch_warnings():
        # SQLAlchemy has no name for DuckDB's lists; nothing here looks into one.
        warnings.filterwarnings("ignore", message="Did not recognize type 'list'")
        validated = context.validation_definitions.add(definition).run(
            run_id=run,
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": [batch.id_column]},
        )
    return list(validated.results)
