"""The Prefect task of the step audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prefect import task
from prefect.states import Failed

from expectations.acceptance import Acceptances, list_blocking
from expectations.results import CheckResult
from tasks.audit import audit_candidate
from tasks.runtime.prefect_options import OPTIONS
from warehouse.companions import Companions
from warehouse.rows import Run


@dataclass(frozen=True, slots=True)
class Audited:
    """The results of all checks. Not shown as text: Prefect logs what a failed state carries, and there are a hundred."""

    results: list[CheckResult] = field(repr=False)


@task(name="audit", task_run_name="audit", **OPTIONS)
def audit(run: Run, candidate: Path, companions: Companions, acceptances: Acceptances) -> Any:
    """Run all suites of Great Expectations on the candidate and write their Data Docs.

    Returns them as `Audited`; in a failed state when a critical check failed that is not accepted, so that Prefect shows it.
    """
    results: list[CheckResult] = audit_candidate(candidate, companions, run_id=run.run_id)
    blocking = list_blocking(results, acceptances)
    if not blocking:
        return Audited(results)
    names = ", ".join(dict.fromkeys(result.check_name for result in blocking))
    return Failed(name="Refused", message=f"Critical checks failed: {names}.", data=Audited(results))
