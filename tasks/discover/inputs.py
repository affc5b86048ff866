"""The inputs of a run: files, folders, patterns and standard input, listed and hashed."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tasks.discover.folders import belongs_to_warehouse, list_folder, owned_names
from tasks.discover.regular_files import NotRegularFileError, open_regular
from warehouse.errors import UsageError
from warehouse.rows import Input
from warehouse.uris import escape_name, unescape_name

_CHUNK_BYTES = 1 << 20
_OF_WAREHOUSE = "It belongs to a warehouse: revue or its user keeps it beside the warehouse, and it is no input."


@dataclass(frozen=True, slots=True)
class Discovery:
    """The inputs of a run, and the number of files in folders that are none: hidden, or of an unknown type."""

    inputs: tuple[Input, ...]
    count_passed_over: int


def discover_inputs(given: Sequence[str], *, stdin_file: Path | None = None, only: Collection[str] = ()) -> Discovery:
    """List and hash the inputs that files, folders, glob patterns and `-` (standard input, copied to `stdin_file`) give.

    With `only`, the inputs of these uris alone. Raises `UsageError` for a path that does not exist and a pattern without match.
    """
    listed = list_inputs(given, stdin_file=stdin_file)
    return replace(listed, inputs=tuple(hash_input(item) for item in listed.inputs if not only or item.uri in only))


def list_inputs(given: Sequence[str], *, stdin_file: Path | None = None) -> Discovery:
    """The inputs that files, folders, glob patterns and `-` give, none of them opened yet.

    A uri is relative to the folder given, or the file's name when the file itself was given; when two inputs of one
    call would have the same uri, the uri of the later ones is the path they were given by.
    Raises `UsageError` for a path that does not exist and a pattern without match.
    """
    found: list[Input] = []
    count_passed_over = 0
    list_owned = cache(owned_names)
    for name in given:
        if name == "-":
            found.append(_keep_stdin(stdin_file))
            continue
        paths, is_pattern = _expand(name)
        for path in paths:
            uri = escape_name(path.name or str(path))
            if belongs_to_warehouse(path, list_owned):
                if not is_pattern:
                    found.append(Input(str(path), uri, problem="of_warehouse", detail=_OF_WAREHOUSE))
            elif path.is_dir():
                inside, passed_over = list_folder(path)
                count_passed_over += passed_over
                detail = f"The folder {escape_name(str(path))} holds no file revue can read."
                found += inside or [Input(str(path), uri, problem="no_inputs", detail=detail)]
            else:
                found.append(Input(str(path), uri))
    return Discovery(tuple(_make_distinct(found)), count_passed_over)


def find_paths(given: Sequence[str]) -> None:
    """Raise `UsageError` when a path does not exist or a pattern matches nothing."""
    for name in given:
        if name != "-":
            _expand(name)


def hash_input(item: Input) -> Input:
    """The input with hash and size of its bytes, or with the reason it cannot be read."""
    if item.problem:
        return item
    digest = hashlib.sha256()
    count_bytes = 0
    try:
        with open_regular(item.path) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
                count_bytes += len(chunk)
    except NotRegularFileError as error:
        return replace(item, problem="not_a_file", detail=str(error))
    except OSError as error:
        return replace(item, problem="unreadable", detail=f"The file could not be opened: {error.strerror}.")
    return replace(item, content_hash=digest.hexdigest(), count_bytes=count_bytes)


def _expand(name: str) -> tuple[list[Path], bool]:
    """The path that a name, escaped or not, is that of, or the paths a pattern matches; and whether it is a pattern."""
    for one in dict.fromkeys((name, unescape_name(name))):
        if os.path.lexists(one):
            return [Path(one)], False
    if glob.has_magic(name):
        if matches := sorted(Path(match) for match in glob.glob(unescape_name(name), recursive=True)):
            return matches, True
        raise UsageError(
            f"Nothing matches {name}. Check the pattern, and quote it if your shell should leave it alone."
        )
    raise UsageError(f"There is no file or folder {name}. Check the path and try again.")


def _keep_stdin(stdin_file: Path | None) -> Input:
    if stdin_file is None:
        raise UsageError("Standard input can only be read by `revue run -`. Give a file or a folder here.")
    with open(stdin_file, "wb") as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
    return Input(str(stdin_file), "-")


def _make_distinct(inputs: Sequence[Input]) -> list[Input]:
    """Each input once, and each under a uri of its own."""
    seen: dict[str, str] = {}
    distinct: list[Input] = []
    for item in inputs:
        path = os.path.realpath(item.path)
        if seen.get(item.uri) == path:
            continue  # the same file, named twice
        if item.uri in seen:
            item = replace(item, uri=escape_name(Path(item.path).as_posix()))
        if item.uri not in seen:
            seen[item.uri] = path
            distinct.append(item)
    return distinct
