"""`revue publish`: a refused or interrupted run, published after all."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from flows.cli.options import Debug, Json, Quiet, Warehouse, find_settings, read_user
from warehouse.companions import Companions
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from warehouse.rows import Run


def publish(
    run: str,
    *,
    accept: Annotated[
        list[str] | None, Parameter(help="A failing check to accept; may be given several times.", negative="")
    ] = None,
    because: Annotated[str, Parameter(help="Why its failure is acceptable; recorded with your name.")] = "",
    until: Annotated[
        date | None, Parameter(help="Last day on which the same rows may fail in later runs (default: in 90 days).")
    ] = None,
    warehouse: Warehouse = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Audit a refused or interrupted run again and publish it. RUN is its id or the beginning of it.

    Example: `revue publish 20260412T0815 --accept quarantined_share --because "a test feed, agreed with the desk"`
    """
    from flows.cli.terminal.progress_bar import ProgressBar
    from flows.runtime.run_flow import check_warehouse, run_flow
    from tasks.runtime.manifest import find_complete_run

    because = because.strip()
    if accept and not because:
        raise UsageError('An acceptance needs its reason. Add --because "…".')
    if because and not accept:
        raise UsageError("--because gives the reason why a failing check is accepted. Add --accept CHECK.")
    if until and not accept:
        raise UsageError("--until says how long a failing check is accepted. Add --accept CHECK.")
    if until and until < datetime.now(UTC).date():
        raise UsageError(f"--until {until} is past. Give a day from today on.")
    settings = find_settings(warehouse=warehouse)
    companions = Companions(settings.path)
    check_warehouse(settings)
    folder, _, _ = find_complete_run(companions.runs, run)
    accepted, by = accept or [], read_user()
    _check_names(accepted, companions)
    started_at = datetime.now(UTC)

    def load() -> Callable[[], Run]:
        from flows.publish import publish

        return lambda: publish(
            folder.run_id, warehouse=settings.warehouse, accept=accepted, because=because, by=by, until=until
        )

    finished = run_flow(load, os.environ, lambda: ProgressBar(quiet=quiet or as_json), workers=None)
    from flows.cli.terminal.run_summary import print_run

    print_run(settings, finished, started_at, quiet=quiet, as_json=as_json)
    return 0


def _check_names(accepted: Sequence[str], companions: Companions) -> None:
    """Raise `UsageError` when one of the checks to be accepted does not exist."""
    if not accepted:
        return
    from expectations.validate import list_names

    known = list_names(companions.checks)
    for name in accepted:
        if name not in known:
            raise UsageError(f"There is no check {name}. Checks are: {', '.join(sorted(known))}.")
