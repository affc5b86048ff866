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
    content = "\n".join([*settings, *(hash_package(package) for package in packages)])
    return f"{step}-{version}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def hash_file(file: Path) -> str:
    """The SHA-256 of a file of the user's; empty when there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


@cache
def hash_package(package: str, suffixes: tuple[str, ...] = _DATA_SUFFIXES) -> str:
    """One hash over the files of a package that end in `suffixes`, by default its data: names and contents."""
    return hash_folder(files(package), suffixes)


def hash_folder(folder: Traversable, suffixes: tuple[str, ...] = ("",)) -> str:
    """One hash over the files in a folder that end in `suffixes`, names and contents; also of one that does not exist."""
    digest = hashlib.sha256()
    found = _list_files(folder, (), suffixes) if folder.is_dir() else ()
    for name, file in sorted(found, key=lambda item: item[0]):
        digest.update("/".join(name).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _list_files(
    folder: Traversable, parents: tuple[str, ...], suffixes: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Traversable]]:
    for entry in folder.iterdir():
        name = (*parents, entry.name)
        if entry.is_dir():
            yield from _list_files(entry, name, suffixes)
        elif entry.name.endswith(suffixes):
            yield name, entry
