"""What the published file was made from: while all of that is as it was, a run without new records makes nothing again.

Each run that has published, and has written its report, notes it in `WAREHOUSE.runs/basis.json`. The file published is part
of it, so that whatever else changes that file (`revue forget`, a retry, an editor) makes the note void.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from expectations.checks import read_checks
from tasks.discover import list_inputs
from tasks.extract.recipe import extract_recipe
from tasks.runtime.history import is_history_complete
from tasks.runtime.published_file import Fingerprint, fingerprint
from tasks.runtime.recipe import Recipe, hash_file, hash_folder, hash_package
from tasks.strip.recipe import strip_recipe
from warehouse.companions import Companions
from warehouse.errors import RevueError
from warehouse.settings import Settings

_PACKAGES = ("flows", "tasks", "expectations", "warehouse")
_SUFFIXES = (".py", ".sql", ".toml", ".csv", ".json", ".jinja", ".css", ".js")
_LIBRARIES = ("duckdb", "great_expectations")


@dataclass(frozen=True, slots=True)
class Basis:
    """What the file `published` was made from.

    `made_from` is a hash of all that resolving, checking and the report depend on apart from the documents. The checks of
    the run `checked_run` hold for the file, until and including the day `holds_until` when they hold because a failure was
    accepted. `started_at` is the start of the last run: its inputs were listed after that.
    """

    made_from: str
    published: Fingerprint
    checked_run: str
    started_at: datetime
    holds_until: date | None = None


def hash_sources(companions: Companions, recipe: Recipe) -> str:
    """One hash of what the published file depends on apart from the documents.

    That is revue itself, the libraries that merge and check, the recipes, and the user's sources, aliases, checks and bounds.
    """
    parts = [
        recipe.name,
        *(hash_package(package, _SUFFIXES) for package in _PACKAGES),
        *(f"{library} {version(library)}" for library in _LIBRARIES),
        *(hash_file(file) for file in (companions.sources, companions.aliases)),
        hash_folder(companions.checks),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def find_basis(companions: Companions, recipe: Recipe, *, on: date) -> Basis | None:
    """The basis of the published file when on this day a run without new records would make the same file again.

    None when anything else has changed, when report or Data Docs are missing, when the outcome of an earlier run still has to
    enter the warehouse, and when a check of the user asks for the run or for the time.
    """
    basis = read_basis(companions)
    if basis is None or basis.published != fingerprint(companions.path):
        return None
    if basis.holds_until is not None and on > basis.holds_until:
        return None
    if not (companions.report.is_file() and (companions.docs / "index.html").is_file()):
        return None
    if basis.made_from != hash_sources(companions, recipe):
        return None
    if any(check.depends_on_run for check in read_checks(companions.checks)):
        return None
    return basis if is_history_complete(companions.path, companions.runs) else None


def expects_nothing(companions: Companions, settings: Settings, inputs: Sequence[str], *, on: date) -> bool:
    """Whether a run will probably find nothing new, seen without opening an input: none is newer than the last run.

    Standard input is always new.
    """
    if "-" in inputs:
        return False
    try:
        recipe = Recipe(strip_recipe(settings, companions.sources), extract_recipe(settings))
        basis = find_basis(companions, recipe, on=on)
        return basis is not None and all(
            os.stat(one.path).st_ctime < basis.started_at.timestamp() for one in list_inputs(inputs).inputs
        )
    except (OSError, RevueError):  # the run meets it again, and reports it
        return False


def last_day_of(checks: Iterable[Mapping[str, Any]]) -> date | None:
    """The last day on which all accepted failures among these rows of `checks` are accepted; None when there are none."""
    return min((check["accepted_until"] for check in checks if check.get("accepted_until")), default=None)


def read_basis(companions: Companions) -> Basis | None:
    """The basis noted last; None when there is none that can be read."""
    try:
        values = json.loads(_file(companions).read_text(encoding="utf-8"))
        until = values["holds_until"]
        return Basis(
            made_from=values["made_from"],
            published=tuple(values["published"]),
            checked_run=values["checked_run"],
            started_at=datetime.fromisoformat(values["started_at"]),
            holds_until=date.fromisoformat(until) if until else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_basis(companions: Companions, basis: Basis) -> None:
    """Note the basis, all or nothing."""
    unfinished = _file(companions).with_suffix(".unfinished")
    unfinished.write_text(json.dumps(asdict(basis), default=str), encoding="utf-8")
    os.replace(unfinished, _file(companions))


def _file(companions: Companions) -> Path:
    return companions.runs / "basis.json"
