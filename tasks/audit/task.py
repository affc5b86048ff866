"""The Prefect task of the step audit."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from expectations.results import CheckResult
from tasks.audit import audit_candidate
from tasks.runtime.prefect_options import OPTIONS
from warehouse.companions import Companions
from warehouse.rows import Run


@task(name="audit", task_run_name="audit", **OPTIONS)
def audit(run: Run, candidate: Path, companions: Companions) -> list[CheckResult]:
    """Run all suites of Great Expectations on the candidate and write their Data Docs."""
    return audit_candidate(candidate, companions, run_id=run.run_id)
