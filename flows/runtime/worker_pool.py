"""The worker processes of a run, with what its steps need loaded before the first of them is forked."""

from __future__ import annotations

from tasks.runtime.workers import Workers
from warehouse.settings import Settings

# Names, not functions: only the fork server imports what they load.
_LOADERS = ("tasks.strip.warm:load_strip", "tasks.extract.warm:load_extract")


def warm_up_workers(settings: Settings) -> None:
    """Start the worker processes now, for the flow that opens them later in this process."""
    Workers.warm_up(settings, _LOADERS)


def open_workers(settings: Settings) -> Workers:
    """The worker processes of a run, to be used as a context manager."""
    return Workers.open(settings, _LOADERS)
