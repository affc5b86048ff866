"""Amounts of money that leave their currency out: "la halle coûtera 3 millions"; the words are in `surroundings.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.fr.figures.tables import read_table
from warehouse.facts import Figure

_COST = read_table("surroundings")["cost"]
_BEFORE = re.compile(rf"(?<![\w-]){_COST['before']}")
_AFTER = re.compile(_COST["after"])
_SCALED = re.compile(rf"{read_table('surroundings')['ellipsis']['scaled']}s?$")
_REACH = 60  # characters before an amount in which the word for a cost stands


def as_cost(figure: Figure, folded: str) -> Figure:
    """The figure; bare millions after a word for a cost are money without a currency."""
    return replace(figure, kind="money") if _is_cost(figure, folded) else figure


def with_currency(figures: Sequence[Figure]) -> list[Figure]:
    """The figures; money without a currency has that of all other money of the text, if they have one."""
    currencies = {figure.currency for figure in figures if figure.kind == "money"} - {None}
    if len(currencies) != 1:
        return list(figures)
    currency = next(iter(currencies))
    return [
        replace(figure, currency=currency) if figure.kind == "money" and figure.currency is None else figure
        for figure in figures
    ]


def _is_cost(figure: Figure, folded: str) -> bool:
    if (
        figure.kind != "count"
        or figure.counted is not None
        or not _SCALED.search(folded, figure.start_char, figure.end_char)
    ):
        return False
    floor = max(folded.rfind(mark, 0, figure.start_char) for mark in ".;:!?\n") + 1
    floor = max(floor, figure.start_char - _REACH)
    return bool(_BEFORE.search(folded, floor, figure.start_char)) and not _AFTER.match(folded, figure.end_char)
