"""Standard input, output and error as every command needs them: open, able to write any text, and known when they refuse it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, cast

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


class Output:
    """A stream that keeps the error of the system when it takes no more."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.refusal: OSError | None = None

    def write(self, text: str) -> int:
        """Write text; raises `OSError` as the stream does."""
        with self._note_refusal():
            return int(self._stream.write(text))

    def flush(self) -> None:
        """Write what is held back; raises `OSError` as the stream does."""
        with self._note_refusal():
            self._stream.flush()

    def drop(self) -> None:
        """Drop what is held back, and all that is written from now on."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @contextmanager
    def _note_refusal(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.refusal = error
            raise


@contextmanager
def standard_streams() -> Iterator[Output]:
    """Open the null device for a stream that was closed, and escape what the encoding of a terminal does not have.

    The next file opened would otherwise get the number of the closed stream, and what is printed would be written into it.
    Yields standard output.
    """
    for number, (name, mode) in enumerate(_MODES.items()):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is this one
        stream: Any = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
        elif mode == "w" and isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    stdout, output = sys.stdout, Output(sys.stdout)
    sys.stdout = cast(Any, output)
    try:
        yield output
    finally:
        sys.stdout = stdout
