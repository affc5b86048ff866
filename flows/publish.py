"""`revue publish`: a refused or interrupted run is loaded and audited again from its run folder, and published."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

from prefect import flow

from expectations.acceptance import Acceptance, last_day
from flows.ingest import build_and_publish
from flows.runtime.flow_options import FLOW_OPTIONS
from flows.runtime.flow_runs import resume_run, run_lock
from flows.runtime.outcome import end_flow
from flows.runtime.warehouse_lock import hold_warehouse
from tasks.runtime.manifest import find_complete_run
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.settings import Settings


@flow(
    name="publish",
    description="Audit a refused or interrupted run again and publish it.",
    **FLOW_OPTIONS,
)
def publish(
    run: str,
    warehouse: str = "revue.duckdb",
    accept: list[str] | None = None,
    because: str = "",
    by: str = "",
    until: date | None = None,
) -> Run:
    """Load, audit and publish the run whose id begins with `run`, under its own id; returns the row of `runs`.

    Failures of the checks in `accept` do not stop it: they are recorded as accepted, with `by` (who) and `because` (why).
    Until the last day `until` (by default in 90 days) the same rows may fail in later runs, too.
    Raises `UsageError` when there is no such run or its work is not complete, `GateRefused` when a critical check fails
    that is not accepted.
    """
    now = datetime.now(UTC)
    acceptance = Acceptance(tuple(accept), by, now, because, until or last_day(now.date())) if accept else None
    return end_flow(warehouse, partial(_publish, run, Companions(Settings(warehouse=warehouse).path), acceptance))


def _publish(run: str, companions: Companions, acceptance: Acceptance | None, warnings: list[str]) -> Run:
    folder, plan, manifest = find_complete_run(companions.runs, run)
    resumed = resume_run(companions, plan)
    with run_lock(resumed, folder), hold_warehouse(companions.runs, resumed.run_id):
        return build_and_publish(resumed, folder, companions, manifest, warnings, acceptance)
