"""Acceptances: a critical failure that a person takes responsibility for does not stop a run; who, when and why is recorded.

An acceptance holds in its run for every failure of the checks it names. In later runs, until its last day, it holds for the
rows that failed then: one that fails for the first time is not covered. A measure has no failing rows, so that the
acceptance of one holds in its run alone; so does that of more rows than `checks.failing_ids` keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from expectations.results import CheckResult
from warehouse.store import connect, fetch_rows, read_query

DEFAULT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The checks whose failures are accepted in one run, by whom, when, why, and until which day (included)."""

    checks: tuple[str, ...]
    by: str
    at: datetime
    because: str
    until: date

    def columns(self) -> dict[str, Any]:
        """What a row of `checks` says about it."""
        return _columns(self.by, self.at, self.because, self.until)


@dataclass(frozen=True, slots=True)
class EarlierAcceptance:
    """An acceptance of an earlier run that still holds: the failing rows of one check, for one source or for all."""

    key: tuple[str, str, str]
    ids: frozenset[str]
    by: str
    at: datetime
    because: str
    until: date


@dataclass(frozen=True, slots=True)
class Acceptances:
    """What is accepted in a run: what somebody accepts now, and what was accepted before and still holds."""

    given: Acceptance | None = None
    earlier: tuple[EarlierAcceptance, ...] = ()

    def find(self, result: CheckResult) -> dict[str, Any] | None:
        """The columns `accepted_…` of a failure that is accepted; None for one that is not, and for a check that passed."""
        if result.success:
            return None
        if self.given is not None and result.check_name in self.given.checks:
            return self.given.columns()
        failing = frozenset(result.failing_ids)
        if not failing or len(failing) != result.count_unexpected:
            return None
        key = (result.suite, result.check_name, result.source_id)
        known = [one for one in self.earlier if one.key == key and one.ids & failing]
        # One that covers all is taken alone; otherwise several do together.
        known = [one for one in known if failing <= one.ids][:1] or known
        if not failing <= frozenset().union(*(one.ids for one in known)):
            return None
        return _columns(
            ", ".join(dict.fromkeys(one.by for one in known)),
            max(one.at for one in known),
            "; ".join(dict.fromkeys(one.because for one in known)),
            min(one.until for one in known),
        )


def last_day(on: date) -> date:
    """The last day of an acceptance made on a day, when none is given."""
    return on + timedelta(days=DEFAULT_DAYS)


def read_acceptances(candidate: Path, given: Acceptance | None, *, on: date) -> Acceptances:
    """What is accepted on a day: `given`, and what the table `checks` of the candidate says was accepted before."""
    with connect(candidate, read_only=True) as connection:
        rows = fetch_rows(connection, read_query("expectations", "acceptances"), {"on": on})
    earlier = tuple(
        EarlierAcceptance(
            (row["suite"], row["check_name"], row["source_id"]),
            frozenset(row["failing_ids"]),
            row["accepted_by"],
            row["accepted_at"],
            row["accepted_because"],
            row["accepted_until"],
        )
        for row in rows
    )
    return Acceptances(given, earlier)


def list_blocking(results: Sequence[CheckResult], acceptances: Acceptances) -> list[CheckResult]:
    """The critical failures that nobody accepted."""
    return [
        result
        for result in results
        if not result.success and result.severity == "critical" and not acceptances.find(result)
    ]


def check_rows(results: Sequence[CheckResult], acceptances: Acceptances) -> list[dict[str, Any]]:
    """Results as rows of `checks`; accepted failures with who accepted them, when, why and until when."""
    return [asdict(result) | (acceptances.find(result) or {}) for result in results]


def _columns(by: str, at: datetime, because: str, until: date) -> dict[str, Any]:
    return {"accepted_by": by, "accepted_at": at, "accepted_because": because, "accepted_until": until}
