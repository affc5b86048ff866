"""`revue doctor`: what is wrong with this set-up, each finding with the next step."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from flows.runtime.places import require_writable_folder
from flows.runtime.served import prefect_home
from flows.runtime.server import answers
from flows.runtime.shadows import ROOT, describe_shadow, find_shadows, is_imported_from
from tasks.runtime.published_file import list_openers
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.settings import Settings
from warehouse.store import SCHEMA_VERSION, connect, load_extension, open_warehouse, read_schema_version, revue_version
from warehouse.wording import count_noun

_LIBRARIES = ("duckdb", "prefect", "great-expectations", "spacy", "trafilatura", "pyarrow")
_EXTENSIONS = {
    "fts": "`revue search` finds only words that begin as given",
    "ducklake": "`revue export lake` is not available",
}
# A run writes a copy of the warehouse, keeps the two files replaced last, and needs room for its shards.
_COPIES = 3
_LEAST_FREE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `wrong` stops a run, `note` should be known."""

    subject: str
    state: Literal["ok", "note", "wrong"]
    sentence: str


def examine(settings: Settings, environment: Mapping[str, str], folder: Path) -> list[Finding]:
    """Look at versions, models, packages, server, warehouse and disk; `folder` is the working folder. Changes nothing."""
    return [
        *_examine_versions(),
        *(_examine_model(model) for model in settings.models),
        *_examine_packages([*sys.path, str(folder)]),
        _examine_server(environment),
        *_examine_warehouse(Companions(settings.path)),
        _examine_disk(Companions(settings.path)),
    ]


def _examine_versions() -> Iterator[Finding]:
    yield Finding("revue", "ok", f"{revue_version()}, schema {SCHEMA_VERSION}, in {ROOT}")
    is_supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    step = "" if is_supported else "; revue needs 3.11, 3.12 or 3.13. Make the environment again with one of these."
    yield Finding("python", "ok" if is_supported else "wrong", platform.python_version() + step)
    for name in _LIBRARIES:
        installed = _version(name)
        if installed:
            yield Finding(name, "ok", installed)
        else:
            yield Finding(name, "wrong", f"not installed. Run `pip install {name}`, or `make run` in a copy of revue.")
    for name, consequence in _EXTENSIONS.items():
        with connect() as connection:
            if load_extension(connection, name):
                yield Finding(f"duckdb {name}", "ok", "installed")
                continue
        wanted = f"duckdb-extension-{name}=={_version('duckdb')}"
        yield Finding(f"duckdb {name}", "note", f"not installed: {consequence}. Run `pip install {wanted}`.")


def _examine_model(model: str) -> Finding:
    if find_spec(model.replace("-", "_")) or Path(model).is_dir():
        return Finding("model", "ok", f"{model} {_version(model) or ''}".strip())
    return Finding(
        "model", "wrong", f"{model} is not installed. Run `pip install {model}`, or choose another with --model."
    )


def _examine_packages(path: Sequence[str]) -> Iterator[Finding]:
    shadows = find_shadows(path)
    for folder, names in shadows.items():
        state: Literal["wrong", "note"] = "wrong" if is_imported_from(folder, names) else "note"
        yield Finding("packages", state, describe_shadow(folder, names))
    if not shadows:
        yield Finding("packages", "ok", "no other project on the import path has packages of the same names")


def _examine_server(environment: Mapping[str, str]) -> Finding:
    url = environment.get("PREFECT_API_URL", "")
    if not url:
        try:
            require_writable_folder(prefect_home(environment), "PREFECT_HOME")
        except UsageError as error:
            return Finding("prefect server", "wrong", str(error))
        return Finding("prefect server", "ok", "each run starts one of its own; PREFECT_API_URL is not set")
    if answers(url):
        return Finding("prefect server", "ok", f"{url} answers")
    return Finding(
        "prefect server", "wrong", f"{url} does not answer. Start it, or unset PREFECT_API_URL to let revue start one."
    )


def _examine_warehouse(companions: Companions) -> Iterator[Finding]:
    path = companions.path
    if not path.exists():
        yield Finding("warehouse", "note", f"there is none at {path}. `revue run INPUT...` makes it.")
        return
    try:
        with open_warehouse(path) as connection:
            schema = read_schema_version(connection)
            [(count,)] = connection.execute("select count(*) from documents").fetchall()
        older = "" if schema == SCHEMA_VERSION else ", which the next run upgrades"
        yield Finding("warehouse", "ok", f"{path}: {count_noun(count, 'document')}, schema {schema}{older}")
    except UsageError as error:
        yield Finding("warehouse", "wrong", str(error))
    openers = [(process, name) for process, name in list_openers(path) if process != os.getpid()]
    listed = ", ".join(f"process {process} ({name})" for process, name in openers)
    yield Finding("open in", "note" if openers else "ok", listed or "no other program")
    if path.with_name(f"{path.name}.wal").exists():
        yield Finding(
            "write-ahead log", "wrong",
            f"{path.name}.wal lies beside the warehouse: somebody writes to it, or did not close it. Close it there, or open it once "
            "with any DuckDB and close it again; until then no run can publish.",
        )  # fmt: skip


def _examine_disk(companions: Companions) -> Finding:
    folder = next(
        place for place in (companions.folder.resolve(), *companions.folder.resolve().parents) if place.exists()
    )
    free = shutil.disk_usage(folder).free
    size = companions.path.stat().st_size if companions.path.exists() else 0
    needed = max(_COPIES * size, _LEAST_FREE_BYTES)
    sentence = f"{free / 1e9:.1f} GB free in {folder}"
    if not os.access(folder, os.W_OK):
        return Finding(
            "disk", "wrong", f"{folder} cannot be written to. Change its permissions, or name another --warehouse."
        )
    if free < needed:
        return Finding(
            "disk",
            "wrong",
            f"{sentence}; a run may need {needed / 1e9:.1f} GB. Free some, for example with `revue clean`.",
        )
    return Finding("disk", "ok", sentence)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
