"""The Prefect task of the step publish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prefect import task

from tasks.publish import finish_published, prune_previous, publish_candidate
from tasks.runtime.history import write_run
from tasks.runtime.prefect_options import OPTIONS
from tasks.runtime.published_file import Fingerprint
from tasks.runtime.run_folder import RunFolder
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.store import connect, insert_rows

_PUBLISHED = "select run_id from runs where state in ('published', 'unchanged')"


@task(name="publish", task_run_name="publish", **OPTIONS)
def publish(
    run: Run, folder: RunFolder, companions: Companions, base: Fingerprint | None, checks: Sequence[dict[str, Any]]
) -> None:
    """Write the run and its checks into the candidate, and put it in the place of the published file."""
    with connect(folder.candidate) as connection:
        write_run(connection, run)
        insert_rows(connection, "checks", checks)
        connection.execute("checkpoint")
        published = {run_id for (run_id,) in connection.execute(_PUBLISHED).fetchall()}
    publish_candidate(folder.candidate, companions.path, folder.path, base)
    folder.finish()
    finish_published(companions.runs, published)
    prune_previous(companions.runs)
