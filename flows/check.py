"""The flow of the scheduled deployment that checks what is published; `revue check` does the same without Prefect."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from prefect import flow

from tasks.audit import audit_published
from tasks.report.wording import describe_failure
from warehouse.companions import Companions
from warehouse.errors import GateRefused


@flow(name="check", flow_run_name="check {warehouse}", persist_result=False)
def check(warehouse: str = "revue.duckdb") -> None:
    """Run all suites on the published warehouse; raises `GateRefused` when a critical expectation fails."""
    results = audit_published(Companions(Path(warehouse)))
    failing = [result for result in results if not result.success and result.severity == "critical"]
    if failing:
        names = tuple(dict.fromkeys(result.check_name for result in failing))
        raise GateRefused(
            f"{', '.join(names)} failed. {describe_failure(asdict(failing[0]))} See `revue check` for all of them.",
            checks=names,
        )
