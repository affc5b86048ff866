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


def read_document_checks(companions: Companions) -> list[Check]:
    """The checks that fail single documents: revue's own and the user's."""
    return [*document_checks(), *(check for check in read_checks(companions.checks) if check.scope == "document")]
