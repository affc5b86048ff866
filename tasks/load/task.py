"""The Prefect task of the step load."""

from __future__ import annotations

from prefect import task

from tasks.load import load_candidate, make_candidate
from tasks.publish import Fingerprint, fingerprint, wait_for_writer
from tasks.runtime.history import carry_checks, carry_history
from tasks.runtime.manifest import Ingredients
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.run_folder import RunFolder
from tasks.strip.describe import read_source_rows
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.store import connect


@task(name="load", task_run_name="load", **OPTIONS)
def load(run: Run, folder: RunFolder, companions: Companions, ingredients: Ingredients) -> Fingerprint | None:
    """Copy the published file and merge the run's shard files into the copy; returns the fingerprint of what was copied."""
    wait_for_writer(companions.path)
    base = fingerprint(companions.path)
    make_candidate(companions.path, folder.candidate, created_at=run.started_at)
    with connect(folder.candidate) as connection:
        carry_history(connection, companions.runs)
        carry_checks(connection, folder)
        load_candidate(connection, ingredients, sources=read_source_rows(companions.sources), run=run)
    return base
