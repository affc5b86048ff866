"""What revue prints: progress on stderr, results on stdout; tables for people, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from expectations.results import CheckResult
from tasks.report.summary import Summary, summarise
from tasks.report.wording import describe_check, describe_counts
from warehouse.browse.explain import Explanation
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.settings import Settings

# A table in a terminal is for a look; the whole of it is in the warehouse.
_MOST_LINES = 40
_WIDTH = 120
_SEVERITY_STYLES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}
_KIND_STYLES = {
    "body": "", "heading": "bold", "caption": "italic", "embed": "italic cyan",
    "title": "bold magenta", "subtitle": "magenta", "byline": "blue", "dateline": "blue",
    "chrome": "dim red", "teaser": "dim yellow", "comment": "dim yellow", "blank": "dim",
}  # fmt: skip


class Bar:
    """A progress bar on stderr, one line per step; nothing at all when quiet or not a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True)
        self._quiet = quiet or not self._console.is_terminal
        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=self._console, transient=True, disable=self._quiet,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}
        self.count_passed_over = 0

    def begin(self, step: str, total: int) -> None:
        """A step begins; `total` pieces of work, 0 for one of unknown size."""
        self._tasks[step] = self._progress.add_task(step, total=total or 1)

    def advance(self, step: str, count: int) -> None:
        """So many more pieces are done."""
        self._progress.advance(self._tasks[step], count)

    def end(self, step: str) -> None:
        """The step is done."""
        task = self._tasks[step]
        self._progress.update(task, completed=self._progress.tasks[task].total)

    def note_passed_over(self, count: int) -> None:
        """So many files in folders were no inputs."""
        self.count_passed_over = count

    def __enter__(self) -> Self:
        self._progress.start()
        self.begin("starting Prefect", 1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


def print_run(
    settings: Settings, run: Run, started_at: datetime, count_passed_over: int, *, quiet: bool, as_json: bool
) -> None:
    """Say what a run published, turned away and checked, where the files are, and what to type next."""
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
    companions = Companions(settings.path)
    summary = summarise(settings.path, run, count_passed_over=count_passed_over)
    console = _console()
    _print_documents(console, summary)
    _print_rejections(console, summary)
    _print_counts(console, summary, (datetime.now(UTC) - started_at).total_seconds())
    _print_failing_checks(console, summary)
    option = "" if settings.warehouse == "revue.duckdb" else f" --warehouse {settings.warehouse}"
    console.print(f"\n[bold]Facts[/]   {escape(str(companions.path))}")
    console.print(f"[bold]Report[/]  {escape(str(companions.report))}")
    console.print(f"[bold]Checks[/]  {escape(str(companions.docs / 'index.html'))}")
    console.print(f"[bold]Run[/]     {_call('prefect')} server start   (then http://127.0.0.1:4200/runs)")
    console.print("\nNext:", style="bold")
    console.print(
        f'  {_call("revue")} query "select name, label, count_documents from entities order by count_documents desc limit 10"{option}',
        soft_wrap=True,
    )
    if summary.documents:
        console.print(f"  {_call('revue')} explain {escape(summary.documents[0]['uri'])}{option}", soft_wrap=True)
    if summary.rejections:
        console.print(f"  {_call('revue')} rejected{option}", soft_wrap=True)


def _print_documents(console: Console, summary: Summary) -> None:
    if not summary.documents:
        return
    table = _table(f"{len(summary.documents)} documents published")
    # what the other columns need is known; the title gets the rest
    table.add_column("title", overflow="ellipsis", no_wrap=True, max_width=max(20, console.width - 72))
    table.add_column("date", no_wrap=True, min_width=10)
    table.add_column("source", overflow="ellipsis", no_wrap=True, max_width=24)
    for name in ("words", "lines removed", "entities"):
        table.add_column(name, justify="right", min_width=5)
    for row in summary.documents[:_MOST_LINES]:
        table.add_row(
            escape(row["title"]), str(row["published_on"] or "–"), escape(row["source"]),
            str(row["count_words"]), str(row["count_lines_removed"]), str(row["count_entities"]),
        )  # fmt: skip
    console.print(table)
    _print_rest(console, len(summary.documents), "documents")


def _print_rejections(console: Console, summary: Summary) -> None:
    if not summary.rejections:
        return
    table = _table(f"{len(summary.rejections)} records turned away")
    for name in ("where", "reason", "what it means"):
        table.add_column(name, overflow="fold")
    for row in summary.rejections[:_MOST_LINES]:
        table.add_row(escape(_place(row)), escape(row["reason"]), escape(row["detail"]))
    console.print(table)
    _print_rest(console, len(summary.rejections), "records")


def _call(program: str) -> str:
    """A program of this environment as the user can type it: by name when it is on the path, else as revue was called."""
    own = Path(sys.argv[0]).with_name(program)
    return program if shutil.which(program) == str(own.absolute()) else str(own)


def _table(title: str) -> Table:
    return Table(
        title=title, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD, pad_edge=False
    )


def _console() -> Console:
    """The terminal, or a wide page where the output goes to a file."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def _print_rest(console: Console, count: int, noun: str) -> None:
    if count > _MOST_LINES:
        console.print(f"  and {count - _MOST_LINES} more {noun}", style="dim")


def _print_counts(console: Console, summary: Summary, seconds: float) -> None:
    console.print(f"[bold]{describe_counts(summary.run)}[/], in {seconds:.1f} s")
    if summary.count_passed_over:
        console.print(
            f"{summary.count_passed_over} files were passed over: hidden, or of a type revue does not read.",
            style="dim",
        )


def _print_failing_checks(console: Console, summary: Summary) -> None:
    failing = [check for check in summary.checks if not check["success"]]
    console.print(
        f"[bold]{len(summary.checks)} checks[/]: {len(summary.checks) - len(failing)} passed, {len(failing)} did not"
    )
    for check in failing:
        _print_check(console, check)


def _print_check(console: Console, check: dict[str, Any]) -> None:
    style = _SEVERITY_STYLES[check["severity"]]
    console.print(f"  [{style}]{check['severity']}[/] {escape(describe_check(check))}")


def print_checks(results: Sequence[CheckResult], *, quiet: bool, as_json: bool) -> None:
    """Say how many expectations passed and which did not, the gravest first."""
    if as_json:
        print(json.dumps([asdict(result) for result in results], default=str, ensure_ascii=False))
        return
    failing = [result for result in results if not result.success]
    console = _console()
    if not quiet:
        console.print(f"[bold]{len(results)} checks[/]: {len(results) - len(failing)} passed, {len(failing)} did not")
    for result in sorted(failing, key=lambda result: list(_SEVERITY_STYLES).index(result.severity)):
        _print_check(console, asdict(result))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, as_csv: bool = False, as_json: bool = False
) -> None:
    """Print rows as a table, as CSV or as JSON (one array of objects)."""
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    elif as_json:
        print(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str, ensure_ascii=False))
    else:
        _console().print(_rows_table(columns, rows))


def print_rejected(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rejections for a look: of an id the beginning, which is name enough for `explain` and `retry`, and no moments."""
    table = []
    for row in (dict(zip(columns, values, strict=True)) for values in rows):
        told = [row[name] for name in ("outcome", "stage", "reason", "detail", "source_id", "attempts")]
        table.append([_place(row), *told, (row["doc_id"] or "")[:8]])
    print_table(["where", "outcome", "stage", "reason", "what it means", "source", "attempts", "doc_id"], table)


def _place(row: Mapping[str, Any]) -> str:
    return f"{row['uri']} #{row['record_no']}" if row["record_no"] > 1 else str(row["uri"])


def format_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, width: int) -> str:
    """The table `print_table` prints, as plain text of at most `width` characters a line."""
    page = io.StringIO()
    Console(file=page, width=width, highlight=False).print(_rows_table(columns, rows))
    return "\n".join(line.rstrip() for line in page.getvalue().rstrip().splitlines())


