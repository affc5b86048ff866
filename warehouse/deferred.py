"""Modules and functions that are imported when they are first used, though others import them at once.

Libraries import at their start what one of their parts needs and revue does not use: Great Expectations altair and
scipy.stats for one expectation, datasketch scipy.integrate for an index, spaCy its command line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _DeferredModule(ModuleType):
    """Stands for a module until one of its names is used, and imports it then; the function `deferred` only when it is called."""

    def __init__(self, name: str, deferred: str = "") -> None:
        super().__init__(name)
        if deferred:
            setattr(self, deferred, self._make_function(deferred))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # code that inspects every module does not use it
            raise AttributeError(name)
        return getattr(self._import(), name)

    def _import(self) -> ModuleType:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return import_module(self.__name__)

    def _make_function(self, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            return getattr(self._import(), name)(*arguments, **named)

        call.__name__ = name
        return call


@contextmanager
def defer_imports(*names: str) -> Iterator[None]:
    """Let what is imported in this block import these modules at their first use; one already imported stays.

    A module of which a function is imported by name is given as `module:function`: it is imported when the function is called.
    """
    deferred = [
        _DeferredModule(module, function)
        for module, _, function in (name.partition(":") for name in names)
        if module not in sys.modules
    ]
    sys.modules.update((module.__name__, module) for module in deferred)
    try:
        yield
    finally:
        for module in deferred:
            if sys.modules.get(module.__name__) is module:
                del sys.modules[module.__name__]
