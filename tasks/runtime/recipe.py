"""Recipes: what the outcome of a step depends on beside its input, in one short word that changes when any of it does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from warehouse.settings import Settings

_DATA_SUFFIXES = (".toml", ".csv", ".json")


def recipe_strip(settings: Settings, sources: Path) -> str:
    """Version, data files and settings that decide what is kept of a page and how it is described."""
    import tasks.read
    import tasks.strip
    import tasks.strip.describe

    versions = f"{tasks.read.VERSION}.{tasks.strip.VERSION}.{tasks.strip.describe.VERSION}"
    return _name(
        "strip", versions, ("page", "strip", "read"), [str(settings.source_min_documents), _hash_file(sources)]
    )


def recipe_extract(settings: Settings) -> str:
    """Version, data files, model and settings that decide which facts are read from a text."""
    import tasks.extract
    from tasks.extract.model import ner_version

    return _name(
        "extract",
        str(tasks.extract.VERSION),
        ("extract",),
        [ner_version(model, settings.ner) for model in settings.models],
    )


def _name(step: str, version: str, packages: Iterable[str], settings: Iterable[str]) -> str:
    content = "\n".join([*settings, *(_hash_data(package) for package in packages)])
    return f"{step}-{version}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


@cache
def _hash_data(package: str) -> str:
    """One hash over the data files of a package, names and contents."""
    folder = Path(__file__).parents[1] / package
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in _DATA_SUFFIXES:
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _hash_file(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
