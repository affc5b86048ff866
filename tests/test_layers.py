"""Who may import whom, as far as import-linter has no contract for it (its contracts are in pyproject.toml)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

import tasks

# Packages of tasks that are no step: any step may import what it needs of them.
BELOW_THE_STEPS = {"page", "text", "runtime"}
# What a step offers to later ones: its `__init__`, its shard loop with the schemas of what it writes, and strip's own package
# for describing pages.
PUBLIC_MODULES = {"shard", "describe"}
HEAVY = ("prefect", "spacy", "duckdb", "great_expectations", "trafilatura", "pyarrow", "rich")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("tasks", cache_dir=None)


def inside_of(module: str) -> tuple[str, str]:
    """The step of a module, and its place inside: `("load", "candidate")`, empty for the step's `__init__`."""
    _, step, *place = module.split(".")
    return step, ".".join(place)


def test_a_step_uses_the_public_modules_of_another_and_nothing_inside_it(graph: grimp.ImportGraph) -> None:
    steps = {path.parent.name for path in Path(tasks.__file__).parent.glob("*/__init__.py")} - BELOW_THE_STEPS
    assert len(steps) == 13
    found = set()
    for importer in sorted(graph.modules - {"tasks"}):
        for imported in graph.find_modules_directly_imported_by(importer):
            (step, _), (other, place) = inside_of(importer), inside_of(imported)
            if other in steps and step != other and place and place not in PUBLIC_MODULES:
                found.add(f"{importer} -> {imported}")
    assert found == set()


def test_the_command_line_starts_without_heavy_libraries() -> None:
    probe = f"import flows.cli, sys; print(*sorted(set(sys.modules) & set({HEAVY})))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
