"""The TOML files beside this module, each read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tasks.text.data_files import read_toml

_FOLDER = Path(__file__).parent


@cache
def read_data(file_name: str) -> dict[str, Any]:
    """One of the TOML files beside this module; lists of plain words come as frozen sets."""
    data = read_toml(_FOLDER / file_name)
    return {key: frozenset(value) if _is_words(value) else value for key, value in data.items()}


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
