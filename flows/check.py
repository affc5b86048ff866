"""The flow of the nightly deployment that checks what is published; `revue check` does the same without Prefect."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from prefect import flow

from expectations.acceptance import Acceptances, list_blocking
from flows.runtime.outcome import describe_failing, end_flow
from tasks.audit import audit_published
from tasks.report.artifacts import write_checks
from tasks.report.wording import describe_failure
from warehouse.companions import Companions
from warehouse.errors import GateRefused
from warehouse.settings import Settings


@flow(name="check", flow_run_name="check {warehouse}", description="Check what is published.", persist_result=False)
def check(warehouse: str = "revue.duckdb") -> None:
    """Run all suites on the published warehouse; raises `GateRefused` when a critical expectation fails.

    Args:
        warehouse: The DuckDB file to check; it is not changed.
    """
    return end_flow(warehouse, partial(_check, Companions(Settings(warehouse=warehouse).path)))


def _check(companions: Companions, warnings: list[str]) -> None:
    results = audit_published(companions)
    write_checks([asdict(result) for result in results])
    failing = list_blocking(results, Acceptances())
    if failing:
        names = tuple(dict.fromkeys(result.check_name for result in failing))
        raise GateRefused(
            f"{', '.join(names)} failed. {describe_failure(asdict(failing[0]))} See `revue check` for all of them.",
            checks=names,
        )
    warnings += describe_failing([asdict(result) for result in results])
