"""Numbers with their nouns."""

from __future__ import annotations


def count_noun(number: int, noun: str) -> str:
    """A number with its noun in singular or plural: `1 record`, `2 records`, `2 copies`."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {plural}"
