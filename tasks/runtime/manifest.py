"""The manifest of a run: everything its candidate is built from, and can be built from again."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from tasks.runtime.recipe import Recipe
from tasks.runtime.run_folder import RunFolder, find_run
from tasks.runtime.run_plan import RunPlan
from warehouse.errors import UsageError
from warehouse.rows import Input, Place

_FOLDERS = ("record_folders", "strip_folders", "extract_folders")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The inputs a run read, the shard folders of every step, and the recipes.

    `count_unchanged` is the number of records in inputs that were not opened, because they were met before. `retried` are
    the places of rejected records that are processed whether or not anything about them changed.
    """

    inputs: tuple[Input, ...]
    record_folders: tuple[Path, ...]
    strip_folders: tuple[Path, ...]
    extract_folders: tuple[Path, ...]
    recipe: Recipe
    count_unchanged: int = 0
    retried: tuple[Place, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the run has read nothing and repeats nothing."""
        return not (self.inputs or self.record_folders or self.extract_folders or self.retried)


def write_manifest(folder: RunFolder, manifest: Manifest) -> None:
    """Write the manifest into the run folder, shard folders relative to it; all or nothing."""
    unfinished = folder.manifest.with_name(f"{folder.manifest.name}.unfinished")
    relative = {
        name: [path.relative_to(folder.path).as_posix() for path in getattr(manifest, name)] for name in _FOLDERS
    }
    unfinished.write_text(json.dumps(asdict(manifest) | relative), encoding="utf-8")
    os.replace(unfinished, folder.manifest)


def read_manifest(folder: RunFolder) -> Manifest | None:
    """The manifest in a run folder; None when the run ended before it was complete."""
    try:
        values = json.loads(folder.manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Manifest(
        inputs=tuple(Input(**item) for item in values["inputs"]),
        recipe=Recipe(**values["recipe"]),
        count_unchanged=values["count_unchanged"],
        retried=tuple(Place(*place) for place in values["retried"]),
        **{name: tuple(folder.path / path for path in values[name]) for name in _FOLDERS},
    )


def find_complete_run(runs: Path, name: str) -> tuple[RunFolder, RunPlan, Manifest]:
    """The folder, plan and manifest of an unpublished run whose documents are all stripped and extracted.

    Raises `UsageError` when there is no such run, or when it was stopped before that.
    """
    folder = find_run(runs, name)
    plan, manifest = folder.read_plan(), read_manifest(folder)
    if plan is None or manifest is None:
        command = plan.command if plan else "revue run INPUT..."
        raise UsageError(
            f"Run {folder.run_id} was stopped before all its documents were extracted. Run `{command}`; it continues."
        )
    return folder, plan, manifest
