"""The workers of a run, processes of this machine or a Dask cluster, with what its steps need loaded before they work."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from pathlib import Path

from tasks.runtime.cluster import ClusterWorkers, find_missing
from tasks.runtime.workers import Workers
from warehouse.errors import UsageError
from warehouse.settings import Settings
from warehouse.wording import choose_verb, count_noun

# Names, not functions: only the fork server imports what they load.
_LOADERS = ("tasks.strip.warm:load_strip", "tasks.extract.warm:load_extract")


def warm_up_workers(settings: Settings) -> None:
    """Start the worker processes now, for the flow that opens them later in this process."""
    if settings.engine == "processes":
        Workers.warm_up(settings, _LOADERS)


def open_workers(settings: Settings, runs: Path, inputs: Sequence[str]) -> Workers:
    """The workers of a run, to be used as a context manager; `runs` is the folder of its run folder.

    Raises `UsageError` when the Dask cluster of the settings cannot be used: no scheduler answers, a worker does not see the folder
    or an input, or has another version of revue or of a model.
    """
    if settings.engine == "processes":
        return Workers.open(settings, _LOADERS)
    workers = ClusterWorkers(settings, _LOADERS)
    try:
        _require_shared(workers, [Path(name) for name in inputs if os.path.lexists(name)])
        _require_probe(workers, runs)
        _require_same_recipe(workers, settings)
    except BaseException:
        workers.close()
        raise
    return workers


def _require_probe(workers: ClusterWorkers, runs: Path) -> None:
    """Every worker must see a file that was made just now: a folder of the same name is not enough."""
    probe = runs / f".seen-{uuid.uuid4().hex}"
    probe.touch()
    try:
        _require_shared(workers, [probe])
    finally:
        probe.unlink()


def _require_same_recipe(workers: ClusterWorkers, settings: Settings) -> None:
    """Every worker must make the same of a page as this process would."""
    expected = name_recipes(settings)
    others = {
        address for address, recipe in workers.on_every_node(name_recipes, settings).items() if recipe != expected
    }
    if others:
        raise UsageError(
            f"{count_noun(len(others), 'Dask worker')} {choose_verb(len(others), 'has', 'have')} another version of revue or of a model ({min(others)}). Install the same "
            "versions on every node."
        )


def name_recipes(settings: Settings) -> str:
    """The recipes of strip and extract as this process knows them, but for the user's `sources.csv`."""
    from tasks.extract.recipe import extract_recipe
    from tasks.strip.recipe import strip_recipe

    return f"{strip_recipe(settings, Path())}/{extract_recipe(settings)}"


def _require_shared(workers: ClusterWorkers, paths: Sequence[Path]) -> None:
    absolute = [path.absolute() for path in paths]
    found = workers.on_every_node(find_missing, absolute)
    missing = [(address, path) for address, paths in sorted(found.items()) for path in paths]
    if missing:
        address, path = missing[0]
        raise UsageError(
            f"The Dask worker {address} does not see {path.parent if path.name.startswith('.seen-') else path}. Put inputs and "
            "warehouse into folders that all workers share under the same path."
        )
