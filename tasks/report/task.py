"""The Prefect task of the step report."""

from __future__ import annotations

from prefect import task

from tasks.report.artifacts import write_artifacts
from tasks.report.page import write_page
from tasks.report.summary import summarise
from tasks.runtime.prefect_options import OPTIONS
from warehouse.companions import Companions
from warehouse.rows import Run


@task(name="report", task_run_name="report", **OPTIONS)
def report(run: Run, companions: Companions) -> None:
    """Write the report page beside the warehouse and the artifacts of a published run."""
    write_page(companions.path, companions.report, run.run_id)
    write_artifacts(summarise(companions.path, run), companions)
