"""Packages of other projects that have the names of revue's own. Imports nothing of revue: one of them may be imported in its place."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("flows", "tasks", "expectations", "warehouse", "seeds")
ROOT = Path(__file__).resolve().parents[2]


def find_shadows(path: Sequence[str], root: Path = ROOT) -> dict[Path, tuple[str, ...]]:
    """The folders of an import path, other than `root`, that hold packages with these names."""
    found: dict[Path, tuple[str, ...]] = {}
    for folder in dict.fromkeys(Path(entry or ".").resolve() for entry in path):
        names = tuple(name for name in PACKAGES if _has_package(folder, name))
        if names and folder != root:
            found[folder] = names
    return found


def is_imported_from(folder: Path, names: Sequence[str]) -> bool:
    """Whether Python imports one of these packages from the folder, in place of revue's."""
    specs = (find_spec(name) for name in names)
    return any(spec and spec.origin and Path(spec.origin).resolve().is_relative_to(folder) for spec in specs)


def describe_shadow(folder: Path, names: Sequence[str]) -> str:
    """What is wrong, and the next step."""
    return (
        f"{folder} has {', '.join(names)}, names of revue's own packages, which Python may import in their place. Take it off "
        "PYTHONPATH, or install revue in an environment of its own."
    )


def _has_package(folder: Path, name: str) -> bool:
    return any((folder / place).is_file() for place in (f"{name}.py", f"{name}/__init__.py"))
