"""The table of all checks as a page of the documentation: `docs/quality.md`."""

from __future__ import annotations

from pathlib import Path

from expectations.bounds import NO_FAILING_ROW, THRESHOLDS, Bounds, BoundsByCheck, read_bounds
from expectations.checks import SUITES, Check, suite_checks
from expectations.table_checks import TableCheck, read_table_checks

_HEADING = """# What is checked before anything is published

*Generated from the suites by `expectations.check_table.write_check_table`: change the suites, not this page.*

A failing **critical** check of scope *document* takes the document out of the run: its row is in `rejections`, as
quarantined. A failing critical check of scope *run* refuses the run, and the published file stays as it was. A failing
**warning** or **info** is written into `checks`, the report and the Data Docs, and stops nothing. A check that cannot be
evaluated is a critical failure.

Your own checks are `.sql` files in `NAME.checks/` beside the warehouse `NAME.duckdb` (by default `revue.checks/`):

```sql
-- name: title_present
-- severity: warning
-- scope: document
-- sentence: Every document has a title.
-- id: doc_id
select doc_id, uri as detail
from documents
where title is null
```

The query returns the rows that fail: the column named by `id` first, then `detail`. With `-- form: measure` instead of
`-- id:` it returns `source_id, value`, and `NAME.checks/thresholds.toml` gives the values that pass. The same file
changes the bounds of the checks below:

```toml
[dates.undated_share]
high = 0.5
reason = "Half of our pages are archive pages without a day."
```

A measure whose bounds are *usual* compares a source with its own past: the median of its values in the last runs that
had enough of its documents, give or take five median absolute deviations. How many runs, documents and deviations these
are is given below as `history`, and can be changed like any bound. Until a source has that past, the fixed bounds apply.
"""


def write_check_table(path: Path) -> None:
    """Write the page of all checks into the file `path`."""
    path.write_text(describe_checks(), encoding="utf-8")


def describe_checks() -> str:
    """The page of all checks, in Markdown: one table per suite, then the reasons of the bounds."""
    bounds = read_bounds(THRESHOLDS)
    parts = [_HEADING]
    for suite in SUITES:
        parts.append(
            f"\n## {suite}\n\n| check | severity | scope | what is expected | passes |\n| --- | --- | --- | --- | --- |\n"
        )
        checks: list[Check | TableCheck] = [*read_table_checks(suite), *suite_checks(suite)]
        parts += sorted(_row(check, bounds) for check in checks)
    parts.append("\n## Why these bounds\n\n")
    parts += [f"- `{suite}.{name}`: {one.reason}\n" for (suite, name), one in bounds.items()]
    return "".join(parts)


def _row(check: Check | TableCheck, bounds: BoundsByCheck) -> str:
    allowed = bounds.get((check.suite, check.name), NO_FAILING_ROW)
    if isinstance(check, TableCheck):
        expected, passes = check.write_sentence(allowed), _describe_bounds(check.choose_bounds(allowed))
    else:
        expected, passes = check.sentence, _describe_bounds(allowed)
        if check.form == "measure":
            expected += f" *Measured: {check.value}.*"
        if check.is_usual:
            passes = f"what is usual for the source; until it has a past, {passes}"
    escaped = expected.replace("|", "\\|")
    return f"| `{check.name}` | {check.severity} | {check.scope} | {escaped} | {passes} |\n"


def _describe_bounds(allowed: Bounds) -> str:
    low, high = allowed.low, allowed.high
    if (low, high) == (None, 0):
        return "no row fails"
    if high is None:
        return f"from {low:g}"
    return f"up to {high:g}" if low is None else f"{low:g} to {high:g}"
