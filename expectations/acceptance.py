"""Acceptances: a critical failure that a person takes responsibility for does not stop a run; who, when and why is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from expectations.results import CheckResult


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The checks whose failures are accepted in one run, by whom, when and why."""

    checks: tuple[str, ...]
    by: str
    at: datetime
    because: str

    def covers(self, result: CheckResult) -> bool:
        """Whether a result is a failure that is accepted."""
        return not result.success and result.check_name in self.checks


def list_blocking(results: Sequence[CheckResult], acceptance: Acceptance | None) -> list[CheckResult]:
    """The critical failures that nobody accepted."""
    return [
        result
        for result in results
        if not result.success
        and result.severity == "critical"
        and not (acceptance is not None and acceptance.covers(result))
    ]


def check_rows(results: Sequence[CheckResult], acceptance: Acceptance | None) -> list[dict[str, Any]]:
    """Results as rows of `checks`; accepted failures with who accepted them, when and why."""
    rows = []
    for result in results:
        row = asdict(result)
        if acceptance is not None and acceptance.covers(result):
            row |= {
                "accepted_by": acceptance.by, "accepted_at": acceptance.at, "accepted_because": acceptance.because,
            }  # fmt: skip
        rows.append(row)
    return rows
