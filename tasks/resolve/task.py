"""The Prefect task of the step resolve."""

from __future__ import annotations

from prefect import task

from tasks.load import count_outcomes
from tasks.resolve import resolve_corpus
from tasks.resolve.entities import read_overrides
from tasks.runtime.history import write_run
from tasks.runtime.manifest import Ingredients
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.store import connect


@task(name="resolve", task_run_name="resolve", **OPTIONS)
def resolve(run: Run, folder: RunFolder, companions: Companions, ingredients: Ingredients) -> Run:
    """Recompute versions, stories and entities over the whole corpus; returns the run with what became of its records."""
    with connect(folder.candidate) as connection:
        resolve_corpus(connection, read_overrides(companions.aliases))
        run = count_outcomes(connection, run, ingredients)
        write_run(connection, run)
        connection.execute("checkpoint")
    return run
