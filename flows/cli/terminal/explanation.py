"""One document, explained line by line."""

from __future__ import annotations

import json
from dataclasses import asdict

from flows.cli.terminal.escapes import escape_text
from flows.cli.terminal.tables import open_console, print_table, write_data
from warehouse.browse.explain import Explanation

_KIND_STYLES = {
    "body": "", "heading": "bold", "caption": "italic", "embed": "italic cyan",
    "title": "bold magenta", "subtitle": "magenta", "byline": "blue", "dateline": "blue",
    "chrome": "dim red", "teaser": "dim yellow", "comment": "dim yellow", "blank": "dim",
}  # fmt: skip


def print_explanation(explanation: Explanation, *, as_json: bool) -> None:
    """Print the description of a document, its lines and its facts."""
    if as_json:
        write_data(json.dumps(asdict(explanation), default=str, ensure_ascii=False) + "\n")
        return
    console = open_console()
    console.print(f"[bold]{escape_text(explanation.uri)}[/]  {explanation.doc_id}")
    console.print(escape_text(explanation.outcome), style="green" if explanation.is_published else "red")
    width = max(map(len, explanation.description), default=0)
    for name, value in explanation.description.items():
        console.print(f"  {name:<{width}}  {escape_text(str(value))}", soft_wrap=True)
    if explanation.lines:
        console.print("\n[bold]Lines[/]  (+ kept, · in a column of its own, - removed)")
    for line in explanation.lines:
        if line["kind"] == "blank":
            continue
        style = _KIND_STYLES[line["kind"]]
        sign = "+" if line["is_kept"] else ("·" if line["kind"] in ("title", "subtitle", "byline", "dateline") else "-")
        tag = f"{sign} {line['kind']:<9} {line['reason']:<18} {line['score']:.2f} "
        console.print(f"{line['line_no']:>4} {tag}", style="dim", end="")
        console.print(escape_text(line["line"].strip()), style=style, soft_wrap=True)
    for name, rows in explanation.facts.items():
        if rows:
            console.print(f"\n[bold]{name}[/] ({len(rows)})")
            columns = list(rows[0])
            print_table(columns, [list(row.values()) for row in rows])
