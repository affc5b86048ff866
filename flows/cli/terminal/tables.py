"""Rows as tables for people, as CSV, or as JSON."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

_WIDTH = 120


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
        open_console().print(_rows_table(columns, rows))


def print_rejected(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rejections for people: without times, and of each doc_id the beginning, which `explain` and `retry` accept."""
    table = []
    for row in (dict(zip(columns, values, strict=True)) for values in rows):
        columns_shown = [row[name] for name in ("outcome", "stage", "reason", "detail", "source_id", "attempts")]
        table.append([format_place(row), *columns_shown, (row["doc_id"] or "")[:8]])
    print_table(["where", "outcome", "stage", "reason", "what it means", "source", "attempts", "doc_id"], table)


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
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def _rows_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    table = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(escape(column), overflow="fold")
    for row in rows:
        table.add_row(*(escape("" if value is None else str(value)) for value in row))
    return table
