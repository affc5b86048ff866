"""The options that several commands share, and the settings they lead to."""

from __future__ import annotations

import getpass
import os
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Group, Parameter

from warehouse.settings import Setting, Settings, read_settings

_COMMON = Group("Common options", sort_key=9)

# Taken as it was typed, text; shells complete files for what may be a path.
FileName = str | Path
Warehouse = Annotated[FileName | None, Parameter(help="The DuckDB file (default: revue.duckdb).", group=_COMMON)]
Model = Annotated[str | None, Parameter(help="The spaCy pipeline that finds names.", group=_COMMON)]
Ner = Annotated[Literal["revue", "model"] | None, Parameter(help="Whose weights find names.", group=_COMMON)]
Engine = Annotated[
    Literal["processes", "dask"] | None,
    Parameter(help="Processes of this machine, or the Dask cluster that the setting cluster names.", group=_COMMON),
]
NumberOfWorkers = Annotated[int | None, Parameter(name="--workers", help="Worker processes.", group=_COMMON)]
Quiet = Annotated[bool, Parameter(help="Print nothing but errors.", negative="", group=_COMMON)]
Json = Annotated[bool, Parameter(name="--json", help="Print the outcome as JSON.", negative="", group=_COMMON)]
Debug = Annotated[bool, Parameter(help="Show tracebacks.", negative="", group=_COMMON)]
Csv = Annotated[bool, Parameter(help="Print CSV.", negative="")]
Seconds = Annotated[float, Parameter(help="Longest time that reading the warehouse may take.")]
Reason = Annotated[str | None, Parameter(help="Only records rejected for this reason.")]
Stage = Annotated[str | None, Parameter(help="Only those rejected at this stage: read, strip, extract or screen.")]
Source = Annotated[str | None, Parameter(help="Only those of this source; unknown for those of none.")]

# The warehouse of this command, which the commands that an error suggests must name.
current_warehouse: ContextVar[Path] = ContextVar("current_warehouse")


def find_settings(**options: Any) -> Settings:
    """The settings of this command: `revue.toml`, then the environment, then these options (None: not given)."""
    settings = list_settings(**options)[0]
    current_warehouse.set(settings.path)
    return settings


def list_settings(**options: Any) -> tuple[Settings, list[Setting]]:
    """The settings of this command, and where the value of each came from."""
    return read_settings(Path("revue.toml"), os.environ, options)


def read_user() -> str:
    """The name of the user, as the system has it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without an entry for its user
        return f"user {os.getuid()}"
