"""The currency meant by a name that several countries share, from the places that the text names: `currency_zones.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from tasks.extract.fr.figures.tables import folded_alternation, read_table
from warehouse.facts import Figure


def with_zones(figures: Sequence[Figure], folded: str) -> list[Figure]:
    """The figures with the currency of the nearest place of a zone; `folded` is the whole text. Others stay as they are."""
    places: dict[str, list[tuple[int, str]]] = {}
    settled = []
    for figure in figures:
        shared = figure.currency
        if shared not in _zones() or _names_its_country(figure):
            settled.append(figure)
            continue
        if shared not in places:
            places[shared] = list(_places(folded, shared))
        nearest = min(places[shared], key=lambda place: abs(place[0] - figure.start_char), default=(0, shared))
        settled.append(replace(figure, currency=nearest[1]))
    return settled


def _names_its_country(figure: Figure) -> bool:
    """Whether the amount says which francs it means."""
    return figure.currency == "FRF" and "francais" in figure.surface.replace("ç", "c")


def _places(folded: str, shared: str) -> Iterator[tuple[int, str]]:
    for currency, pattern in _zones()[shared]:
        for match in pattern.finditer(folded):
            yield match.start(), currency


@cache
def _zones() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    zones: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for zone in read_table("currency_zones")["zone"]:
        pattern = re.compile(rf"(?<!\w)(?:{folded_alternation(zone['places'])})s?(?!\w)")
        zones.setdefault(zone["shared"], []).append((zone["currency"], pattern))
    return zones
