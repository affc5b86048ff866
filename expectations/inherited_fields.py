"""Models of pydantic 1 that inherit many fields, defined in less time.

Great Expectations defines some 300 models when it is imported. Each copies the fields of its bases with all that hangs on
them, a fifth of the processor time of the import; only a field itself, its validators and its description are changed in the copy.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydantic.v1.main
from pydantic.v1.fields import ModelField

_models: Any = pydantic.v1.main


@contextmanager
def copy_fields_alone() -> Iterator[None]:
    """Let models that are defined in this block share with their bases what is not changed in a field."""
    copy_deep = _models.smart_deepcopy

    def copy_fields(value: Any) -> Any:
        if type(value) is dict and all(isinstance(field, ModelField) for field in value.values()):
            return {name: _copy_field(field) for name, field in value.items()}
        return copy_deep(value)

    _models.smart_deepcopy = copy_fields
    try:
        yield
    finally:
        _models.smart_deepcopy = copy_deep


def _copy_field(field: ModelField) -> ModelField:
    copied = copy.copy(field)
    copied.class_validators = dict(field.class_validators)
    copied.field_info = copy.copy(field.field_info)
    return copied