def _rows_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    table = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(escape(column), overflow="fold")
    for row in rows:
        table.add_row(*(escape("" if value is None else str(value)) for value in row))
    return table


def print_explanation(explanation: Explanation, *, as_json: bool) -> None:
    """Print a document line by line, then its description and its facts."""
    if as_json:
        print(json.dumps(asdict(explanation), default=str, ensure_ascii=False))
        return
    console = _console()
    console.print(f"[bold]{escape(explanation.uri)}[/]  {explanation.doc_id}")
    console.print(escape(explanation.outcome), style="green" if explanation.is_published else "red")
    for name, value in explanation.description.items():
        console.print(f"  {name:<18}{escape(str(value))}", soft_wrap=True)
    if explanation.lines:
        console.print("\n[bold]Lines[/]  (+ kept, · in a column of its own, - removed)")
    for line in explanation.lines:
        if line["kind"] == "blank":
            continue
        style = _KIND_STYLES[line["kind"]]
        sign = "+" if line["is_kept"] else ("·" if line["kind"] in ("title", "subtitle", "byline", "dateline") else "-")
        tag = f"{sign} {line['kind']:<9} {line['reason']:<18} {line['score']:.2f} "
        console.print(f"{line['line_no']:>4} {tag}", style="dim", end="")
        console.print(escape(line["line"].strip()), style=style, soft_wrap=True)
    for name, rows in explanation.facts.items():
        if rows:
            console.print(f"\n[bold]{name}[/] ({len(rows)})")
            columns = list(rows[0])
            print_table(columns, [list(row.values()) for row in rows])
