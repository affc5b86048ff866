"""The bounds checks are held against: those of `thresholds.toml`, and over them the user's."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from expectations.checks import SUITES, read_checks, suite_checks
from warehouse.errors import UsageError

THRESHOLDS = files("expectations").joinpath("thresholds.toml")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values that pass, both ends included; None leaves an end open. `reason` gives why they are these."""

    low: float | None = None
    high: float | None = None
    reason: str = ""

    def admit(self, value: float) -> bool:
        """Whether a measured value passes."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def describe(self) -> str:
        """The bounds in words, to stand before a noun; one end may be open."""
        if self.low is None:
            return f"at most {self.high:,g}"
        if self.high is None:
            return f"at least {self.low:,g}"
        return f"{self.low:,g} to {self.high:,g}"


# By suite and check name.
BoundsByCheck = Mapping[tuple[str, str], Bounds]

NO_FAILING_ROW = Bounds(high=0)


def read_bounds(*paths: Path | Traversable) -> dict[tuple[str, str], Bounds]:
    """The bounds of `thresholds.toml` files by (suite, check), later files over earlier; a file that is absent adds none.

    A table `[suite.check]` has `low`, `high` (or `most`, the most failing rows that pass) and `reason`.
    Raises `UsageError`, naming the file, when one cannot be read.
    """
    bounds: dict[tuple[str, str], Bounds] = {}
    for path in paths:
        if not path.is_file():
            continue
        try:
            for suite, tables in tomllib.loads(path.read_text(encoding="utf-8")).items():
                for name, table in tables.items():
                    bounds[suite, name] = _read_table(table)
        except (tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
            raise UsageError(
                f"{path} does not give bounds: {error}. Write tables [suite.check] with low, high or most, and reason."
            ) from error
    return bounds


def read_all_bounds(checks_folder: Path | None) -> dict[tuple[str, str], Bounds]:
    """revue's bounds, and over them those of the user's checks folder.

    Raises `UsageError` when the user's cannot be read or belong to no check: the check meant would keep its old bounds.
    """
    bounds = read_bounds(THRESHOLDS)
    if checks_folder is None:
        return bounds
    path = checks_folder / "thresholds.toml"
    given = read_bounds(path)
    in_sql = [*(check for suite in SUITES for check in suite_checks(suite)), *read_checks(checks_folder)]
    for suite, name in given.keys() - bounds.keys() - {(check.suite, check.name) for check in in_sql}:
        raise UsageError(
            f"{path} gives bounds for {suite}.{name}, which is no check. docs/quality.md lists the checks."
        )
    return bounds | given


def _read_table(table: Mapping[str, float | str]) -> Bounds:
    unknown = set(table) - {"low", "high", "most", "reason"}
    if unknown:
        raise ValueError(f"unknown key {min(unknown)}")
    low, high = table.get("low"), table.get("high", table.get("most"))
    if low is None and high is None:
        raise ValueError("a table has no low, high or most")
    return Bounds(
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        reason=str(table.get("reason", "")),
    )
