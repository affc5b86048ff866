"""Imported by the fork server and by nothing else: what every worker process needs is loaded once, before the first fork."""

import contextlib
import gc
import os
import pkgutil
from collections.abc import Mapping
from multiprocessing import spawn
from typing import Any

from tasks.runtime.workers import WARM_UP, WarmUp
from warehouse.errors import UsageError

_prepare = spawn.prepare


def _prepare_worker(data: Mapping[str, Any]) -> None:
    """Prepare a worker without running the script of the run again, in which multiprocessing would look for functions.

    Those of revue are in modules. The script may be one that starts a run, and its imports take .2 s in each worker.
    """
    _prepare({name: value for name, value in data.items() if not name.startswith("init_main")})


spawn.prepare = _prepare_worker

# Loading makes no garbage, but much that the collector would traverse again and again.
gc.disable()
if order := os.environ.get(WARM_UP):
    warm_up = WarmUp.model_validate_json(order)
    for name in warm_up.loaders:
        with contextlib.suppress(UsageError):  # raised again, and reported, by the first worker that needs it
            pkgutil.resolve_name(name)(warm_up.settings)
    # What is loaded stays. Outside the reach of the garbage collector it is neither traversed again and again (a
    # twentieth of the time of stripping) nor copied into every fork by the marks of a collection.
    gc.collect()
    gc.freeze()
gc.enable()
