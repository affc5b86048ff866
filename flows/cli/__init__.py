"""The command line: one command a module, registered here. It parses, runs what was asked for, and prints sentences.

Heavy imports stand inside the commands: `revue --help` must not wait for Prefect or spaCy.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from cyclopts import App, CycloptsError, UnusedCliTokensError

from flows.cli import (
    check,
    clean,
    diff,
    doctor,
    explain,
    export,
    forget,
    publish,
    query,
    refresh,
    rejected,
    report,
    retry,
    run,
    search,
    serve,
    settings,
)
from flows.cli.options import current_warehouse
from flows.cli.terminal.escapes import escape_controls
from flows.runtime.collector import collect_rarely
from warehouse.errors import RevueError
from warehouse.settings import Settings
from warehouse.store import revue_version
from warehouse.suggestions import name_warehouse

app = App(
    name="revue",
    help='Turn piles of scraped news into facts an analyst can trust.\n\nExample: `revue run articles/` and then `revue query "select title from documents"`.',
    version=revue_version,
    help_format="markdown",
    result_action="return_value",
)
for command in (
    run.run, check.check, query.query, explain.explain, diff.diff, rejected.rejected, retry.retry, publish.publish,
    refresh.refresh,     report.report, serve.serve, settings.settings, clean.clean, doctor.doctor, export.export, forget.forget, search.search,
):  # fmt: skip
    app.command(command)
app.register_install_completion_command(help="Install completion for this shell: bash, zsh or fish.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    collect_rarely()
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        status: Any = app(arguments, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        status = _print_error(_describe_usage(error), 2)
    except RevueError as error:
        status = _print_error(_name_warehouse(str(error)), error.exit_code, error if "--debug" in arguments else None)
    except KeyboardInterrupt:
        status = _print_error("Interrupted; nothing was published. Run the same command again; it continues.", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `revue query … | head` has read enough
        status = 0
    except Exception as error:
        status = _print_error(
            _describe_shadows(error)
            or _describe_fault(error)
            or f"An unexpected error occurred: {type(error).__name__}: {error}. Run again with --debug to see where.",
            3,
            error if "--debug" in arguments else None,
        )
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(status if isinstance(status, int) else 0)


def _describe_usage(error: CycloptsError) -> str:
    """What is wrong with the words and options given, and the next step."""
    command = " ".join(["revue", *(error.command_chain or ())])
    if isinstance(error, UnusedCliTokensError):
        given = " ".join(error.unused_tokens or ())
        return f"`{command}` does not know what to do with `{given}`. See `{command} --help`."
    return f"{error} See `{command} --help`."


def _describe_shadows(error: Exception) -> str:
    """What is wrong when a package of another project was imported in place of revue's; empty for any other error."""
    from flows.runtime.shadows import describe_shadow, find_shadows, is_imported_from

    if not isinstance(error, ImportError):
        return ""
    shadows = find_shadows(sys.path)
    return " ".join(describe_shadow(*shadow) for shadow in shadows.items() if is_imported_from(*shadow))


def _describe_fault(error: Exception) -> str:
    """What the system refused this command; empty for any other error."""
    from flows.runtime.faults import describe_fault

    return _name_warehouse(describe_fault(error, current_warehouse.get(Settings().path)) or "")


def _name_warehouse(message: str) -> str:
    """The message, with the warehouse of this command in the commands it suggests."""
    warehouse = current_warehouse.get(None)
    return name_warehouse(message, warehouse) if warehouse else message


def _print_error(message: str, status: int, error: BaseException | None = None) -> int:
    """Print an error on stderr, with its traceback when `error` is given; returns the exit status."""
    if error is not None:
        traceback.print_exception(error, file=sys.stderr)
    print(f"revue: {escape_controls(' '.join(message.split()))}", file=sys.stderr)
    return status
