"""Runs and failed checks described in one sentence each, for the terminal, the log, refusals and artifacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse.rows import Run
from warehouse.wording import count_noun


def describe_counts(run: Run) -> str:
    """The outcomes of all records of a run as an equation: read = published + unchanged + ..."""
    outcomes = ("published", "unchanged", "duplicates", "rejected", "quarantined")
    counts = {name: getattr(run, f"count_{name}") for name in outcomes}
    return f"{count_noun(run.count_read, 'record')} read = " + " + ".join(
        f"{count:,} {'duplicate' if name == 'duplicates' and count == 1 else name}" for name, count in counts.items()
    )


def describe_unchanged(checked_run: str) -> str:
    """Why a run that found nothing new was not checked."""
    return f"Nothing has changed since run {checked_run}: its checks hold, and its report is up to date."


def describe_check(check: Mapping[str, Any]) -> str:
    """A failed check in words: its name, its source, and what is wrong. `check` is a row of `checks`."""
    name = f"{check['check_name']}, {check['source_id']}" if check["source_id"] else check["check_name"]
    return f"{name}: {describe_failure(check)}"


def describe_failure(check: Mapping[str, Any]) -> str:
    """The sentence of a failed check, the measured value with the values that pass, and who accepted the failure.

    The value is left out where it is the number of rows that fail.
    """
    value, low, high = check["value"], check["low"], check["high"]
    is_count = value == check["count_unexpected"] and low is None and high is not None and float(high).is_integer()
    measured = (
        "" if value is None or is_count else f" (measured {format_measure(value)}, passes {describe_bounds(low, high)})"
    )
    return f"{check['sentence']}{measured}{describe_acceptance(check)}"


def describe_acceptance(check: Mapping[str, Any]) -> str:
    """The acceptance of a failing check as a clause: by whom, why and until when; empty without one."""
    if not check.get("accepted_by"):
        return ""
    until = f" (until {check['accepted_until']})" if check.get("accepted_until") else ""
    return f" Accepted by {check['accepted_by']}: {check['accepted_because']}{until}"


def describe_bounds(low: float | None, high: float | None) -> str:
    """The values that pass, in words."""
    if low is not None and high is not None:
        return f"{format_measure(low)} to {format_measure(high)}"
    if low is not None:
        return f"from {format_measure(low)}"
    return "always" if high is None else f"up to {format_measure(high)}"


def format_measure(value: float) -> str:
    """A value or bound of a check: with three significant digits, from 1,000 on as a whole number."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
