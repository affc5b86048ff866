"""Imported by the fork server and by nothing else: what every worker process needs is loaded once, before the first fork."""

import contextlib
import gc
import os
import pkgutil

from tasks.runtime.workers import WARM_UP, WarmUp
from warehouse.errors import UsageError

if order := os.environ.get(WARM_UP):
    warm_up = WarmUp.model_validate_json(order)
    for name in warm_up.loaders:
        with contextlib.suppress(UsageError):  # raised again, and reported, by the first worker that needs it
            pkgutil.resolve_name(name)(warm_up.settings)
    # What is loaded stays. Outside the reach of the garbage collector it is neither traversed again and again (a
    # twentieth of the time of stripping) nor copied into every fork by the marks of a collection.
    gc.collect()
    gc.freeze()
