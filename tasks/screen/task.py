"""The Prefect task of the step screen."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import task

from expectations.checks import Check
from tasks.runtime.candidate import open_candidate
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.recipe import Recipe
from tasks.runtime.run_folder import RunFolder
from tasks.screen import screen_documents
from warehouse.rows import Run


@task(name="screen", task_run_name="screen", **OPTIONS)
def screen(run: Run, folder: RunFolder, recipe: Recipe, checks: Sequence[Check]) -> dict[str, int]:
    """Quarantine the documents that fail a critical check; returns their number by check."""
    with open_candidate(folder) as connection:
        return screen_documents(connection, checks, run_id=run.run_id, recipe=recipe.name, screened_at=run.started_at)
