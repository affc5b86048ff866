"""What a suite is made of: expectations on tables, checks in SQL, measures within bounds.

Great Expectations validates one suite against one batch of rows. A suite of revue is therefore several of GX's:
`counts` on the table `documents`, which also carries the checks in SQL, `counts.NAME` on each further table or measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from expectations.checks import NONE_OFFENDING, Bounds, Check, Scope, Severity
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations import Expectation

BoundsByCheck = Mapping[tuple[str, str], Bounds]

# The column that names a row of each table an expectation is declared on.
ID_COLUMNS = {"documents": "doc_id", "sources": "source_id"}
MAIN_TABLE = "documents"


@dataclass(frozen=True, slots=True)
class Batch:
    """One GX suite and the rows it is validated on: a table of the warehouse, or what a measure returns."""

    asset: str
    id_column: str
    suite: ExpectationSuite
    measure: Check | None = None


def expect(
    expectation: type[Expectation],
    name: str,
    *,
    severity: Severity,
    scope: Scope,
    sentence: str,
    bounds: Bounds = NONE_OFFENDING,
    **arguments: Any,
) -> Expectation:
    """A GX expectation that carries what revue says of a check: its name, scope, sentence and bounds."""
    from great_expectations.expectations.metadata_types import FailureSeverity

    return expectation(
        severity=FailureSeverity(severity),
        # GX writes descriptions into its pages as they are, and fills in $words.
        description=escape(sentence).replace("$", "&#36;"),
        meta={
            "check_name": name,
            "scope": scope,
            "sentence": sentence,
            "low": bounds.low,
            "high": bounds.high,
            "reason": bounds.reason,
        },
        **arguments,
    )


def build_suite(
    name: str, tables: Mapping[str, Sequence[Expectation]], checks: Sequence[Check], bounds: BoundsByCheck
) -> list[Batch]:
    """The batches of a suite: `tables` are its expectations by table, `checks` those it has in SQL.

    Raises `UsageError` when a measure has no bounds.
    """
    from great_expectations import ExpectationSuite

    expectations = {MAIN_TABLE: [], **{table: list(declared) for table, declared in tables.items()}}
    expectations[MAIN_TABLE] += [expect_rows(check, bounds) for check in checks if check.form == "rows"]
    batches = [
        Batch(table, ID_COLUMNS[table], ExpectationSuite(name=_suite_name(name, table), expectations=declared))
        for table, declared in expectations.items()
    ]
    for check in checks:
        if check.form == "measure":
            suite = ExpectationSuite(name=_suite_name(name, check.name), expectations=expect_measure(check, bounds))
            batches.append(Batch(measure_table(check), "source_id", suite, check))
    return batches


def expect_rows(check: Check, bounds: BoundsByCheck) -> Expectation:
    """The expectation of a check that returns offending rows."""
    from expectations.engine import ExpectFewOffendingRows, offending_rows_query

    allowed = bounds.get((check.suite, check.name), NONE_OFFENDING)
    return expect(
        ExpectFewOffendingRows,
        check.name,
        severity=check.severity,
        scope=check.scope,
        sentence=check.sentence,
        bounds=allowed,
        unexpected_rows_query=offending_rows_query(check.sql),
        most=allowed.high or 0,
    )


def expect_measure(check: Check, bounds: BoundsByCheck) -> list[Expectation]:
    """The expectations of a measure: each value within the bounds beside it, and none missing, which would pass."""
    from great_expectations import expectations as gx

    allowed = bounds.get((check.suite, check.name))
    if allowed is None:
        raise UsageError(
            f"The measure {check.name} has no bounds. Add a table [{check.suite}.{check.name}] with low or high "
            "to thresholds.toml beside it."
        )
    said: dict[str, Any] = {
        "severity": check.severity, "scope": check.scope, "sentence": check.sentence, "bounds": allowed
    }  # fmt: skip
    return [
        *(
            expect(
                gx.ExpectColumnPairValuesAToBeGreaterThanB, check.name, **said,
                column_A=larger, column_B=smaller, or_equal=True, ignore_row_if="either_value_is_missing",
            )
            for larger, smaller in (("value", "low"), ("high", "value"))
        ),
        expect(gx.ExpectColumnValuesToNotBeNull, check.name, **said, column="value"),
    ]  # fmt: skip


def measure_table(check: Check) -> str:
    """The temporary table a measure's rows are put in, so that its query runs once."""
    return f"measure_{check.suite}_{check.name}"


def _suite_name(suite: str, part: str) -> str:
    return suite if part == MAIN_TABLE else f"{suite}.{part}"
