"""A run that found nothing new, in a warehouse of which nothing else has changed either: it is recorded, and that is all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from prefect import get_run_logger

from flows.runtime.basis import find_basis, write_basis
from flows.runtime.interruption import leave_run
from flows.runtime.outcome import describe_failing
from flows.runtime.progress import follow
from tasks.publish.task import record
from tasks.report.artifacts import write_unchanged
from tasks.report.summary import summarise
from tasks.report.wording import describe_counts, describe_unchanged
from tasks.runtime.manifest import Manifest
from tasks.runtime.run_folder import RunFolder
from warehouse.companions import Companions
from warehouse.rows import Run


def record_unchanged(
    run: Run, folder: RunFolder, companions: Companions, manifest: Manifest, warnings: list[str]
) -> Run | None:
    """Publish the same file with the row of this run, when the checks and the report of an earlier run hold for it.

    None when they do not, so that the file has to be made again. Raises `BaseChanged` when another run published meanwhile.
    """
    basis = find_basis(companions, manifest.recipe, on=datetime.now(UTC).date())
    if basis is None:
        return None
    count = manifest.count_unchanged
    finished = replace(run, finished_at=datetime.now(UTC), state="unchanged", count_read=count, count_unchanged=count)
    get_run_logger().info("%s. %s", describe_counts(finished), describe_unchanged(basis.checked_run))
    with follow("publishing"):
        published = record(finished, folder, companions, basis.published)
    leave_run(is_published=True)
    with follow("reporting"):
        try:
            summary = summarise(companions.path, finished)
            warnings += describe_failing(summary.checks)
            write_unchanged(summary, describe_unchanged(summary.checked_run))
            if published is not None:
                write_basis(companions, replace(basis, published=published, started_at=run.started_at))
        except Exception as error:  # what is published stays published
            warnings.append(f"The artifacts of this run were not written ({type(error).__name__}: {error}).")
    return finished
