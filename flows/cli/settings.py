"""`revue settings`: every setting in force."""

from __future__ import annotations

from flows.cli.options import Json, Warehouse, list_settings


def settings(*, warehouse: Warehouse = None, as_json: Json = False) -> int:
    """Show every setting, its value and where it came from.

    Example: `revue settings`
    """
    from flows.cli.terminal.tables import print_table

    _, listed = list_settings(warehouse=warehouse)
    rows = [(one.name, one.value, one.origin, one.description) for one in listed]
    print_table(["setting", "value", "from", "what it is"], rows, as_json=as_json)
    return 0
