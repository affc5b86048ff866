"""What a validation found, as rows of the table `checks`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from expectations.batches import Batch
from expectations.checks import KEPT_ROWS, Scope, Severity
from expectations.measures import Measured
from warehouse.store import describe_error

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.expectations import Expectation

_SHOWN_CHARACTERS = 160  # of the row that a failing check gives as an example


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One expectation's result in one run, for one source or for all: a row of `checks`.

    `value` is the value measured, or the number of rows that fail; `low` and `high` are the values that pass, both
    included; `failing_ids` are at most 100 ids of failing rows; `sentence` says of a check that failed how many rows do
    and what the first is.
    """

    run_id: str
    suite: str
    check_name: str
    source_id: str
    severity: Severity
    scope: Scope
    success: bool
    value: float | None
    low: float | None
    high: float | None
    count_unexpected: int
    failing_ids: list[str]
    sentence: str
    checked_at: datetime


def read_results(
    batch: Batch,
    validated: Sequence[ExpectationValidationResult],
    measured: Sequence[Measured],
    *,
    run_id: str,
    checked_at: datetime,
) -> list[CheckResult]:
    """One result for each check declared in a batch, for a measure one for each source measured.

    `validated` is what GX says of each expectation, `measured` the rows of a measure. An expectation that raised or
    that GX says nothing of makes its check a critical failure with the error in its sentence.
    """
    found: list[CheckResult] = []
    for name, declared in _by_name(batch.suite.expectations).items():
        outcomes = [outcome for outcome in validated if _check_name(outcome) == name]
        error = _error(outcomes) if len(outcomes) == len(declared) else "Great Expectations did not evaluate it"
        row = _Row(batch, declared[0], run_id=run_id, checked_at=checked_at)
        if error:
            found.append(row.unevaluated(error))
        elif batch.measure is not None:
            found += [row.measured(one) for one in measured] or [row.passed_unmeasured()]
        else:
            found.append(row.counted(outcomes))
    return found


def read_failure(batch: Batch, error: str, *, run_id: str, checked_at: datetime) -> list[CheckResult]:
    """A critical failure for each check declared in a batch that could not be evaluated at all."""
    return [
        _Row(batch, declared[0], run_id=run_id, checked_at=checked_at).unevaluated(error)
        for declared in _by_name(batch.suite.expectations).values()
    ]


class _Row:
    """What all results of one check have in common, and the ways one can turn out."""

    def __init__(self, batch: Batch, declared: Expectation, *, run_id: str, checked_at: datetime) -> None:
        meta: dict[str, Any] = declared.meta or {}
        self._sentence: str = meta["sentence"]
        self._said: dict[str, Any] = {
            "run_id": run_id,
            "suite": batch.suite.name.split(".")[0],
            "check_name": meta["check_name"],
            "scope": meta["scope"],
            "severity": declared.severity.value,
            "low": meta["low"],
            "high": meta["high"],
            "sentence": self._sentence,
            "checked_at": checked_at,
        }

    def counted(self, outcomes: Sequence[ExpectationValidationResult]) -> CheckResult:
        """Offending rows, or a count held against bounds."""
        success = all(bool(outcome.success) for outcome in outcomes)
        count = sum(_count_unexpected(outcome) for outcome in outcomes)
        observed = [outcome.result["observed_value"] for outcome in outcomes if "observed_value" in outcome.result]
        ids = sorted({identity for outcome in outcomes for identity in _failing_ids(outcome.result)})
        said = dict(self._said)
        if not success and (example := _first_detail(outcomes) or next(iter(ids), "")):
            said["sentence"] = f"{self._sentence} Failing: {count:,}, such as {_clean(example)}."
        return CheckResult(
            **said, source_id="", success=success, value=float(observed[0] if observed else count),
            count_unexpected=count, failing_ids=ids[:KEPT_ROWS],
        )  # fmt: skip

    def measured(self, one: Measured) -> CheckResult:
        """One source's value; a missing one fails. What is wrong with it is said of the source, where the check can."""
        said = {**self._said, "low": one.low, "high": one.high}
        if one.detail and not one.is_within:
            said["sentence"] = one.detail
        return CheckResult(
            **said, source_id=one.source_id, success=one.is_within, value=one.value,
            count_unexpected=int(not one.is_within), failing_ids=[] if one.is_within else [one.source_id],
        )  # fmt: skip

    def passed_unmeasured(self) -> CheckResult:
        """Too little to measure: no value, and nothing to object to."""
        return CheckResult(**self._said, source_id="", success=True, value=None, count_unexpected=0, failing_ids=[])

    def unevaluated(self, error: str) -> CheckResult:
        said = {
            **self._said,
            "severity": "critical",
            "sentence": f"{self._sentence} It could not be evaluated: {describe_error(error)}",
        }
        return CheckResult(**said, source_id="", success=False, value=None, count_unexpected=0, failing_ids=[])


def _check_name(outcome: ExpectationValidationResult) -> str:
    config = outcome.expectation_config
    return str(config.meta["check_name"]) if config is not None and config.meta else ""


def _by_name(expectations: Iterable[Expectation]) -> dict[str, list[Expectation]]:
    """The expectations that make up each check, `between` and `not null` together."""
    declared: dict[str, list[Expectation]] = {}
    for expectation in expectations:
        declared.setdefault((expectation.meta or {})["check_name"], []).append(expectation)
    return declared


def _count_unexpected(outcome: ExpectationValidationResult) -> int:
    result = outcome.result
    if "unexpected_count" in result:
        return int(result["unexpected_count"] or 0)  # none at all on an empty table
    if "details" in result:
        return int(result["observed_value"])
    return int(not outcome.success)


def _failing_ids(result: dict[str, Any]) -> list[str]:
    """The first column of the rows that failed; of values several columns make up, GX gives those alone."""
    rows = (
        result.get("unexpected_index_list")
        or result.get("details", {}).get("unexpected_rows")
        or [value for value in result.get("unexpected_list", []) if isinstance(value, dict)]
    )
    firsts = [next(iter(row.values())) for row in rows]
    return [str(first) for first in firsts if first is not None]


def _first_detail(outcomes: Iterable[ExpectationValidationResult]) -> str:
    """What a check in SQL says of the first row that fails, else ''."""
    for outcome in outcomes:
        for row in outcome.result.get("details", {}).get("unexpected_rows", []):
            return str(row.get("detail") or "")
    return ""


def _clean(text: str) -> str:
    """A piece of a page on one line, without what a terminal would obey."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return textwrap.shorten(printable, _SHOWN_CHARACTERS, placeholder=" …").rstrip(".")


def _error(outcomes: Iterable[ExpectationValidationResult]) -> str:
    """The first error raised while evaluating, else ''. GX gives one, or one for each metric."""
    for outcome in outcomes:
        raised = outcome.exception_info or {}
        for info in (raised, *(part for part in raised.values() if isinstance(part, dict))):
            if info.get("raised_exception"):
                return str(info.get("exception_message") or "unknown error")
    return ""
