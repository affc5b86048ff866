"""The command line: one command a module, registered here. It parses, runs what was asked for, and prints sentences.

Heavy imports stand inside the commands: `revue --help` must not wait for Prefect or spaCy.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from cyclopts import App, CycloptsError

from flows.cli import check, diff, explain, publish, query, rejected, report, retry, run, settings
from warehouse.errors import RevueError
from warehouse.store import revue_version

app = App(
    name="revue",
    help='Turn piles of scraped news into facts an analyst can trust.\n\nExample: `revue run articles/` and then `revue query "select title from documents"`.',
    version=revue_version,
    help_format="markdown",
    result_action="return_value",
)
for command in (
    run.run, check.check, query.query, explain.explain, diff.diff, rejected.rejected, retry.retry, publish.publish,
    report.report, settings.settings,
):  # fmt: skip
    app.command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        status: Any = app(arguments, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        status = _print_error(f"{error} See `revue --help`.", 2)
    except RevueError as error:
        status = _print_error(str(error), error.exit_code, error if "--debug" in arguments else None)
    except KeyboardInterrupt:
        status = _print_error("Interrupted; nothing was published. Run the same command again; it continues.", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `revue query … | head` has read enough
        status = 0
    except Exception as error:
        status = _print_error(
            f"An unexpected error occurred: {type(error).__name__}: {error}. Run again with --debug to see where.",
            3,
            error if "--debug" in arguments else None,
        )
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(status if isinstance(status, int) else 0)


def _print_error(message: str, status: int, error: BaseException | None = None) -> int:
    """Print an error on stderr, with its traceback when `error` is given; returns the exit status."""
    if error is not None:
        traceback.print_exception(error, file=sys.stderr)
    print(f"revue: {' '.join(message.split())}", file=sys.stderr)
    return status
