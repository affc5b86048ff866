"""What a run leaves on the Artifacts page of the Prefect UI."""

from __future__ import annotations

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from tasks.report.summary import Summary, clip, describe_check
from warehouse.companions import Companions


def write_artifacts(summary: Summary, companions: Companions) -> None:
    """Write the tables of documents, rejections and checks, the report in words, and the link to Data Docs.

    Each has a key, without which Prefect does not list it.
    """
    create_table_artifact(clip(summary.documents), key="revue-documents", description="Documents this run published.")
    create_table_artifact(
        clip(summary.rejections), key="revue-rejections", description="Records this run turned away, and why."
    )
    create_table_artifact(clip(summary.checks), key="revue-checks", description="What Great Expectations measured.")
    create_markdown_artifact(write_markdown(summary), key="revue-report", description="The run in words.")
    create_link_artifact(
        (companions.docs / "index.html").resolve().as_uri(),
        key="revue-data-docs",
        link_text="Data Docs",
        description="Every check, in full.",
    )


def write_markdown(summary: Summary) -> str:
    """The run in words."""
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
        "**Turned away:** "
        + (", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items())) or "nothing")
        + ".",
        "",
        "**Most named:** "
        + (", ".join(f"{_plain(row['name'])} ({row['count_documents']})" for row in summary.entities[:12]) or "nobody")
        + ".",
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text that Markdown and HTML leave alone: it comes from pages, and pages lie."""
    return "".join(
        f"\\{sign}" if sign in "\\`*_{}[]()#+!|~" else {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(sign, sign)
        for sign in text
    )
