"""The artifacts of a run, shown in the Prefect UI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from tasks.report.summary import Summary
from tasks.report.wording import describe_check
from warehouse.companions import Companions

# Artifacts are read in a browser; beyond this many rows the warehouse is the place to look.
_MOST_ROWS = 200


def write_artifacts(summary: Summary, companions: Companions) -> None:
    """Write the tables of documents, rejections and checks, the summary in words, and the link to Data Docs.

    Each has a key: Prefect lists no artifact without one.
    """
    create_table_artifact(_clip(summary.documents), key="revue-documents", description="Documents this run published.")
    create_table_artifact(
        _clip(summary.rejections), key="revue-rejections", description="Records this run rejected, and why."
    )
    create_table_artifact(_clip(summary.checks), key="revue-checks", description="What Great Expectations measured.")
    create_markdown_artifact(write_markdown(summary), key="revue-report", description="The run in words.")
    create_link_artifact(
        (companions.docs / "index.html").resolve().as_uri(),
        key="revue-data-docs",
        link_text="Data Docs",
        description="Every check, in full.",
    )


def write_markdown(summary: Summary) -> str:
    """The summary of a run as Markdown."""
    run = summary.run
    failing = [check for check in summary.checks if not check["success"]]
    reasons: dict[str, int] = {}
    for row in summary.rejections:
        reasons[row["reason"]] = reasons.get(row["reason"], 0) + 1
    lines = [
        f"# {run.count_read} read, {run.count_published} published",
        "",
        "| published | unchanged | duplicates | rejected | quarantined |",
        "| ---: | ---: | ---: | ---: | ---: |",
        f"| {run.count_published} | {run.count_unchanged} | {run.count_duplicates} | {run.count_rejected} | {run.count_quarantined} |",
        "",
        f"**Checks:** {len(summary.checks) - len(failing)} of {len(summary.checks)} passed.",
        *(f"- {check['severity']} {_plain(describe_check(check))}" for check in failing),
        "",
        "**Rejected:** "
        + (", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items())) or "nothing")
        + ".",
        "",
        "**Most named:** "
        + (", ".join(f"{_plain(row['name'])} ({row['count_documents']})" for row in summary.entities[:12]) or "nobody")
        + ".",
    ]
    return "\n".join(lines)


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
