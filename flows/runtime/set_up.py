"""What the user set up beside the warehouse, read before any work, so that a mistake in it stops the run at once."""

from __future__ import annotations

from pathlib import Path

from expectations.bounds import read_all_bounds
from expectations.checks import Check, document_checks, read_checks
from tasks.resolve.entities import read_overrides
from warehouse.companions import Companions
from warehouse.store import open_warehouse


def check_set_up(companions: Companions) -> Path | None:
    """Check aliases, checks, bounds and the published file; returns the published file, None when there is none.

    Raises `UsageError` when one of them cannot be read, or when the published file is of a newer schema.
    """
    companions.copy_seeds()
    read_overrides(companions.aliases)
    read_all_bounds(companions.checks)
    base = companions.published()
    if base is not None:
        open_warehouse(base).close()
    return base


def describe_own_checks(companions: Companions) -> str:
    """How many checks of the user a run applies, and where it looked for them."""
    count = len(read_checks(companions.checks))
    return f"{count or 'none'} in {companions.checks}"


def warn_of_unread_checks(companions: Companions) -> list[str]:
    """A sentence for each folder of checks that belongs to no warehouse, and so is not read."""
    return [
        f"The checks in {path} were not read: those of {companions.path.name} are in {companions.checks}. Rename the folder to "
        "use them."
        for path in companions.unread_checks()
    ]


def read_document_checks(companions: Companions) -> list[Check]:
    """The checks that fail single documents: revue's own and the user's."""
    return [*document_checks(), *(check for check in read_checks(companions.checks) if check.scope == "document")]
