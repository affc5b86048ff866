"""The differences of two texts, sentence by sentence, with the words that changed marked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from difflib import SequenceMatcher

from flows.cli.terminal.escapes import escape_text
from flows.cli.terminal.tables import open_console, write_data
from warehouse.browse.diff import Change, Difference
from warehouse.wording import choose_verb, count_noun

_HEADERS = {
    "version": "{after} is a newer text of {before}",
    "near": "{after} is a near copy of {before}",
    "": "{after} compared with {before}",
}


def print_differences(differences: Sequence[Difference], *, as_json: bool) -> None:
    """Print each difference: the two documents, the description and the sentences that changed."""
    if as_json:
        write_data(json.dumps([asdict(each) for each in differences], default=str, ensure_ascii=False) + "\n")
        return
    console = open_console()
    for each in differences:
        header = _HEADERS[each.kind].format(after=each.after_id[:8], before=each.before_id[:8])
        similarity = "" if each.similarity is None else f" (similarity {each.similarity:.2f})"
        console.print(f"[bold]{header}[/]{similarity}")
        for name, change in each.description.items():
            console.print(
                f"  {name}: {escape_text(change.before) or 'none'} → {escape_text(change.after) or 'none'}",
                soft_wrap=True,
            )
        for change in each.changes:
            _print_change(change)
        console.print(
            f"  {count_noun(each.count_equal, 'sentence')} {choose_verb(each.count_equal, 'is', 'are')} in both.",
            style="dim",
        )


def _print_change(change: Change) -> None:
    console = open_console()
    before, after = change.before.split(), change.after.split()
    for sign, style, words, others in (("-", "red", before, after), ("+", "green", after, before)):
        if words:
            marked = _mark(words, others, f"bold {style}") if before and after else escape_text(" ".join(words))
            console.print(f"  [{style}]{sign}[/] {marked}", soft_wrap=True, highlight=False)


def _mark(words: Sequence[str], others: Sequence[str], style: str) -> str:
    """The words, those that the other sentence does not have in their place marked."""
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    parts = []
    for operation, start, end, _, _ in matcher.get_opcodes():
        text = escape_text(" ".join(words[start:end]))
        if text:
            parts.append(text if operation == "equal" else f"[{style}]{text}[/]")
    return " ".join(parts)
