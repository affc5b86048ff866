"""The Prefect task of the step publish."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import task

from tasks.publish import finish_published, prune_previous, publish_candidate
from tasks.runtime.history import write_run
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.published_file import Fingerprint, wait_for_writer
from tasks.runtime.run_folder import RunFolder
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.store import connect, insert_rows

_PUBLISHED = "select run_id from runs where state in ('published', 'unchanged')"


@task(name="publish", task_run_name="publish", **OPTIONS)
def publish(
    run: Run, folder: RunFolder, companions: Companions, base: Fingerprint | None, checks: Sequence[dict[str, Any]]
) -> Fingerprint | None:
    """Write the run and its checks into the candidate, and put it in the place of the published file.

    Returns the fingerprint of the file now published.
    """
    return _publish(run, folder, companions, base, checks, folder.path)


@task(name="record", task_run_name="record", **OPTIONS)
def record(run: Run, folder: RunFolder, companions: Companions, base: Fingerprint) -> Fingerprint | None:
    """Write a run that changes nothing into a copy of the published file, and put that in its place.

    The file replaced is not kept, so that the two kept are two that differ. Returns the fingerprint of the file now published.
    """
    wait_for_writer(companions.path)
    shutil.copyfile(companions.path, folder.candidate)
    return _publish(run, folder, companions, base, (), None)


def _publish(
    run: Run,
    folder: RunFolder,
    companions: Companions,
    base: Fingerprint | None,
    checks: Sequence[dict[str, Any]],
    previous_folder: Path | None,
) -> Fingerprint | None:
    with connect(folder.candidate) as connection:
        write_run(connection, run)
        insert_rows(connection, "checks", checks)
        connection.execute("checkpoint")
        published = {run_id for (run_id,) in connection.execute(_PUBLISHED).fetchall()}
    now_published = publish_candidate(folder.candidate, companions.path, previous_folder, base)
    folder.finish()
    finish_published(companions.runs, published)
    prune_previous(companions.runs)
    return now_published
