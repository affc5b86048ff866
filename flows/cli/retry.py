"""`revue retry`: rejected records, read once more."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.cli.options import (
    Debug,
    Engine,
    Json,
    Model,
    Ner,
    NumberOfWorkers,
    Quiet,
    Reason,
    Source,
    Stage,
    Warehouse,
    find_settings,
)
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.wording import count_noun

if TYPE_CHECKING:
    from tasks.discover.replay import Replay
    from warehouse.rows import Run
    from warehouse.settings import Settings


def retry(
    *documents: str,
    reason: Reason = None,
    stage: Stage = None,
    source: Source = None,
    dry_run: Annotated[bool, Parameter(help="Only list what would be tried.", negative="")] = False,
    warehouse: Warehouse = None,
    model: Model = None,
    ner: Ner = None,
    workers: NumberOfWorkers = None,
    engine: Engine = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Try rejected records again: their inputs are read once more, under the present rules and checks.

    DOCUMENTS are doc_ids, beginnings of them, uris or file names. Without any, all records are tried that --reason, --stage
    and --source select.

    Example: `revue retry --reason too_slow --dry-run`
    """
    from flows.cli.terminal.tables import print_replay, print_table
    from tasks.discover.replay import count_outcomes, describe_outcomes, describe_plan, plan_retry

    settings = find_settings(warehouse=warehouse, model=model, ner=ner, workers=workers, engine=engine)
    replay = plan_retry(Companions(settings.path), documents, reason=reason, stage=stage, source=source)
    if not replay.rows and not as_json:
        print("Nothing is rejected.")
        return 0
    if dry_run or not replay.rows:
        if as_json:
            columns = ["uri", "record_no", "doc_id", "outcome", "reason", "attempts", "is_there"]
            print_table(columns, [[row[column] for column in columns] for row in replay.rows], as_json=True)
        else:
            print_replay(replay.rows)
            print(describe_plan(replay))
        return 0
    finished = _run_retry(replay, settings, quiet=quiet or as_json)
    count_published, count_duplicates, remaining = count_outcomes(Companions(settings.path), replay)
    if as_json:
        retried = {"published": count_published, "duplicates": count_duplicates, "stay": remaining}
        print(json.dumps(asdict(finished) | {"retried": retried}, default=str, ensure_ascii=False))
    elif not quiet:
        print(describe_outcomes(count_published, count_duplicates, remaining))
    return 0


def _run_retry(replay: Replay, settings: Settings, *, quiet: bool) -> Run:
    """Ingest the inputs of the retry; raises `UsageError` when none of its records can be read again."""
    from flows.cli.terminal.progress_bar import ProgressBar
    from flows.runtime.run_flow import check_warehouse, run_flow

    if not replay.places:
        raise UsageError(
            f"{count_noun(len(replay.gone), 'record')} cannot be read again: the inputs are no longer where they were "
            "read. Put them back, or run `revue retry` in the folder the earlier command was run in."
        )
    check_warehouse(settings)

    def load() -> Callable[[], Run]:
        from flows.retry import retry

        places = [(place.uri, place.record_no) for place in replay.places]
        return lambda: retry(list(replay.inputs), places, settings)

    return run_flow(load, os.environ, lambda: ProgressBar(quiet=quiet), workers=settings)
