"""audit: every expectation on the candidate, exactly what would be published."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from expectations.results import CheckResult
from expectations.validate import validate
from tasks.extract import ruled_languages
from warehouse.companions import Companions
from warehouse.rows import Run


@task(name="audit", task_run_name="audit", cache_policy=NO_CACHE, persist_result=False)
def audit(run: Run, candidate: Path, companions: Companions) -> list[CheckResult]:
    """Run all suites of Great Expectations on the candidate and write their Data Docs."""
    checks = companions.checks if companions.checks.is_dir() else None
    return validate(
        candidate,
        run_id=run.run_id,
        checked_at=datetime.now(UTC),
        ruled_languages=ruled_languages(),
        docs=companions.docs.resolve(),
        checks_folder=checks,
    )


def warm_up() -> threading.Thread:
    """Import Great Expectations beside the work of others: it takes seconds, and nothing needs it before the audit."""
    thread = threading.Thread(target=_import, daemon=True)
    thread.start()
    return thread


def _import() -> None:
    import expectations.engine  # noqa: F401
