"""The artifacts of a run, shown in the Prefect UI. Each has a key: Prefect lists no artifact without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from tasks.report.summary import Summary
from tasks.report.wording import describe_bounds, describe_check
from warehouse.companions import Companions

# Artifacts are read in a browser; beyond this many rows the warehouse is the place to look.
_MOST_ROWS = 200
# Columns of a document whose share of filled values the quality summary shows, each with what stands there without a value.
_DESCRIBED = {"title": "(no title)", "published_on": None, "language": None, "source": "not named"}


def write_artifacts(summary: Summary, companions: Companions) -> None:
    """Write the artifacts of a run that published: funnel, checks, documents, rejections, and the report in words."""
    write_tables(summary)
    create_table_artifact(_clip(summary.documents), key="revue-documents", description="Documents this run published.")
    create_markdown_artifact(write_markdown(summary, companions), key="revue-report", description="The run in words.")


def write_unchanged(summary: Summary, sentence: str) -> None:
    """Write the artifacts of a run that found nothing new: funnel, the checks that hold, and why nothing was done, in words."""
    write_tables(summary)
    lines = ["# Nothing is new", "", _plain(sentence), "", *_list_failing(summary.checks)]
    create_markdown_artifact("\n".join(lines), key="revue-report", description="The run in words.")


def write_refusal(summary: Summary, sentence: str) -> None:
    """Write the artifacts of a run that published nothing: funnel, checks, rejections, and why, in words."""
    write_tables(summary)
    failing = _list_failing(summary.checks)
    lines = ["# Nothing was published", "", _plain_outside_code(sentence), "", *failing]
    create_markdown_artifact("\n".join(lines), key="revue-report", description="Why nothing was published.")


def write_tables(summary: Summary) -> None:
    """Write the tables that every run has: funnel, checks and rejections."""
    create_table_artifact(list_funnel(summary), key="revue-funnel", description="What became of the records read.")
    if summary.checks:
        write_checks(summary.checks)
    if summary.rejections:
        create_table_artifact(
            _clip(summary.rejections), key="revue-rejections", description="Records this run rejected, and why."
        )


def write_checks(checks: Sequence[Mapping[str, Any]]) -> None:
    """Write the table of checks (rows of `checks`), failures first."""
    create_table_artifact(
        [show_check(check) for check in _order(checks)[:_MOST_ROWS]],
        key="revue-checks",
        description="What Great Expectations measured, failures first.",
    )


def list_funnel(summary: Summary) -> list[dict[str, Any]]:
    """The records read and each of their outcomes, rejections by reason: the first row is the sum of the others."""
    run = summary.run
    rows = [
        ("read", "", run.count_read),
        ("unchanged", "met before: its outcome of then stands" if run.count_unchanged else "", run.count_unchanged),
        ("duplicates", "", run.count_duplicates),
    ]
    reasons = Counter((row["outcome"], row["reason"]) for row in summary.rejections)
    for outcome, total in (("rejected", run.count_rejected), ("quarantined", run.count_quarantined)):
        counted = [(outcome, reason, count) for (kind, reason), count in reasons.most_common() if kind == outcome]
        missing = total - sum(count for *_, count in counted)
        rows += counted + ([(outcome, "", missing)] if missing else [])
    rows.append(("published", "", run.count_published))
    return [
        {"records": outcome, "reason": reason, "count": count, "share": _share(count, run.count_read)}
        for outcome, reason, count in rows
    ]


def show_check(check: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `checks` as it is shown: whether it passed, the value, the values that pass, and the sentence."""
    value = check["value"]
    return {
        "passed": "yes" if check["success"] else "no",
        "severity": check["severity"],
        "check": check["check_name"],
        "source": check["source_id"],
        "value": "" if value is None else f"{value:.4g}",
        "passes": describe_bounds(check["low"], check["high"]),
        "sentence": str(check["sentence"]),
    }


def write_markdown(summary: Summary, companions: Companions) -> str:
    """The report of a run as Markdown: outcomes, quality, checks, what is named most, and where the files are."""
    run = summary.run
    lines = [
        f"# {run.count_read:,} read, {run.count_published:,} published",
        "",
        "| records | reason | count | share |",
        "| --- | --- | ---: | ---: |",
        *(f"| {row['records']} | {row['reason']} | {row['count']} | {row['share']} |" for row in list_funnel(summary)),
        "",
        *_write_quality(summary.documents),
        f"**Checks:** {sum(bool(check['success']) for check in summary.checks)} of {len(summary.checks)} passed.",
        *_list_failing(summary.checks),
        "",
        "**Most named:** "
        + (", ".join(f"{_plain(row['name'])} ({row['count_documents']})" for row in summary.entities[:12]) or "nobody")
        + ".",
        "",
        f"On the machine of this run: the report page `{companions.report}`, every check in full "
        f"`{companions.docs / 'index.html'}`, the warehouse `{companions.path}`.",
    ]
    return "\n".join(lines)


def _write_quality(documents: Sequence[Mapping[str, Any]]) -> list[str]:
    """How much is known of the documents a run published; nothing when it published none."""
    if not documents:
        return []
    filled = {
        name: sum(document[name] not in (None, empty) for document in documents) for name, empty in _DESCRIBED.items()
    }
    facts = {
        name: sum(document[f"count_{name}"] for document in documents) / len(documents)
        for name in ("words", "lines_removed", "entities", "dates", "figures", "quotes")
    }
    return [
        "| of the documents published | |",
        "| --- | ---: |",
        *(f"| with {name} | {_share(count, len(documents))} |" for name, count in filled.items()),
        f"| truncated | {_share(sum(bool(document['is_truncated']) for document in documents), len(documents))} |",
        *(f"| {name.replace('_', ' ')} per document | {mean:,.1f} |" for name, mean in facts.items()),
        "",
    ]


def _list_failing(checks: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        f"- {check['severity']} {_plain(describe_check(check))}" for check in _order(checks) if not check["success"]
    ]


def _order(checks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Failures first, critical ones before others."""
    return sorted(checks, key=lambda check: (check["success"], check["severity"] != "critical"))


def _share(count: int, total: int) -> str:
    return f"{count / total:.1%}" if total else ""


def _plain_outside_code(sentence: str) -> str:
    """The sentence escaped for Markdown, what stands between backquotes as code."""
    parts = sentence.split("`")
    return "".join(_plain(part) if place % 2 == 0 else f"`{part}`" for place, part in enumerate(parts))


def _plain(text: str) -> str:
    """The text escaped for Markdown and HTML: it comes from pages and cannot be trusted."""
    return "".join(
        f"\\{sign}" if sign in "\\`*_{}[]()#+!|~" else {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(sign, sign)
        for sign in text
    )


def _clip(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The first rows, with values that JSON can hold."""
    return [
        {key: value if isinstance(value, int | float | bool | None) else str(value) for key, value in row.items()}
        for row in rows[:_MOST_ROWS]
    ]
