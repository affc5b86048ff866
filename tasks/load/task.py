"""The Prefect task of the step load."""

from __future__ import annotations

from prefect import task

from tasks.load import load_candidate, make_candidate
from tasks.runtime.candidate import open_candidate
from tasks.runtime.history import carry_checks, carry_history
from tasks.runtime.manifest import Manifest
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.published_file import Fingerprint, fingerprint, wait_for_writer
from tasks.runtime.run_folder import RunFolder
from tasks.strip.describe import read_source_rows
from warehouse.companions import Companions
from warehouse.rows import Run


@task(name="load", task_run_name="load", **OPTIONS)
def load(run: Run, folder: RunFolder, companions: Companions, manifest: Manifest) -> Fingerprint | None:
    """Copy the published file and merge the run's shard files into the copy.

    Returns the fingerprint of the file that was copied; None when nothing has been published yet.
    """
    wait_for_writer(companions.path)
    base = fingerprint(companions.path)
    make_candidate(companions.path, folder.candidate, created_at=run.started_at)
    folder.scratch.unlink(missing_ok=True)
    with open_candidate(folder) as connection:
        carry_history(connection, companions.runs)
        carry_checks(connection, folder)
        load_candidate(connection, manifest, sources=read_source_rows(companions.sources), run=run)
    return base
