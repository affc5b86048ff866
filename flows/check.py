"""Every expectation on the published warehouse, read-only: the flow of the scheduled deployment, and the work of `revue check`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from expectations.results import CheckResult
from tasks.extract import ruled_languages
from tasks.report.summary import describe_failure
from warehouse.companions import Companions
from warehouse.errors import GateRefused, UsageError
from warehouse.store import SCHEMA_VERSION, open_warehouse, read_schema_version


@flow(name="check", flow_run_name="check {warehouse}", persist_result=False)
def check(warehouse: str = "revue.duckdb") -> None:
    """Run all suites on the published warehouse; raises `GateRefused` when a critical expectation fails."""
    failing = [
        result for result in check_published(Path(warehouse)) if not result.success and result.severity == "critical"
    ]
    if failing:
        names = tuple(dict.fromkeys(result.check_name for result in failing))
        raise GateRefused(
            f"{', '.join(names)} failed. {describe_failure(asdict(failing[0]))} See `revue check` for all of them.",
            checks=names,
        )


def check_published(warehouse: Path) -> list[CheckResult]:
    """Run all suites on the published warehouse, as of the last run that published; changes nothing.

    Raises `UsageError` when the warehouse cannot be opened or is of another schema.
    """
    from expectations.validate import validate

    with open_warehouse(warehouse) as connection:
        schema = read_schema_version(connection)
        if schema < SCHEMA_VERSION:
            raise UsageError(
                f"{warehouse} is of schema {schema}, the checks are of {SCHEMA_VERSION}. Run `revue run INPUT...` once to bring "
                "it up to date; an input it knows already is enough."
            )
        row = connection.execute("select max(run_id) from runs where state in ('published', 'unchanged')").fetchone()
    companions = Companions(warehouse)
    checks = companions.checks if companions.checks.is_dir() else None
    return validate(
        warehouse,
        run_id=row[0] if row and row[0] else "",
        checked_at=datetime.now(UTC),
        ruled_languages=ruled_languages(),
        checks_folder=checks,
    )
