"""The list of all checks, for people: `docs/quality.md`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from expectations.batches import Batch, build_batches
from expectations.bounds import THRESHOLDS, read_bounds
from expectations.checks import SUITES

_HEADING = """# What is checked before anything is published

*Made from the suites by `expectations.check_table.write_check_table`; change them, not this page.*

A failing **critical** check of scope *document* takes the document out of the run (it stands in `rejections` as
quarantined); one of scope *run* refuses the run, and the published file stays as it was. A **warning** or an **info** is
written into `checks`, the report and the Data Docs, and stops nothing. A check that cannot be evaluated is critical.

Checks of your own are `.sql` files in `revue.checks/` beside the warehouse:

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

The query returns the rows that fail, the column named by `id` first, then `detail`. With `-- form: measure` instead of
`-- id:` it returns `source_id, value`, and `revue.checks/thresholds.toml` says which values pass; the same file changes
the bounds of the checks below:

```toml
[dates.undated_share]
high = 0.5
reason = "Half of our pages are archive pages without a day."
```

A measure whose bounds are what is *usual* holds a source against its own past: the median of its values in the last runs
that brought enough of its documents, give or take five median absolute deviations. How many runs, documents and deviations
these are stands below as `history`, and may be changed like any bound. Before a source has that past, the numbers given hold.
"""


def write_check_table(path: Path) -> None:
    """Write the page of all checks to `path`."""
    path.write_text(describe_checks(), encoding="utf-8")


def describe_checks() -> str:
    """The page of all checks, in Markdown: one table per suite, then the reasons of the bounds."""
    bounds = read_bounds(THRESHOLDS)
    batches = build_batches(None, bounds)
    parts = [_HEADING]
    for suite in SUITES:
        parts.append(
            f"\n## {suite}\n\n| check | severity | scope | what it says | passes |\n| --- | --- | --- | --- | --- |\n"
        )
        own = [batch for batch in batches if batch.suite.name.split(".")[0] == suite]
        parts += sorted({_row(batch, expectation.meta or {}, expectation.severity.value)
                         for batch in own for expectation in batch.suite.expectations})  # fmt: skip
    parts.append("\n## Why these bounds\n\n")
    parts += [f"- `{suite}.{name}`: {one.reason}\n" for (suite, name), one in bounds.items()]
    return "".join(parts)


def _row(batch: Batch, meta: dict[str, Any], severity: str) -> str:
    said = meta["sentence"].replace("|", "\\|")
    if batch.measure is not None:
        said += f" *Measured: {batch.measure.value}.*"
    passes = _passes(meta["low"], meta["high"])
    if batch.measure is not None and batch.measure.is_usual:
        passes = f"what is usual for the source; before that {passes}"
    return f"| `{meta['check_name']}` | {severity} | {meta['scope']} | {said} | {passes} |\n"


def _passes(low: float | None, high: float | None) -> str:
    if (low, high) == (None, 0):
        return "none fails"
    if high is None:
        return f"from {low:g}"
    return f"up to {high:g}" if low is None else f"{low:g} to {high:g}"
