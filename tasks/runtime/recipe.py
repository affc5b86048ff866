"""Recipes: what the outcome of a step depends on apart from its input, as one short name that changes when any of it does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_DATA_SUFFIXES = (".toml", ".csv", ".json")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The recipes under which a run strips and extracts its documents."""

    strip: str
    extract: str

    @property
    def name(self) -> str:
        """Both in one, as `inputs.recipe` and `rejections.recipe` hold it."""
        return f"{self.strip}/{self.extract}"


def name_recipe(step: str, version: str, packages: Iterable[str], settings: Iterable[str]) -> str:
    """The recipe of a step: its version, and a hash of the settings that matter and of the data files of `packages`."""
    content = "\n".join([*settings, *(_hash_data(package) for package in packages)])
    return f"{step}-{version}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def hash_file(file: Path) -> str:
    """The SHA-256 of a file of the user's; empty when there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


@cache
def _hash_data(package: str) -> str:
    """One hash over the data files of a package, names and contents."""
    digest = hashlib.sha256()
    for name, file in sorted(_list_data(files(package), ()), key=lambda item: item[0]):
        digest.update("/".join(name).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _list_data(folder: Traversable, parents: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Traversable]]:
    for entry in folder.iterdir():
        name = (*parents, entry.name)
        if entry.is_dir():
            yield from _list_data(entry, name)
        elif entry.name.endswith(_DATA_SUFFIXES):
            yield name, entry
