"""What is found in a short line, remembered: menus, buttons and footers are the same on every page of a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, ClassVar, Generic, TypeVar

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


class RememberedBatch(Generic[_Found]):
    """`find`, a function of several texts that finds one thing in each, which remembers what it finds in short ones.

    For what is found faster in many texts at once. `batches` are all of them in this process.
    """

    batches: ClassVar[list[RememberedBatch[Any]]] = []

    def __init__(self, find: Callable[[Sequence[str]], Sequence[_Found]]) -> None:
        self._find = find
        self._remembered: dict[str, _Found] = {}
        self.batches.append(self)

    def __call__(self, texts: Sequence[str]) -> list[_Found]:
        """What is found in each text."""
        if len(self._remembered) > MOST:
            self.cache_clear()
        remembered = self._remembered
        missing = [text for text in dict.fromkeys(texts) if text not in remembered]
        found = dict(zip(missing, self._find(missing), strict=True)) if missing else {}
        remembered.update((text, one) for text, one in found.items() if len(text) <= LONGEST)
        return [found[text] if text in found else remembered[text] for text in texts]

    def cache_clear(self) -> None:
        """Forget everything."""
        self._remembered.clear()
