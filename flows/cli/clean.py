"""`revue clean`: old run folders, removed."""

from __future__ import annotations

import json
from typing import Annotated

from cyclopts import Parameter

from flows.cli.options import Debug, Json, Quiet, Warehouse, find_settings
from warehouse.companions import Companions
from warehouse.errors import UsageError


def clean(
    *,
    days: Annotated[float, Parameter(help="Runs that did not publish are kept this long.")] = 14,
    dry_run: Annotated[bool, Parameter(help="Only list what would be removed.", negative="")] = False,
    warehouse: Warehouse = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Debug = False,
) -> int:
    """Remove run folders that are no longer needed.

    These are folders of runs that published, and of runs that did not and are older than --days: they can then no longer be
    published with `revue publish`. The last two replaced files and the history of runs stay.

    Example: `revue clean --dry-run`
    """
    from tasks.runtime.old_runs import find_old_runs, remove_old_runs
    from warehouse.store import open_warehouse
    from warehouse.wording import count_noun, describe_bytes

    if days < 0:
        raise UsageError("--days is the age of the runs to remove. Give 0 or more.")
    companions = Companions(find_settings(warehouse=warehouse).path)
    known: list[str] = []
    if companions.path.exists():
        with open_warehouse(companions.path) as connection:
            known = [run_id for (run_id,) in connection.execute("select run_id from runs").fetchall()]
    elif not companions.runs.is_dir():
        raise UsageError(f"There is no warehouse at {companions.path}. Name it with --warehouse.")
    old = find_old_runs(companions.runs, known, days=days)
    if not dry_run:
        remove_old_runs(old)
    count_bytes = sum(run.count_bytes for run in old)
    if as_json:
        rows = [{"run_id": run.run_id, "reason": run.reason, "count_bytes": run.count_bytes} for run in old]
        print(json.dumps({"is_removed": not dry_run, "count_bytes": count_bytes, "runs": rows}))
    elif not quiet:
        for run in old if dry_run else ():
            print(f"{run.run_id}  {run.reason}  {describe_bytes(run.count_bytes)}")
        verb = "would be removed" if dry_run else "removed"
        print(f"{count_noun(len(old), 'run folder')} {verb}, {describe_bytes(count_bytes)}.")
    return 0
