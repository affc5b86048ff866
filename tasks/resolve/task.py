"""The Prefect task of the step resolve."""

from __future__ import annotations

from prefect import task

from tasks.load import count_outcomes
from tasks.resolve import resolve_corpus
from tasks.resolve.entities import read_overrides
from tasks.runtime.candidate import open_candidate
from tasks.runtime.history import write_run
from tasks.runtime.manifest import Manifest
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from warehouse.companions import Companions
from warehouse.rows import Run


@task(name="resolve", task_run_name="resolve", **OPTIONS)
def resolve(run: Run, folder: RunFolder, companions: Companions, manifest: Manifest) -> Run:
    """Recompute versions, stories and entities over the whole corpus; returns the run with its records counted by outcome."""
    with open_candidate(folder) as connection:
        resolve_corpus(connection, read_overrides(companions.aliases), run_id=run.run_id)
        run = count_outcomes(connection, run, manifest)
        write_run(connection, run)
        connection.execute("checkpoint")
    return run
