"""The summary of a run that has published."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from flows.cli.terminal.checks import print_failing_checks
from flows.cli.terminal.escapes import escape_text
from flows.cli.terminal.tables import format_place, open_console
from flows.runtime.server import answers
from flows.runtime.set_up import describe_own_checks, warn_of_unread_checks
from tasks.report.summary import Summary, summarise
from tasks.report.wording import describe_counts, describe_unchanged
from tasks.runtime.run_folder import RunFolder
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.settings import Settings
from warehouse.wording import choose_verb, count_noun

# A table in a terminal is for a first look; the warehouse holds all rows.
_MOST_LINES = 40
# The columns beside the title in the table of documents and their widths, those that a narrow terminal goes without, first the
# one of least value, and the least width of the title.
_COLUMNS = {"date": 10, "source": 24, "words": 6, "lines removed": 7, "entities": 8}
_LEAST_NEEDED = ("lines removed", "entities", "words", "source")
_LEAST_TITLE = 24
# The characters between two columns, and at both ends of a line.
_BETWEEN, _EDGES = 3, 2


def print_run(settings: Settings, run: Run, started_at: datetime, *, quiet: bool, as_json: bool) -> None:
    """Print what a run published, rejected and checked, where the files are, and what to type next."""
    companions = Companions(settings.path)
    plan = RunFolder(companions.runs / run.run_id).read_plan()
    count_passed_over = plan.count_passed_over if plan else 0
    if as_json:
        print(
            json.dumps(
                asdict(run) | {"warehouse": settings.warehouse, "count_passed_over": count_passed_over},
                default=str,
                ensure_ascii=False,
            )
        )
        return
    if quiet:
        return
    summary = summarise(settings.path, run)
    console = open_console()
    _print_documents(console, summary)
    _print_rejections(console, summary)
    _print_counts(console, summary, count_passed_over, (datetime.now(UTC) - started_at).total_seconds())
    if summary.checked_run != run.run_id:
        console.print(describe_unchanged(summary.checked_run))
    print_failing_checks(console, summary.checks)
    for warning in warn_of_unread_checks(companions):
        console.print(escape_text(warning), style="yellow", soft_wrap=True)
    option = escape_text(
        "" if companions.path == Settings().path else f" --warehouse {shlex.quote(settings.warehouse)}"
    )
    # soft_wrap: a path that is broken over two lines cannot be pasted
    console.print(f"\n[bold]Facts[/]   {escape_text(str(companions.path))}", soft_wrap=True)
    console.print(f"[bold]Report[/]  {escape_text(str(companions.report))}", soft_wrap=True)
    console.print(
        f"[bold]Checks[/]  {escape_text(str(companions.docs / 'index.html'))}   (of your own: {escape_text(describe_own_checks(companions))})",
        soft_wrap=True,
    )
    console.print(f"[bold]Run[/]     {_find_run_page(run)}", soft_wrap=True)
    console.print("\nNext:", style="bold")
    console.print(
        f'  {_call("revue")} query "select name, label, count_documents from entities order by count_documents desc limit 10"{option}',
        soft_wrap=True,
    )
    if summary.documents:
        console.print(
            f"  {_call('revue')} explain {escape_text(shlex.quote(summary.documents[0]['uri']))}{option}",
            soft_wrap=True,
        )
    if summary.rejections or summary.count_rejected_before:
        console.print(f"  {_call('revue')} rejected{option}", soft_wrap=True)


def _print_documents(console: Console, summary: Summary) -> None:
    if not summary.documents:
        return
    table = _table(f"{count_noun(len(summary.documents), 'document')} published")
    widths = _fit_columns(console.width)
    for name, width in widths.items():
        is_text = name in ("title", "date", "source")
        table.add_column(
            name, overflow="ellipsis", no_wrap=is_text, justify="left" if is_text else "right",
            min_width=None if is_text else width, max_width=width,
        )  # fmt: skip
    for row in summary.documents[:_MOST_LINES]:
        cells = {
            "title": escape_text(row["title"]), "date": str(row["published_on"] or "–"),
            "source": escape_text(row["source"]), "words": str(row["count_words"]),
            "lines removed": str(row["count_lines_removed"]), "entities": str(row["count_entities"]),
        }  # fmt: skip
        table.add_row(*(cells[name] for name in widths))
    console.print(table)
    _print_rest(console, len(summary.documents), "document")


def _print_rejections(console: Console, summary: Summary) -> None:
    if not summary.rejections:
        return
    table = _table(f"{count_noun(len(summary.rejections), 'record')} rejected")
    for name in ("where", "reason", "what it means"):
        table.add_column(name, overflow="fold")
    for row in summary.rejections[:_MOST_LINES]:
        table.add_row(escape_text(format_place(row)), escape_text(row["reason"]), escape_text(row["detail"]))
    console.print(table)
    _print_rest(console, len(summary.rejections), "record")


def _fit_columns(width: int) -> dict[str, int]:
    """The columns of the table of documents for lines of so many characters, with their widths.

    The title gets what the others leave; where that is little, the columns of least value are left out.
    """
    widths = dict(_COLUMNS)
    for name in ("", *_LEAST_NEEDED):
        widths.pop(name, None)
        rest = width - sum(widths.values()) - _BETWEEN * len(widths) - _EDGES
        if rest >= _LEAST_TITLE:
            break
    return {"title": max(rest, _LEAST_TITLE)} | widths


def _call(program: str) -> str:
    """A program of this environment as the user can type it: by name when it is on the path, else as revue was called."""
    own = Path(sys.argv[0]).with_name(program)
    return program if shutil.which(program) == str(own.absolute()) else str(own)


def _table(title: str) -> Table:
    return Table(
        title=title, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD, pad_edge=False
    )


def _print_rest(console: Console, count: int, noun: str) -> None:
    if count > _MOST_LINES:
        console.print(f"  and {count_noun(count - _MOST_LINES, f'more {noun}')}", style="dim")


def _print_counts(console: Console, summary: Summary, count_passed_over: int, seconds: float) -> None:
    console.print(f"[bold]{describe_counts(summary.run)}[/], in {seconds:.1f} s")
    if summary.run.count_unchanged:
        before = summary.count_rejected_before
        rest = f"; {count_noun(before, 'record')} of earlier runs {choose_verb(before, 'is', 'are')} not published"
        console.print(f"An unchanged record keeps its outcome of an earlier run{rest if before else ''}.", style="dim")
    if count_passed_over:
        console.print(
            f"{count_noun(count_passed_over, 'file')} {choose_verb(count_passed_over, 'was', 'were')} passed over: hidden, or of "
            "a type revue does not read.",
            style="dim",
        )


def _find_run_page(run: Run) -> str:
    """The address of the run in Prefect's UI while its server runs; how to see it there when that was the run's own server."""
    if run.flow_run_id and answers(os.environ.get("PREFECT_API_URL", "")):
        from prefect.utilities.urls import url_for

        if address := url_for("flow-run", obj_id=run.flow_run_id):
            return escape_text(address)
    return f"{_call('revue')} serve   (then http://127.0.0.1:4200/runs)"
