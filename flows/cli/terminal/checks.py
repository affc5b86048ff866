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
from tasks.report.attention import describe_failing
from warehouse.wording import count_noun

_SEVERITY_STYLES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}


def print_checks(results: Sequence[CheckResult], *, quiet: bool, as_json: bool) -> None:
    """Print how many expectations passed and which failed, the most severe first."""
    if as_json:
        write_data(json.dumps([asdict(result) for result in results], default=str, ensure_ascii=False) + "\n")
        return
    failing = [result for result in results if not result.success]
    console = open_console()
    if not quiet:
        _print_count(console, len(results), len(failing))
    failing.sort(key=lambda result: list(_SEVERITY_STYLES).index(result.severity))
    _print_failing(console, list(map(asdict, failing)))


def print_failing_checks(console: Console, checks: Sequence[Mapping[str, Any]]) -> None:
    """Print how many of the checks (rows of `checks`) passed, and one sentence for each that failed, however many sources it fails for."""
    failing = [check for check in checks if not check["success"]]
    _print_count(console, len(checks), len(failing))
    _print_failing(console, failing)


def _print_count(console: Console, count: int, count_failing: int) -> None:
    console.print(f"[bold]{count_noun(count, 'check')}[/]: {count - count_failing} passed, {count_failing} did not")


def _print_failing(console: Console, failing: Sequence[Mapping[str, Any]]) -> None:
    for severity, line in describe_failing(failing):
        console.print(f"  [{_SEVERITY_STYLES[severity]}]{severity}[/] {escape_text(line)}")
