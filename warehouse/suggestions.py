"""Commands that a message suggests: each works when it is pasted, also for a warehouse that is not the default one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from warehouse.settings import Settings

# A command in backquotes that works on a warehouse, by the name of the command.
_COMMAND = re.compile(
    r"`(revue (?:check|clean|diff|doctor|explain|export|forget|publish|query|refresh|rejected|report|retry|run|search)\b[^`]*)`"
)


def name_warehouse(message: str, warehouse: Path) -> str:
    """The message with `--warehouse FILE` added to each `revue` command in it, unless that is the default or is named."""
    if warehouse == Settings().path:
        return message
    option = f" --warehouse {shlex.quote(str(warehouse))}"
    return _COMMAND.sub(lambda found: f"`{found[1]}{'' if '--warehouse' in found[1] else option}`", message)
