"""`revue refresh`: what older rules or an older model made, made again from the warehouse."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.cli.options import Debug, Engine, Json, Model, Ner, NumberOfWorkers, Quiet, Warehouse, find_settings

if TYPE_CHECKING:
    from warehouse.rows import Run


def refresh(
    *,
    warehouse: Warehouse = None,
    model: Model = None,
    ner: Ner = None,
    workers: NumberOfWorkers = None,
    engine: Engine = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Find facts again, and strip again, where an older model or older rules did it; no input is read.

    After a new model or new rules for facts, the texts are those in the warehouse. After new rules for stripping, the raw
    text is, but for pages that were read as HTML: give their inputs to `revue run` to strip them again.

    Example: `revue refresh`
    """
    from flows.cli.terminal.progress_bar import ProgressBar
    from flows.cli.terminal.run_summary import print_run
    from flows.runtime.run_flow import check_warehouse, run_flow
    from warehouse.store import open_warehouse

    settings = find_settings(warehouse=warehouse, model=model, ner=ner, workers=workers, engine=engine)
    open_warehouse(settings.path).close()  # what is wrong with it is reported before anything is started
    check_warehouse(settings)
    started_at = datetime.now(UTC)

    def load() -> Callable[[], Run]:
        from flows.refresh import refresh

        return lambda: refresh(settings.warehouse, settings)

    finished = run_flow(load, os.environ, lambda: ProgressBar(quiet=quiet or as_json), workers=settings)
    print_run(settings, finished, started_at, quiet=quiet, as_json=as_json)
    return 0
