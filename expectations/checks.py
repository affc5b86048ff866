"""Checks written in SQL, and the bounds they are held against.

A check is one `.sql` file: a header of `-- key: value` lines, then a query.

    -- name: text_present                       a snake_case word, unique in its suite
    -- severity: critical                       critical | warning | info
    -- scope: document                          document (a failing document can be taken out) | run
    -- sentence: Every document has a text.     what it says, for an analyst
    -- id: doc_id                               form rows: the column that names the failing row
    -- form: rows                               rows (default) | measure
    -- value: share of …, 0 to 1                form measure: what is measured, and its unit
    -- bounds: usual                            form measure: a source's own past decides, once it has one

Form *rows*: the query returns the offending rows, `id` first, then `detail`; it passes when there are at most `most`
of them (0 unless `thresholds.toml` says more). Form *measure*: the query returns `source_id, value` rows ('' for all
sources), and may add `detail`, the sentence that says what is wrong with one; each passes when its value lies between
`low` and `high` of `thresholds.toml`, or of what is usual for the source.

A query may name the run being checked as `getvariable('run_id')`; one of a run also the tables `usual` and `disagreements`
(`prepared/`) and those of the measures before it, `measure_<suite>_<name>`. A check of scope *document* has the form rows and the
id `doc_id`, and holds for every document whatever the run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from warehouse.errors import UsageError

Severity = Literal["critical", "warning", "info"]
Scope = Literal["document", "run"]
Form = Literal["rows", "measure"]

CHECKS_FOLDER = Path(__file__).parent
THRESHOLDS = Path(__file__).parent / "thresholds.toml"
SUITES = ("counts", "dates", "sources", "relations", "disagreement")
USER_SUITE = "users"

_HEADER_LINE = re.compile(r"--\s*([a-z]+):\s*(\S.*?)\s*$")
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "severity": ("critical", "warning", "info"),
    "scope": ("document", "run"),
    "form": ("rows", "measure"),
    "bounds": ("usual",),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check in SQL: what its header says and its query, without a closing semicolon."""

    suite: str
    name: str
    severity: Severity
    scope: Scope
    sentence: str
    form: Form
    id_column: str
    value: str
    sql: str
    is_usual: bool = False

    @property
    def is_local(self) -> bool:
        """Whether what it says of a document depends on the rows of that document alone; of a user's check nobody knows."""
        return self.scope == "document" and self.suite != USER_SUITE


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values that pass, both ends included; None leaves an end open. `reason` says why they are these."""

    low: float | None = None
    high: float | None = None
    reason: str = ""

    def admit(self, value: float) -> bool:
        """Whether a measured value passes."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


NONE_OFFENDING = Bounds(high=0)


def read_checks(folder: Path, *, suite: str = USER_SUITE) -> list[Check]:
    """The checks of a folder's `.sql` files, by file name; none when there is no such folder.

    Raises `UsageError`, naming the file, when a header is wrong or two checks have one name.
    """
    checks = [read_check(path, suite=suite) for path in sorted(folder.glob("*.sql"))]
    seen: set[str] = set()
    for check in checks:
        if check.name in seen:
            raise UsageError(f"Two checks in {folder} are named {check.name}. Give one of them another name.")
        seen.add(check.name)
    return checks


def read_check(path: Path, *, suite: str) -> Check:
    """The check of one file. Raises `UsageError` when its header is wrong."""
    lines = path.read_text(encoding="utf-8-sig").strip().removesuffix(";").splitlines()
    header = _read_header(lines)
    form = header.get("form", "rows")
    missing = [key for key in ("name", "severity", "scope", "sentence") if key not in header]
    if form == "rows" and "id" not in header:
        missing.append("id")
    if missing:
        raise UsageError(f"The check {path} lacks `-- {missing[0]}:` in its header. Add that line, then try again.")
    for key, choices in _CHOICES.items():
        if key in header and header[key] not in choices:
            raise UsageError(f"The check {path} says `-- {key}: {header[key]}`. Write one of {', '.join(choices)}.")
    for key in ("name", "id"):
        if key in header and not _WORD.fullmatch(header[key]):
            raise UsageError(f"The check {path} says `-- {key}: {header[key]}`. Write a snake_case word.")
    if header["scope"] == "document" and (form, header.get("id")) != ("rows", "doc_id"):
        raise UsageError(f"The check {path} is of scope document, so it names documents: write `-- id: doc_id`.")
    return Check(
        suite=suite,
        name=header["name"],
        severity=cast(Severity, header["severity"]),
        scope=cast(Scope, header["scope"]),
        sentence=header["sentence"],
        form=cast(Form, form),
        id_column="source_id" if form == "measure" else header["id"],
        value=header.get("value", ""),
        sql="\n".join(lines),
        is_usual="bounds" in header,
    )


def _read_header(lines: list[str]) -> dict[str, str]:
    """The `-- key: value` lines before the query; other comments among them are left alone."""
    header: dict[str, str] = {}
    for line in lines:
        if line.strip() and not line.startswith("--"):
            break
        if match := _HEADER_LINE.match(line):
            header.setdefault(match[1], match[2])
    return header


def suite_checks(suite: str) -> list[Check]:
    """revue's own checks of one suite."""
    return read_checks(CHECKS_FOLDER / suite, suite=suite)


def document_checks() -> list[Check]:
    """revue's own checks of scope `document`; each query returns `doc_id, detail`, one row or more per fault.

    The screen step runs their SQL as it is and takes the documents that fail a critical one out of the run; it needs
    `runs` to hold the run, and nothing that resolve makes.
    """
    return [check for suite in SUITES for check in suite_checks(suite) if check.scope == "document"]


def read_bounds(*files: Path) -> dict[tuple[str, str], Bounds]:
    """The bounds of `thresholds.toml` files by (suite, check), later files over earlier; absent files say nothing.

    A table `[suite.check]` has `low`, `high` (or `most`, the most offending rows that pass) and `reason`.
    Raises `UsageError`, naming the file, when one cannot be read.
    """
    bounds: dict[tuple[str, str], Bounds] = {}
    for file in files:
        if not file.is_file():
            continue
        try:
            for suite, tables in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for name, table in tables.items():
                    bounds[suite, name] = _read_table(table)
        except (tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
            raise UsageError(
                f"{file} does not give bounds: {error}. Write tables [suite.check] with low, high or most, and reason."
            ) from error
    return bounds


def _read_table(table: Mapping[str, float | str]) -> Bounds:
    unknown = set(table) - {"low", "high", "most", "reason"}
    if unknown:
        raise ValueError(f"unknown key {min(unknown)}")
    low, high = table.get("low"), table.get("high", table.get("most"))
    return Bounds(
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        reason=str(table.get("reason", "")),
    )
