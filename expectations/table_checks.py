"""Checks that Great Expectations has an expectation for, declared as data: the file `tables.toml` of a suite.

    [source_given]                                  name, unique in its suite
    table = "documents"                             the table of the warehouse it is about
    severity = "critical"                           as in the header of a check in SQL
    scope = "run"
    sentence = "No document leaves its source empty."
    [[source_given.expectations]]                   one or more, which must all hold
    type = "expect_column_values_to_not_be_null"    Great Expectations' name, then its arguments
    column = "source_id"

`expect_…_to_be_between` takes its `min_value` and `max_value` from `thresholds.toml`; the sentence may name them as
`{bounds}`, before the noun: "20 to 300", "at least 20" or "at most 300".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from expectations.bounds import NO_FAILING_ROW, Bounds
from expectations.checks import Scope, Severity, suite_folder


@dataclass(frozen=True, slots=True)
class TableCheck:
    """One or more expectations of Great Expectations on one table: `type` and arguments of each."""

    suite: str
    name: str
    table: str
    severity: Severity
    scope: Scope
    sentence: str
    expectations: tuple[Mapping[str, Any], ...]

    def write_sentence(self, bounds: Bounds) -> str:
        """The sentence, with its bounds filled in."""
        return self.sentence.format(bounds=bounds.describe())

    def choose_bounds(self, bounds: Bounds) -> Bounds:
        """The bounds of the value the check reports: a count of failing rows, or what is measured of the whole table."""
        is_measured = all(one["type"].startswith("expect_table_") for one in self.expectations)
        return bounds if is_measured else NO_FAILING_ROW

    def list_arguments(self, bounds: Bounds) -> list[dict[str, Any]]:
        """The arguments of each expectation as Great Expectations takes them, `type` among them."""
        between = {"min_value": bounds.low, "max_value": bounds.high}
        return [{**one, **(between if one["type"].endswith("_to_be_between") else {})} for one in self.expectations]


def read_table_checks(suite: str) -> list[TableCheck]:
    """The checks of one of revue's own suites that Great Expectations has an expectation for; none without a `tables.toml`."""
    path = suite_folder(suite).joinpath("tables.toml")
    if not path.is_file():
        return []
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        TableCheck(suite, name, **{**given, "expectations": tuple(given["expectations"])})
        for name, given in declared.items()
    ]
