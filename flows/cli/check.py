"""`revue check`: the expectations on what is published."""

from __future__ import annotations

from flows.cli.options import Debug, Json, Quiet, Warehouse, find_settings


def check(*, warehouse: Warehouse = None, quiet: Quiet = False, as_json: Json = False, debug: Debug = False) -> int:
    """Run the expectations on what is published; changes nothing, exits 1 when a critical one fails.

    Example: `revue check --warehouse revue.duckdb`
    """
    from flows.check import check_published
    from flows.cli.terminal.checks import print_checks

    results = check_published(find_settings(warehouse=warehouse).path)
    print_checks(results, quiet=quiet, as_json=as_json)
    return int(any(not result.success and result.severity == "critical" for result in results))
