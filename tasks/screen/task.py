"""The Prefect task of the step screen."""

from __future__ import annotations

from collections.abc import Sequence

from prefect import task

from expectations.checks import Check
from tasks.runtime.manifest import Ingredients
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from tasks.screen import screen_documents
from warehouse.rows import Run
from warehouse.store import connect


@task(name="screen", task_run_name="screen", **OPTIONS)
def screen(run: Run, folder: RunFolder, ingredients: Ingredients, checks: Sequence[Check]) -> dict[str, int]:
    """Quarantine the documents that fail a critical check of their own."""
    with connect(folder.candidate) as connection:
        return screen_documents(
            connection, checks, run_id=run.run_id, recipe=ingredients.recipe, screened_at=run.started_at
        )
