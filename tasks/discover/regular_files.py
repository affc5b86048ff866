"""Opening an input: regular files alone, so that a run never waits for a pipe and never reads a device without end."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

# What stands in the place of a file, in a sentence that says what to do.
_SPECIAL = {
    stat.S_IFIFO: "a pipe; what comes through it can be read by `revue run -`",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


class NotRegularFileError(OSError):
    """Raised for a pipe, a socket, a device or a folder in the place of a file; the message says which."""


def open_regular(path: str) -> BinaryIO:
    """Open a regular file, or a link to one, for reading; opening never waits.

    Raises `NotRegularFileError` for anything else, another `OSError` for a file that cannot be opened.
    """
    _check_mode(os.stat(path).st_mode)
    # the file may have been replaced by a pipe since, and opening one waits for its writer
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _check_mode(os.fstat(descriptor).st_mode)
    except NotRegularFileError:
        os.close(descriptor)
        raise
    return open(descriptor, "rb")


def _check_mode(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise NotRegularFileError(f"It is {_SPECIAL.get(stat.S_IFMT(mode), 'no regular file')}.")
