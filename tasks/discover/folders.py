"""The files of a folder that are inputs: no hidden ones, none of an unknown type, none that belong to a warehouse."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from warehouse.companions import Companions
from warehouse.rows import Input
from warehouse.uris import escape_name

SUFFIXES = (
    ".txt", ".html", ".htm", ".jsonl", ".ndjson", ".warc", ".csv", ".tsv", ".parquet", ".rss", ".atom", ".xml",
)  # fmt: skip
COMPRESSIONS = (".gz", ".zst")
_RUN_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{4}")  # as `tasks.runtime.run_folder.name_run` writes it
_DUCKDB_EXPORT = {"schema.sql", "load.sql"}


def is_readable_type(name: str) -> bool:
    """Whether revue reads files of this name: pages, records, tables, feeds, compressed or not, or a zip of them."""
    lower = name.lower()
    for compression in COMPRESSIONS:
        lower = lower.removesuffix(compression)
    return lower.endswith(SUFFIXES) or name.lower().endswith(".zip")


def list_folder(folder: Path) -> tuple[list[Input], int]:
    """The inputs in a folder, by path, and the number of files passed over: hidden, or of an unknown type.

    What belongs to a warehouse in the folder is neither. A folder that cannot be listed, and a link to a folder elsewhere,
    are inputs with a problem.
    """
    found: list[tuple[Path, str | None, str]] = []
    count_passed_over = 0

    def note_unreadable(error: OSError) -> None:
        found.append((Path(error.filename), "unreadable", f"The folder could not be listed: {error.strerror}."))

    for name, folder_names, file_names in os.walk(folder, onerror=note_unreadable):
        here = Path(name)
        owned = owned_names(here)
        folder_names[:] = [one for one in folder_names if one not in owned]
        is_hidden_here = _is_hidden(here.relative_to(folder))
        for one in folder_names:
            if not (is_hidden_here or one.startswith(".")) and _leads_outside(here / one, folder):
                detail = "It is a link to a folder elsewhere, which is not followed; name that folder to read it."
                found.append((here / one, "not_a_file", detail))
        for one in file_names:
            if one in owned:
                continue
            if is_hidden_here or one.startswith(".") or not is_readable_type(one):
                count_passed_over += 1
            else:
                found.append((here / one, None, ""))
    inputs = [
        Input(str(path), escape_name(path.relative_to(folder).as_posix()), problem=problem, detail=detail or None)
        for path, problem, detail in sorted(found)
    ]
    return inputs, count_passed_over


def belongs_to_warehouse(path: Path, list_owned: Callable[[Path], frozenset[str]]) -> bool:
    """Whether a path is that of a warehouse, or of what stands beside one, or is inside it.

    `list_owned` is `owned_names`, cached by the caller.
    """
    place = path.absolute()
    return any(one.name in list_owned(one.parent) for one in (place, *place.parents) if one.name)


def owned_names(folder: Path) -> frozenset[str]:
    """The names in a folder that belong to its warehouses: the files themselves, run folders, reports, user's tables."""
    try:
        names = os.listdir(folder)
    except OSError:
        return frozenset()
    warehouses = {one for one in names if one.endswith(".duckdb")}
    warehouses |= {one.removesuffix(".runs") for one in names if _is_runs_folder(folder / one)}
    owned = {path.name for one in warehouses for path in Companions(folder / one).list_all()}
    return frozenset(names if set(names) >= _DUCKDB_EXPORT else owned)


def _is_runs_folder(path: Path) -> bool:
    try:
        return path.name.endswith(".runs") and any(_RUN_ID.fullmatch(name) for name in os.listdir(path))
    except OSError:
        return False


def _is_hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _leads_outside(path: Path, folder: Path) -> bool:
    """Whether a path is a link to a folder that is not inside `folder`, whose files would be read anyway."""
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
