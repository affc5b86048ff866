"""What Great Expectations computes again and again, computed once with the same result.

A third of the processor time of a validation of small tables went into three things: the configuration of an expectation,
built anew for each argument that is read of it (13,000 times in revue's suites); the conversion of arguments to JSON values
they are already; and the configuration of the context, written as YAML into its memory whenever a table is added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any

from great_expectations.core import id_dict
from great_expectations.expectations.expectation import Expectation

if TYPE_CHECKING:
    from great_expectations.data_context import EphemeralDataContext
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

_JSON_SCALARS = (str, int, float, bool, type(None))
# The expectation whose arguments are being read, with its configuration.
_being_read: ContextVar[tuple[Expectation, ExpectationConfiguration] | None] = ContextVar("_being_read", default=None)

_build_configuration: Callable[[Expectation], ExpectationConfiguration] = vars(Expectation)["configuration"].fget
_read_runtime_kwargs = Expectation._get_runtime_kwargs
_convert = id_dict.convert_to_json_serializable


def compute_once() -> None:
    """Change the classes of Great Expectations in this process; a second call changes nothing more."""
    Expectation.configuration = property(_find_configuration)  # type: ignore[assignment, method-assign]
    Expectation._get_runtime_kwargs = _read_arguments  # type: ignore[method-assign]
    id_dict.convert_to_json_serializable = _convert_where_needed


def keep_unsaved(context: EphemeralDataContext) -> None:
    """Let a context in memory not be written into its memory; nothing reads it there."""
    context._save_project_config = lambda: None  # type: ignore[method-assign]


def _find_configuration(expectation: Expectation) -> ExpectationConfiguration:
    read = _being_read.get()
    if read is not None and read[0] is expectation:
        return read[1]
    return _build_configuration(expectation)


@wraps(_read_runtime_kwargs)
def _read_arguments(self: Expectation, runtime_configuration: dict[str, Any] | None = None) -> dict[str, Any]:
    reading = _being_read.set((self, _build_configuration(self)))
    try:
        return _read_runtime_kwargs(self, runtime_configuration)
    finally:
        _being_read.reset(reading)


def _convert_where_needed(data: Any) -> Any:
    return data if _is_json(data) else _convert(data=data)


def _is_json(value: Any) -> bool:
    """Whether a value has JSON's own types throughout, so that converting it gives an equal one."""
    if type(value) in _JSON_SCALARS:
        return bool(value == value)  # of all of them only NaN, which becomes null, is not equal to itself
    if isinstance(value, Mapping):
        return all(type(key) is str and _is_json(one) for key, one in value.items())
    return type(value) is list and all(map(_is_json, value))
