"""`revue publish`: what a refused or interrupted run left in its folder is loaded and audited again, and published."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, runtime
from prefect.task_runners import ThreadPoolTaskRunner

from expectations.acceptance import Acceptance
from flows.ingest import build_and_publish, telling
from flows.runtime.flow_runs import mark_killed_runs, tag_run
from tasks.runtime.manifest import find_complete_run
from warehouse.companions import Companions
from warehouse.rows import Run


@flow(
    name="publish",
    flow_run_name="publish {run} into {warehouse}",
    description="Audit a refused or interrupted run again and publish it.",
    task_runner=ThreadPoolTaskRunner(max_workers=1),  # type: ignore[arg-type]
    persist_result=False,
)
def publish(
    run: str, warehouse: str = "revue.duckdb", accept: list[str] | None = None, because: str = "", by: str = ""
) -> Run:
    """Load, audit and publish the run whose id begins with `run`, under its own id; returns the row of `runs`.

    Failures of the checks in `accept` do not stop it: they are recorded as accepted `by` somebody, `because` of
    something. Raises `UsageError` when there is no such run or its work is not complete, `GateRefused` when a critical
    check fails that is not accepted.
    """
    companions = Companions(Path(warehouse))
    folder, ingredients = find_complete_run(companions.runs, run)
    mark_killed_runs(companions.runs)
    tag_run(runtime.flow_run.id, ["revue", companions.path.stem])
    plan = folder.read_plan()
    row = Run(
        folder.run_id, datetime.fromisoformat(plan["started_at"]), None, "running", tuple(plan["inputs"]),
        flow_run_id=runtime.flow_run.id,
    )  # fmt: skip
    acceptance = Acceptance(tuple(accept), by, datetime.now(UTC), because) if accept else None
    with telling(row, folder):
        return build_and_publish(row, folder, companions, ingredients, acceptance)
