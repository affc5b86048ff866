"""The answer to a search, and the progress of the index it may need."""

from __future__ import annotations

import json
from dataclasses import asdict
from types import TracebackType
from typing import Self

from flows.cli.terminal.escapes import escape_text
from flows.cli.terminal.tables import open_console, open_error_console, write_data
from warehouse.browse.search import Answer, Found
from warehouse.wording import count_noun

_METHODS = {
    "stemmed": "Full-text search: inflected forms are found, the best documents first.",
    "plain": "Plain search: words that begin as given, the latest documents first. Inflected forms are found once "
    "duckdb-extension-fts is installed in the version of duckdb, and the folder of the warehouse can be written to.",
}


def print_answer(answer: Answer, *, as_json: bool) -> None:
    """Print each document with its title, date, source, and the sentence with the words marked; and what answered."""
    if as_json:
        write_data(json.dumps(asdict(answer), default=str, ensure_ascii=False) + "\n")
        return
    console = open_console()
    if not answer.found:
        console.print("No document holds any of these words. Try others, or fewer letters.")
    for found in answer.found:
        console.print(f"[bold]{escape_text(found.title or '(no title)')}[/]", soft_wrap=True)
        place = f"{found.published_on or 'no date'}  {found.source}  {found.uri}  {found.doc_id[:8]}"
        console.print(f"  {escape_text(place)}", style="dim", soft_wrap=True)
        if found.sentence:
            console.print(f"  {_mark(found)}", soft_wrap=True)
        console.print()
    shown = "" if answer.count == len(answer.found) else f", {len(answer.found)} shown; more with --limit"
    some = "" if answer.is_all else ". No document holds all the words: these hold some"
    some = some if answer.found else ""
    console.print(
        f"{count_noun(answer.count, 'document')}{shown}{some}. {_METHODS[answer.method]}", style="dim", soft_wrap=True
    )


def _mark(found: Found) -> str:
    """The sentence in one line, its words marked: in bold, and without colours between asterisks."""
    before, after = ("[bold yellow]", "[/]") if open_console().color_system else ("*", "*")
    parts, position = [], 0
    for start, end in found.marks:
        parts += [escape_text(found.sentence[position:start]), before, escape_text(found.sentence[start:end]), after]
        position = end
    return " ".join("".join([*parts, escape_text(found.sentence[position:])]).split())


class IndexProgress:
    """The progress of the index on stderr, from its first document on; nothing when quiet or when stderr is no terminal."""

    def __init__(self, *, quiet: bool) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        console = open_error_console()
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=console, transient=True, disable=quiet or not console.is_terminal,
        )  # fmt: skip
        self._task = self._progress.add_task("reading documents for the index", visible=False)

    def show(self, done: int, total: int) -> None:
        """Show how many documents are read; once all are, that they are being indexed."""
        is_read = done >= total
        description = "indexing documents" if is_read else "reading documents for the index"
        self._progress.update(self._task, description=description, completed=done, total=total, visible=True)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
