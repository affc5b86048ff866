"""Exceptions that end a run or a command. A fault of one document is a `Rejection`, never an exception."""

from __future__ import annotations


class RevueError(Exception):
    """A run or command that cannot continue. The message is one or two sentences and ends with the next step.

    `exit_code` is the exit status of the process: 2 for a wrong command or set-up, 3 for a run that could not finish.
    """

    exit_code = 3


class UsageError(RevueError):
    """The command or the set-up is wrong; nothing was started."""

    exit_code = 2


class GateRefused(RevueError):
    """A critical expectation failed: nothing was published, the published file is unchanged.

    `checks` are the names of the failing critical checks, `run_id` the refused run.
    """

    exit_code = 1

    def __init__(self, message: str, *, checks: tuple[str, ...] = (), run_id: str = "") -> None:
        super().__init__(message)
        self.checks = checks
        self.run_id = run_id

    def __reduce__(self) -> tuple[object, ...]:  # Prefect pickles exceptions, which by itself loses keyword arguments
        return (_rebuild_refusal, (str(self), self.checks, self.run_id))


def _rebuild_refusal(message: str, checks: tuple[str, ...], run_id: str) -> GateRefused:
    return GateRefused(message, checks=checks, run_id=run_id)
