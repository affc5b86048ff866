"""`revue run`: from files to published facts."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.cli.options import (
    Debug,
    Engine,
    FileName,
    Json,
    Model,
    Ner,
    NumberOfWorkers,
    Quiet,
    Warehouse,
    find_settings,
)
from warehouse.errors import UsageError
from warehouse.uris import normalize_name

if TYPE_CHECKING:
    from warehouse.rows import Run


def run(
    *inputs: Annotated[FileName, Parameter(allow_leading_hyphen=True)],
    warehouse: Warehouse = None,
    model: Model = None,
    ner: Ner = None,
    workers: NumberOfWorkers = None,
    engine: Engine = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Read, strip, extract, check and publish INPUTS: files, folders, globs, or - for standard input.

    Example: `revue run articles/ pages.warc.gz`
    """
    from flows.cli.terminal.progress_bar import ProgressBar
    from flows.runtime.basis import expects_nothing
    from flows.runtime.run_flow import check_warehouse, run_flow
    from tasks.discover import find_paths
    from warehouse.companions import Companions

    if not inputs:
        raise UsageError("Nothing to read was given. Name files or folders: `revue run articles/`.")
    names = [normalize_name(str(name)) for name in inputs]  # not every file name can be stored as it is
    settings = find_settings(warehouse=warehouse, model=model, ner=ner, workers=workers, engine=engine)
    find_paths(names)  # a wrong path is reported before anything is started
    check_warehouse(settings)
    started_at = datetime.now(UTC)

    def load() -> Callable[[], Run]:
        from flows.ingest import ingest

        return lambda: ingest(names, settings.warehouse, settings)

    def expects() -> bool:
        return expects_nothing(Companions(settings.path), settings, names, on=started_at.date())

    finished = run_flow(
        load, os.environ, lambda: ProgressBar(quiet=quiet or as_json), workers=settings, expects_nothing=expects
    )
    from flows.cli.terminal.run_summary import print_run

    print_run(settings, finished, started_at, quiet=quiet, as_json=as_json)
    return 0
