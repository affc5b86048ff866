"""The results of checks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console

from expectations.results import CheckResult
from flows.cli.terminal.escapes import escape_text
from flows.cli.terminal.tables import open_console, write_data
from flows.cli.terminal.wording import count_noun
from tasks.report.wording import describe_check

_SEVERITY_STYLES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}


def print_checks(results: Sequence[CheckResult], *, quiet: bool, as_json: bool) -> None:
    """Print how many expectations passed and which failed, the most severe first."""
    if as_json:
        write_data(json.dumps([asdict(result) for result in results], default=str, ensure_ascii=False) + "\n")
        return
    failing = [result for result in results if not result.success]
    console = open_console()
    if not quiet:
        console.print(f"[bold]{len(results)} checks[/]: {len(results) - len(failing)} passed, {len(failing)} did not")
    for result in sorted(failing, key=lambda result: list(_SEVERITY_STYLES).index(result.severity)):
        _print_check(console, asdict(result))


def print_failing_checks(console: Console, checks: Sequence[Mapping[str, Any]]) -> None:
    """Print how many of the checks (rows of `checks`) passed, and each that failed."""
    failing = [check for check in checks if not check["success"]]
    console.print(
        f"[bold]{count_noun(len(checks), 'check')}[/]: {len(checks) - len(failing)} passed, {len(failing)} did not"
    )
    for check in failing:
        _print_check(console, check)


def _print_check(console: Console, check: Mapping[str, Any]) -> None:
    style = _SEVERITY_STYLES[check["severity"]]
    console.print(f"  [{style}]{check['severity']}[/] {escape_text(describe_check(check))}")
