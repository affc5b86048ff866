"""The command line: `main` runs one command and exits with its status, also when a signal ends it.

What takes time to import is imported inside: a signal that arrives meanwhile ends the command with a sentence too.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from flows.cli.terminal.streams import standard_streams
from flows.runtime.collector import collect_rarely
from flows.runtime.signals import STATUSES, raise_at_signals

# The commands that a repetition continues.
_CONTINUED = {"publish", "refresh", "retry", "run"}
_ending = threading.Lock()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    collect_rarely()
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        with standard_streams() as output, raise_at_signals(lambda number: _end(number, arguments)) as received:
            try:
                from flows.cli.commands import run_command

                status, sentence = run_command(arguments, output)
            finally:  # also when a library made another exception of the interruption
                if received:
                    _end(received[0], arguments)
            if sentence:
                _say(sentence)
    except KeyboardInterrupt:
        _end(signal.SIGINT, arguments)
    sys.exit(status)


def _end(number: signal.Signals, arguments: Sequence[str]) -> NoReturn:
    """End this process with a sentence, from whichever thread comes first."""
    _ending.acquire()
    _say(_describe_interruption(arguments))
    os._exit(STATUSES[number])


def _say(sentence: str) -> None:
    with suppress(OSError):  # the exit status says it too
        print(f"revue: {sentence}", file=sys.stderr, flush=True)


def _describe_interruption(arguments: Sequence[str]) -> str:
    """What an interrupted command has left undone, and the next step."""
    if not _CONTINUED.intersection(arguments[:1]):
        return "Interrupted. Run the same command again."
    from flows.runtime.interruption import describe_interruption

    return describe_interruption()
