"""What a run has made for its candidate, and its place in the run folder, from which the candidate can be made again."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tasks.runtime.run_folder import RunFolder, find_run
from warehouse.errors import UsageError
from warehouse.rows import Input, Place

_FILE = "ingredients.json"


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a run has made for its candidate: the inputs read, the shard folders of every step, and the recipes.

    `count_unchanged` are the records of inputs that were not even opened, `count_passed_over` the files in folders that
    are no inputs, `retried` the places of rejected records that are processed whether or not anything about them changed.
    """

    inputs: tuple[Input, ...]
    record_folders: tuple[Path, ...]
    strip_folders: tuple[Path, ...]
    extract_folders: tuple[Path, ...]
    recipes: Mapping[str, str]
    count_unchanged: int = 0
    count_passed_over: int = 0
    retried: tuple[Place, ...] = ()

    @property
    def recipe(self) -> str:
        return f"{self.recipes['recipe_strip']}/{self.recipes['recipe_extract']}"


def write_ingredients(folder: RunFolder, ingredients: Ingredients) -> None:
    """Write the ingredients down in the run's folder, shard folders relative to it; all or nothing."""
    target = folder.path / _FILE
    unfinished = target.with_name(f"{_FILE}.unfinished")
    values = asdict(ingredients) | {
        name: [path.relative_to(folder.path).as_posix() for path in getattr(ingredients, name)]
        for name in ("record_folders", "strip_folders", "extract_folders")
    }
    unfinished.write_text(json.dumps(values), encoding="utf-8")
    os.replace(unfinished, target)


def read_ingredients(folder: RunFolder) -> Ingredients | None:
    """The ingredients a run left in its folder; None when it ended before it had them all."""
    try:
        values = json.loads((folder.path / _FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    found = Ingredients(**values)
    return replace(
        found,
        inputs=tuple(Input(**item) for item in values["inputs"]),
        record_folders=tuple(folder.path / name for name in values["record_folders"]),
        strip_folders=tuple(folder.path / name for name in values["strip_folders"]),
        extract_folders=tuple(folder.path / name for name in values["extract_folders"]),
        retried=tuple(Place(*place) for place in values["retried"]),
    )


def find_complete_run(runs: Path, name: str) -> tuple[RunFolder, Ingredients]:
    """The folder of an unpublished run whose documents are all stripped and extracted, and what it has made.

    Raises `UsageError` when there is no such run, or when it was stopped before that.
    """
    folder = find_run(runs, name)
    ingredients = read_ingredients(folder)
    if ingredients is None:
        given = " ".join(folder.read_plan().get("inputs", [])) or "INPUT..."
        raise UsageError(
            f"Run {folder.run_id} was stopped before its documents were read. Run `revue run {given}`; it continues."
        )
    return folder, ingredients
