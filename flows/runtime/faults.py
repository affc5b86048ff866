"""What the system refuses a run: a full disk, a folder that cannot be written to, a file that went away or is damaged.

Each is one sentence with the next step. Anything else stays an unexpected error.
"""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from warehouse.companions import Companions
from warehouse.store import describe_damage, is_damaged, is_database_error, is_out_of_memory

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLIENTS = {"httpx", "httpcore"}  # whose errors say that the Prefect server did not answer
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR}
# How DuckDB and Arrow put what the system said; they raise no OSError.
_SAID = {
    errno.ENOSPC: ("No space left on device", "Could not write all bytes", "not enough disk space", "Disk quota exceeded"),
    errno.EACCES: ("Read-only file system", "Permission denied"),
    errno.ENOENT: ("No such file or directory", "No files found that match"),
}  # fmt: skip
# How they name a damaged file, in lower case.
_DAMAGED = ("corrupt", "magic bytes", "page header", "parquet", "zstd")


def describe_fault(error: BaseException, warehouse: Path) -> str | None:
    """What the system refused and the next step, in two sentences; None for an error of another kind."""
    companions = Companions(warehouse)
    runs = shlex.quote(str(companions.runs))
    for one in _chain(error):
        if type(one).__module__.partition(".")[0] in _CLIENTS:
            return (
                f"The Prefect server at {os.environ.get('PREFECT_API_URL')} no longer answers. Start it again, or unset "
                "PREFECT_API_URL to let revue start one; then run the same command again; it continues."
            )
        number = _error_number(one)
        place = getattr(one, "filename", None) or companions.folder.resolve()
        if number in _FULL:
            return (
                f"The disk is full, so nothing was published ({place}). Free some, for example with `revue clean`, then run the same "
                "command again; it continues."
            )
        if number in _FORBIDDEN:
            return f"{place} cannot be read or written: {os.strerror(number)}. Correct that, then run the same command again."
        if is_database_error(one) and is_out_of_memory(one):  # type: ignore[arg-type]
            return (
                "The memory or the disk was not enough, so nothing was published. Free some, then run the same command again; it "
                "continues."
            )
        if isinstance(one, MemoryError):  # also that of Arrow, and of a worker that may use too little for any document
            return (
                "The memory was not enough, so nothing was published. Free some, or allow a worker more with REVUE_DOCUMENT_BYTES; then "
                "run the same command again; it continues."
            )
        if number == errno.ENOENT and str(companions.runs) in f"{place} {one}":
            return (
                f"A file in {companions.runs} was removed while the run worked. Run the same command again; it reads again what is "
                "missing."
            )
        if is_database_error(one) and is_damaged(one):  # type: ignore[arg-type]
            return describe_damage(warehouse, str(one))
        if _is_of_reader(one) and any(word in str(one).lower() for word in _DAMAGED):
            return (
                f"A file of an unfinished run is damaged ({' '.join(str(one).split())[:200]}). Remove such files with "
                f"`rm -rf {' '.join(f'{runs}/*/{step}' for step in ('read', 'strip', 'extract'))}`, then run the same command again; "
                "it reads the inputs again."
            )
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and those it was raised from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _error_number(error: BaseException) -> int | None:
    """The number of the system's error, also where a library gives only its words."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    if not _is_of_reader(error):
        return None
    return next((number for number, words in _SAID.items() if any(word in str(error) for word in words)), None)


def _is_of_reader(error: BaseException) -> bool:
    """Whether DuckDB, Arrow or the system raised the error, whose words say what is wrong with a file."""
    is_arrow = type(error).__module__.partition(".")[0] == "pyarrow"
    return is_arrow or isinstance(error, OSError) or (isinstance(error, Exception) and is_database_error(error))
