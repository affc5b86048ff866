"""Where a command writes, looked at before anything is started."""

from __future__ import annotations

import os
from pathlib import Path

from warehouse.companions import Companions
from warehouse.errors import UsageError


def require_writable_folder(folder: Path, option: str) -> None:
    """Raise `UsageError` when no file can be written into a folder, or the folder not be made; `option` names another place."""
    found = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    if not found.is_dir():
        raise UsageError(f"{found} is not a folder. Name another place with {option}.")
    if not os.access(found, os.W_OK | os.X_OK):
        raise UsageError(f"{found} cannot be written to. Change its permissions, or name another place with {option}.")


def require_writable_warehouse(companions: Companions) -> None:
    """Raise `UsageError` when no run can write beside a warehouse."""
    for folder in (companions.runs, companions.folder):
        require_writable_folder(folder, "--warehouse")
