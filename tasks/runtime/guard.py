"""Limits on one document: a worker process that needs too much time or memory for one is ended, and the document is known.

A regular expression or a C parser that does not return cannot be interrupted from Python, but `faulthandler` can do it: its
watchdog is a C thread that ends the process even while the interpreter is blocked. The journal, one line in a file, names
the document the process was working on; the document becomes a `Rejection` and the shard goes on without it.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

# Why a document has no outcome, in a sentence.
DETAILS = {
    "too_slow": "The document took longer in this step than the setting document_seconds allows.",
    "crashed": "A worker process ended while it worked on this document, most likely because memory ran out.",
    "too_large": "The document needs more memory than the setting document_bytes allows.",
}

_LONGEST_MESSAGE = 200  # characters of an exception's message: some quote the whole document

T = TypeVar("T")


class Failure(NamedTuple):
    """Why a document has no outcome in a step: a key of `DETAILS`, or `internal_error`; and a sentence about it."""

    reason: str
    detail: str


_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def set_up_worker(count_bytes: int) -> None:
    """Limit the memory of this process (allocations beyond it fail with `MemoryError`), and end it with its parent.

    The parent is the fork server, which ends when the run ends, however that ends.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = count_bytes if hard == resource.RLIM_INFINITY else min(count_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@dataclass(frozen=True, slots=True)
class Guard:
    """A journal file, and the seconds one document may take."""

    journal: Path
    seconds: float

    @contextmanager
    def watch(self, doc_id: str) -> Iterator[None]:
        """Work on one document, or on a batch under a name of its own: the process ends when the time is over."""
        self.journal.write_text(doc_id, encoding="utf-8")
        with open(os.devnull, "w") as nowhere:
            faulthandler.dump_traceback_later(self.seconds, exit=True, file=nowhere)
            try:
                yield
            finally:
                faulthandler.cancel_dump_traceback_later()
        self.journal.unlink(missing_ok=True)

    def read_culprit(self) -> str | None:
        """The document the process was working on when it ended; None when it was working on none."""
        try:
            return self.journal.read_text(encoding="utf-8") or None
        except FileNotFoundError:
            return None
        finally:
            self.journal.unlink(missing_ok=True)


def attempt(
    doc_id: str, guard: Guard, skip: Mapping[str, str], work: Callable[[], T], *, is_batch: bool = False
) -> T | Failure:
    """The outcome of `work`, or why there is none.

    An exception that `work` raises is an error of revue over this document: the others of its shard must not be lost with
    it. The traceback is kept beside the journal of the guard, as `DOC_ID.error.txt`; not that of a batch, whose documents
    are tried again one by one.
    """
    if doc_id in skip:
        return Failure(skip[doc_id], DETAILS[skip[doc_id]])
    try:
        with guard.watch(doc_id):
            return work()
    except MemoryError:
        return Failure("too_large", DETAILS["too_large"])
    except Exception as error:
        if not is_batch:
            # a message may quote what stands in the document, also what cannot be encoded
            file = guard.journal.with_name(f"{doc_id}.error.txt")
            file.write_text(traceback.format_exc(), encoding="utf-8", errors="backslashreplace")
        return Failure("internal_error", _describe(error))


def _describe(error: Exception) -> str:
    """The exception and the place in the code that raised it, in a sentence."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    file = "/".join(place.filename.split("/")[-3:])
    message = str(error)[:_LONGEST_MESSAGE].encode("utf-8", "backslashreplace").decode()
    return (
        f"An error of revue over this document: {type(error).__name__} ({message}) in {place.name}, line {place.lineno} "
        f"of {file}. Please report it with the text."
    )
