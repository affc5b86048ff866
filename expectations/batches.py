"""Suites as Great Expectations validates them: each on one batch of rows.

A suite of revue is therefore several of Great Expectations': `counts` on the table `documents`, which also carries the
checks in SQL that return failing rows, `counts.NAME` on each further table or measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.bounds import NO_FAILING_ROW, Bounds, BoundsByCheck
from expectations.checks import SUITES, USER_SUITE, Check, read_checks, suite_checks
from expectations.table_checks import TableCheck, read_table_checks
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations import Expectation

# The column that names a row of each table an expectation is declared on.
ID_COLUMNS = {"documents": "doc_id", "sources": "source_id"}
MAIN_TABLE = "documents"


@dataclass(frozen=True, slots=True)
class Batch:
    """One suite of Great Expectations and the rows it is validated on: a table of the warehouse, or the rows of a measure."""

    asset: str
    id_column: str
    suite: ExpectationSuite
    measure: Check | None = None


def build_batches(checks_folder: Path | None, bounds: BoundsByCheck) -> list[Batch]:
    """The batches of every suite, the user's last.

    Raises `UsageError` when one of the user's checks cannot be read or a measure has no bounds.
    """
    import expectations.engine  # noqa: F401 (before any other import of Great Expectations: it leaves parts of it out)

    own = read_checks(checks_folder) if checks_folder is not None else []
    batches = [
        batch
        for suite in SUITES
        for batch in _build_suite(suite, read_table_checks(suite), suite_checks(suite), bounds)
    ]
    return [*batches, *(_build_suite(USER_SUITE, [], own, bounds) if own else [])]


def measure_table(check: Check) -> str:
    """The temporary table a measure's rows are put in, so that its query runs once."""
    return f"measure_{check.suite}_{check.name}"


def _build_suite(
    suite: str, table_checks: Sequence[TableCheck], checks: Sequence[Check], bounds: BoundsByCheck
) -> list[Batch]:
    from great_expectations import ExpectationSuite

    by_table: dict[str, list[Expectation]] = {MAIN_TABLE: []}
    for table_check in table_checks:
        by_table.setdefault(table_check.table, []).extend(_expect_table(table_check, bounds))
    by_table[MAIN_TABLE] += [_expect_rows(check, bounds) for check in checks if check.form == "rows"]
    batches = [
        Batch(table, ID_COLUMNS[table], ExpectationSuite(name=_suite_name(suite, table), expectations=expectations))
        for table, expectations in by_table.items()
    ]
    for check in checks:
        if check.form == "measure":
            expectations = _expect_measure(check, bounds)
            measured = ExpectationSuite(name=_suite_name(suite, check.name), expectations=expectations)
            batches.append(Batch(measure_table(check), "source_id", measured, check))
    return batches


def _suite_name(suite: str, part: str) -> str:
    return suite if part == MAIN_TABLE else f"{suite}.{part}"


def _expect(
    kind: type[Expectation], check: Check | TableCheck, sentence: str, bounds: Bounds, **arguments: Any
) -> Expectation:
    """An expectation that carries the name, scope, sentence and bounds of its check."""
    from great_expectations.expectations.metadata_types import FailureSeverity

    return kind(
        severity=FailureSeverity(check.severity),
        # Great Expectations writes descriptions into its pages as they are, and fills in $words.
        description=escape(sentence).replace("$", "&#36;"),
        meta={
            "check_name": check.name,
            "scope": check.scope,
            "sentence": sentence,
            "low": bounds.low,
            "high": bounds.high,
            "reason": bounds.reason,
        },
        **arguments,
    )


def _expect_table(check: TableCheck, bounds: BoundsByCheck) -> list[Expectation]:
    """The expectations of a check on a table."""
    from great_expectations.expectations.registry import get_expectation_impl

    allowed = bounds.get((check.suite, check.name), NO_FAILING_ROW)
    sentence = check.write_sentence(allowed)
    return [
        _expect(get_expectation_impl(arguments.pop("type")), check, sentence, check.choose_bounds(allowed), **arguments)
        for arguments in check.list_arguments(allowed)
    ]


def _expect_rows(check: Check, bounds: BoundsByCheck) -> Expectation:
    """The expectation of a check in SQL that returns failing rows."""
    from expectations.engine import ExpectFewFailingRows, failing_rows_query

    allowed = bounds.get((check.suite, check.name), NO_FAILING_ROW)
    return _expect(
        ExpectFewFailingRows, check, check.sentence, allowed,
        unexpected_rows_query=failing_rows_query(check.sql), most=allowed.high or 0,
    )  # fmt: skip


def _expect_measure(check: Check, bounds: BoundsByCheck) -> list[Expectation]:
    """The expectations of a measure: each value within the bounds beside it, and none missing, which would pass."""
    from great_expectations import expectations as gx

    allowed = bounds.get((check.suite, check.name))
    if allowed is None:
        raise UsageError(
            f"The measure {check.name} has no bounds. Add a table [{check.suite}.{check.name}] with low or high "
            "to thresholds.toml beside it."
        )
    within = [
        _expect(
            gx.ExpectColumnPairValuesAToBeGreaterThanB, check, check.sentence, allowed,
            column_A=larger, column_B=smaller, or_equal=True, ignore_row_if="either_value_is_missing",
        )
        for larger, smaller in (("value", "low"), ("high", "value"))
    ]  # fmt: skip
    return [*within, _expect(gx.ExpectColumnValuesToNotBeNull, check, check.sentence, allowed, column="value")]
