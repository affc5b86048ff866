"""Facts that were found in the view of a text, placed in the text as it is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tasks.text.clean_view import CleanView
from warehouse.facts import FACT_KINDS, SENTENCE, Facts


def place_in_stored(facts: Facts, view: CleanView) -> Facts:
    """The same facts with the positions and surfaces of the stored text; other names and words stay as the view has them."""
    if not view.starts:
        return facts
    placed = {kind.table: _place(getattr(facts, kind.table), view.span, view.stored) for kind in FACT_KINDS}
    return Facts(**placed, sentences=_place(getattr(facts, SENTENCE.table), view.wide_span, view.stored))


def _place(rows: tuple[Any, ...], span: Callable[[int, int], tuple[int, int]], stored: str) -> tuple[Any, ...]:
    spans = [span(row.start_char, row.end_char) for row in rows]
    return tuple(
        replace(row, start_char=start, end_char=end, surface=stored[start:end])
        for row, (start, end) in zip(rows, spans, strict=True)
    )
