"""`revue check`: every expectation on what is published, read-only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from expectations.results import CheckResult
from warehouse.companions import Companions
from warehouse.store import open_warehouse


def check_published(warehouse: Path) -> list[CheckResult]:
    """Run all suites on the published warehouse, as of its last run; nothing is changed but the Data Docs."""
    from expectations.validate import validate

    with open_warehouse(warehouse) as connection:
        row = connection.execute("select max(run_id) from runs where state in ('published', 'unchanged')").fetchone()
    companions = Companions(warehouse)
    checks = companions.checks if companions.checks.is_dir() else None
    run_id = row[0] if row and row[0] else ""
    return validate(warehouse, run_id=run_id, checked_at=datetime.now(UTC), docs=companions.docs.resolve(), checks_folder=checks)
