"""Modules that are imported when they are first used, though others import them at once.

Great Expectations imports altair and scipy.stats for the chart and the distance of one expectation that revue does not
use: two fifths of the time of its import.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _DeferredModule(ModuleType):
    """Stands for a module until one of its names is used, and imports it then."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # code that inspects every module does not use it
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def defer_imports(*names: str) -> Iterator[None]:
    """Let what is imported in this block import these modules at their first use; one already imported stays."""
    deferred = [_DeferredModule(name) for name in names if name not in sys.modules]
    sys.modules.update((module.__name__, module) for module in deferred)
    try:
        yield
    finally:
        for module in deferred:
            if sys.modules.get(module.__name__) is module:
                del sys.modules[module.__name__]
