"""The inputs of a run: files, folders, patterns and standard input, listed and hashed."""

from __future__ import annotations

import glob
import hashlib
import shutil
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.errors import UsageError
from warehouse.rows import Input

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".warc")
COMPRESSIONS = (".gz", ".zst")
_CHUNK_BYTES = 1 << 20


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
    for name in given:
        if name == "-":
            found.append(_keep_stdin(stdin_file))
            continue
        for path in _expand(name):
            if path.is_dir():
                inside, passed_over = _list_folder(path)
                count_passed_over += passed_over
                found += inside or [
                    Input(
                        str(path),
                        path.name or str(path),
                        problem="no_inputs",
                        detail=f"The folder {path} holds no file revue can read.",
                    )
                ]
            else:
                found.append(Input(str(path), path.name))
    return Discovery(tuple(_make_distinct(found)), count_passed_over)


def find_paths(given: Sequence[str]) -> None:
    """Raise `UsageError` when a path does not exist or a pattern matches nothing."""
    for name in given:
        if name != "-":
            _expand(name)


def is_readable_type(name: str) -> bool:
    """Whether revue reads files of this name: text, HTML, JSONL, WARC, compressed or not, or a zip of them."""
    lower = name.lower()
    for compression in COMPRESSIONS:
        lower = lower.removesuffix(compression)
    return lower.endswith(SUFFIXES) or name.lower().endswith(".zip")


def hash_input(item: Input) -> Input:
    """The input with hash and size of its bytes, or with the reason it cannot be read."""
    if item.problem:
        return item
    digest = hashlib.sha256()
    count_bytes = 0
    try:
        with open(item.path, "rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
                count_bytes += len(chunk)
    except OSError as error:
        return replace(item, problem="unreadable", detail=f"The file could not be opened: {error.strerror}.")
    return replace(item, content_hash=digest.hexdigest(), count_bytes=count_bytes)


def _expand(name: str) -> list[Path]:
    path = Path(name)
    if path.exists():
        return [path]
    if glob.has_magic(name):
        if matches := sorted(Path(match) for match in glob.glob(name, recursive=True)):
            return matches
        raise UsageError(
            f"Nothing matches {name}. Check the pattern, and quote it if your shell should leave it alone."
        )
    raise UsageError(f"There is no file or folder {name}. Check the path and try again.")


def _list_folder(folder: Path) -> tuple[list[Input], int]:
    inputs: list[Input] = []
    count_passed_over = 0
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        relative = path.relative_to(folder)
        if any(part.startswith(".") for part in relative.parts) or not is_readable_type(path.name):
            count_passed_over += 1
        else:
            inputs.append(Input(str(path), relative.as_posix()))
    return inputs, count_passed_over


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
        path = str(Path(item.path).resolve())
        if seen.get(item.uri) == path:
            continue  # the same file, named twice
        if item.uri in seen:
            item = replace(item, uri=Path(item.path).as_posix())
        if item.uri not in seen:
            seen[item.uri] = path
            distinct.append(item)
    return distinct
