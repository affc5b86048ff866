"""Checks written in SQL.

A check is one `.sql` file: a header of `-- key: value` lines, then a query.

    -- name: text_present                       a snake_case word, unique in its suite
    -- severity: critical                       critical | warning | info
    -- scope: document                          document (a failing document can be taken out) | run
    -- sentence: Every document has a text.     what is expected, for an analyst
    -- id: doc_id                               form rows: the column that names the failing row
    -- form: rows                               rows (default) | measure
    -- value: share of …, 0 to 1                form measure: what is measured, and its unit
    -- bounds: usual                            form measure: held against the source's own past, once it has one
    -- tables: dates, figures                   only with {table} in the name: one check for each of these tables

Form *rows*: the query returns the failing rows, `id` first, then `detail`; the check passes when there are at most
`most` of them (0 unless `thresholds.toml` allows more). Form *measure*: the query returns `source_id, value` rows (''
for all sources), and may add `detail`, a sentence about a value that fails; a value passes when it lies between `low`
and `high` of `thresholds.toml`, or within what is usual for the source.

With `tables`, the file holds one check for each table: `{table}` is replaced by the table's name in the header and the
query, and the file is named with `facts` in its place.

A query may use the variable `run_id` (the run being checked). One of scope *run* may also use the other variables and
the temporary tables of `expectations.prepared`, and those of the measures before it, `measure_<suite>_<name>`. A check
of scope *document* has the form rows and the id `doc_id`, and expects the same of every document of any run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, cast, get_args

from warehouse.errors import UsageError

Severity = Literal["critical", "warning", "info"]
Scope = Literal["document", "run"]
Form = Literal["rows", "measure"]

# Every suite is the folder of its name: checks in SQL, and in `tables.toml` expectations of Great Expectations.
SUITES = ("counts", "dates", "sources", "relations", "disagreement")
USER_SUITE = "users"
# Of the rows that fail one check, those kept: enough to find them, not a second copy of the table.
KEPT_ROWS = 100

_HEADER_LINE = re.compile(r"--\s*([a-z]+):\s*(\S(?:.*\S)?)\s*$")
_WORD = re.compile(r"[a-z][a-z0-9_]*")
# The run, what earlier runs have left, and DuckDB's functions and constants that depend on the time or on chance.
_MOMENT = re.compile(
    r"\b(run_id|runs|checks|usual|now|today|yesterday|tomorrow|age|random|setseed|\w*uuid\w*|nextval|(get_)?current_\w+|"
    r"local_?time\w*|transaction_timestamp)\b",
    re.IGNORECASE,
)
_TABLE = "{table}"
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "severity": get_args(Severity),
    "scope": get_args(Scope),
    "form": get_args(Form),
    "bounds": ("usual",),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check in SQL: the values of its header and its query, without a closing semicolon.

    `table` is the table the check was made for when its file holds one check for each of several tables, else ''.
    """

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
    table: str = ""

    @property
    def depends_on_run(self) -> bool:
        """Whether it may give another outcome for the same documents: it asks for the run, for other runs, or for the time.

        It is seen by words, so that a comment may count too.
        """
        return self.is_usual or bool(_MOMENT.search(self.sql))

    @property
    def is_local(self) -> bool:
        """Whether its outcome for a document depends on the rows of that document alone; of a user's check this is unknown."""
        return self.scope == "document" and self.suite != USER_SUITE


def suite_folder(suite: str) -> Traversable:
    """The folder of one of revue's own suites."""
    return files("expectations").joinpath(suite)


def suite_checks(suite: str) -> list[Check]:
    """revue's own checks in SQL of one suite."""
    return read_checks(suite_folder(suite), suite=suite)


def document_checks() -> list[Check]:
    """revue's own checks of scope `document`; each query returns `doc_id, detail`, one row or more per fault.

    The screen step runs their SQL as it is and takes the documents that fail a critical one out of the run; it needs
    `runs` to hold the run, and nothing that resolve makes.
    """
    return [check for suite in SUITES for check in suite_checks(suite) if check.scope == "document"]


def read_checks(folder: Path | Traversable, *, suite: str = USER_SUITE) -> list[Check]:
    """The checks of a folder's `.sql` files, by file name; none when there is no such folder.

    Raises `UsageError`, naming the file, when a header is wrong or two checks have one name.
    """
    if not folder.is_dir():
        return []
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".sql")), key=lambda path: path.name)
    checks = [check for path in paths for check in _read_file(path, suite)]
    seen: set[str] = set()
    for check in checks:
        if check.name in seen:
            raise UsageError(f"Two checks in {folder} are named {check.name}. Give one of them another name.")
        seen.add(check.name)
    return checks


def _read_file(path: Path | Traversable, suite: str) -> list[Check]:
    """The check of one file, or its checks when it holds one for each of several tables."""
    text = path.read_text(encoding="utf-8-sig").strip().removesuffix(";")
    header = _read_header(text)
    if _TABLE not in header.get("name", ""):
        return [_read_check(path, text, suite)]
    if "tables" not in header:
        raise _lacks(path, "tables")
    tables = [table.strip() for table in header["tables"].split(",")]
    return [_read_check(path, text.replace(_TABLE, table), suite, table=table) for table in tables]


def _read_check(path: Path | Traversable, text: str, suite: str, *, table: str = "") -> Check:
    header = _read_header(text)
    form = header.get("form", "rows")
    for key in ("name", "severity", "scope", "sentence", *(["id"] if form == "rows" else [])):
        if key not in header:
            raise _lacks(path, key)
    for key, choices in _CHOICES.items():
        if key in header and header[key] not in choices:
            raise UsageError(f"The check {path} has `-- {key}: {header[key]}`. Write one of {', '.join(choices)}.")
    for key in ("name", "id"):
        if key in header and not _WORD.fullmatch(header[key]):
            raise UsageError(f"The check {path} has `-- {key}: {header[key]}`. Write a snake_case word.")
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
        sql=text,
        is_usual="bounds" in header,
        table=table,
    )


def _read_header(text: str) -> dict[str, str]:
    """The `-- key: value` lines before the query; other comments among them are left alone."""
    header: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("--"):
            break
        if match := _HEADER_LINE.match(line):
            header.setdefault(match[1], match[2])
    return header


def _lacks(path: Path | Traversable, key: str) -> UsageError:
    return UsageError(f"The check {path} lacks `-- {key}:` in its header. Add that line, then try again.")
