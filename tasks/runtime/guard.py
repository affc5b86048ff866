"""Limits on one document: a worker process that needs too much time or memory for one is ended, and the document is known.

A regular expression or a C parser that does not return cannot be interrupted from Python, but `faulthandler` can do it: its
watchdog is a C thread that ends the process even while the interpreter is blocked. The journal, one line in a file, names
the document the process was working on; the document becomes a `Rejection` and the shard goes on without it.
"""

from __future__ import annotations

import faulthandler
import os
import resource
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Why a document has no outcome, in a sentence.
DETAILS = {
    "too_slow": "The document took longer in this step than the setting document_seconds allows.",
    "crashed": "A worker process ended while it worked on this document, most likely because memory ran out.",
    "too_large": "The document needs more memory than the setting document_bytes allows.",
}


def limit_memory(count_bytes: int) -> None:
    """Limit the memory of this process: allocations beyond it fail with `MemoryError`."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = count_bytes if hard == resource.RLIM_INFINITY else min(count_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@dataclass(frozen=True, slots=True)
class Guard:
    """A journal file, and the seconds one document may take."""

    journal: Path
    seconds: float

    @contextmanager
    def watch(self, doc_id: str, *, count: int = 1) -> Iterator[None]:
        """Work on one document, or on a batch of `count` named by its first: the process ends when the time is over."""
        self.journal.write_text(doc_id, encoding="utf-8")
        with open(os.devnull, "w") as nowhere:
            faulthandler.dump_traceback_later(self.seconds * count, exit=True, file=nowhere)
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


def attempt(doc_id: str, guard: Guard, skip: Mapping[str, str], work: Callable[[], Any], *, count: int = 1) -> Any:
    """The outcome of `work`, or the reason (a key of `DETAILS`) why this document has none."""
    if count == 1 and doc_id in skip:
        return skip[doc_id]
    try:
        with guard.watch(doc_id, count=count):
            return work()
    except MemoryError:
        if count > 1:
            raise
        return "too_large"
