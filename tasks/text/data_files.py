"""The data files of a package: TOML beside the module that reads it, or a folder with one file per language."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def read_toml(file: Path) -> dict[str, Any]:
    """The tables of a TOML file, read once a process; nobody may change them."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def read_json(file: Path) -> dict[str, Any]:
    """The object of a JSON file, read once a process; nobody may change it."""
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


@cache
def read_by_language(folder: Path) -> dict[str, dict[str, Any]]:
    """The TOML files of a folder by their names, in order: one per language (`fr.toml`), and `shared.toml` for what is in none."""
    return {file.stem: read_toml(file) for file in sorted(folder.glob("*.toml"))}


@cache
def merge_languages(folder: Path) -> dict[str, Any]:
    """The TOML files of a folder, one per language, as one: tables of one name are merged, lists one after another.

    A phrase that several languages share stands once in the result. Raises ValueError when two files give one key two
    different values.
    """
    merged: dict[str, Any] = {}
    for tables in read_by_language(folder).values():
        _merge(merged, tables)
    return merged


def _merge(target: dict[str, Any], source: dict[str, Any]) -> None:
    for key, value in source.items():
        if isinstance(value, dict):
            _merge(target.setdefault(key, {}), value)
        elif isinstance(value, list):
            target[key] = list(dict.fromkeys([*target.get(key, ()), *value]))
        elif target.setdefault(key, value) != value:
            raise ValueError(f"Two languages give {key!r} two values: {target[key]!r} and {value!r}.")
