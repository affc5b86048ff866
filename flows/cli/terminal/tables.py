"""Rows as tables for people, as CSV, or as JSON."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any, Literal, cast

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from flows.cli.terminal.escapes import escape_controls, escape_text

_WIDTH = 120
_FILL = re.compile(r" +(?=\n)")


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, as_csv: bool = False, as_json: bool = False
) -> None:
    """Print rows as a table, as CSV or as JSON (one array of objects)."""
    if as_csv:
        page = io.StringIO()
        writer = csv.writer(page, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
        write_data(page.getvalue())
    elif as_json:
        text = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str, ensure_ascii=False)
        write_data(f"{text}\n")
    else:
        console = open_console()
        if console.is_terminal:
            console.print(_rows_table(columns, rows))
        else:  # without the blank line that ends a table of rich
            sys.stdout.write(format_table(columns, rows, width=_WIDTH) + "\n")


def write_data(text: str) -> None:
    """Write data to stdout as they are; to a terminal with control characters escaped."""
    sys.stdout.write(escape_controls(text) if sys.stdout.isatty() else text)


def print_rejected(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rejections in few columns, of each doc_id the beginning, which `explain` and `retry` accept.

    Times, sources and attempts are in `--csv` and `--json` alone: at 80 columns they would leave no room for the sentence.
    """
    table = []
    for row in (dict(zip(columns, values, strict=True)) for values in rows):
        stage = row["stage"] if row["outcome"] == "rejected" else f"{row['stage']} ({row['outcome']})"
        table.append([format_place(row), (row["doc_id"] or "")[:8], stage, row["reason"], row["detail"]])
    print_table(["where", "doc_id", "stage", "reason", "what it means"], table)


def print_replay(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print the records that a retry would read again, in columns for 80 characters, and whether their inputs exist."""
    table = [
        [
            format_place(row),
            (row["doc_id"] or "")[:8],
            row["reason"],
            row["attempts"],
            "there" if row["is_there"] else "gone",
        ]
        for row in rows
    ]
    print_table(["where", "doc_id", "reason", "attempts", "input"], table)


def format_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, width: int) -> str:
    """The table `print_table` prints, as plain text of at most `width` characters a line."""
    page = io.StringIO()
    Console(file=page, width=width, highlight=False).print(_rows_table(columns, rows))
    return "\n".join(line.rstrip() for line in page.getvalue().rstrip().splitlines())


def format_place(row: Mapping[str, Any]) -> str:
    """The uri of a record, with its number when it is not the first of its input."""
    return f"{row['uri']} #{row['record_no']}" if row["record_no"] > 1 else str(row["uri"])


def open_console() -> Console:
    """The terminal, or a page 120 characters wide where the output goes to a file."""
    # NO_COLOR takes bold away too: then no escape sequence at all is written
    colors: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    console = Console(highlight=False, color_system=colors)
    if console.is_terminal:
        return console
    return Console(file=cast(IO[str], _TrimmedOutput()), highlight=False, width=_WIDTH, color_system=colors)


class _TrimmedOutput(io.TextIOBase):
    """stdout without the white space that fills the lines of a table or ends a line that was broken."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return sys.stdout.encoding

    def write(self, text: str) -> int:
        return sys.stdout.write(_FILL.sub("", text))

    def flush(self) -> None:
        sys.stdout.flush()


def open_error_console() -> Console:
    """The terminal on stderr, for progress."""
    return Console(stderr=True, color_system=None if os.environ.get("NO_COLOR") else "auto")


def _rows_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    table = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(escape_text(column), overflow="fold")
    for row in rows:
        table.add_row(*(escape_text("" if value is None else str(value)) for value in row))
    return table
