"""What is found in a short line, remembered: menus, buttons and footers are the same on every page of a source."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 120  # characters: longer lines are rarely repeated
MOST = 20_000  # lines

_Found = TypeVar("_Found")


def remember_short(find: Callable[[str], _Found]) -> Callable[[str], _Found]:
    """`find`, a function of a text alone, which remembers what it finds in texts of at most `LONGEST` characters.

    What it finds is shared, so nobody may change it.
    """
    remembered = lru_cache(maxsize=MOST)(find)

    @wraps(find)
    def look_up(text: str) -> _Found:
        return remembered(text) if len(text) <= LONGEST else find(text)

    return look_up
