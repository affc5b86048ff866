"""Numbers with their nouns."""

from __future__ import annotations


def count_noun(number: int, noun: str) -> str:
    """A number with its noun in the singular or plural: `1 record`, `2 records`, `2 copies`."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {plural}"


def choose_verb(number: int, singular: str, plural: str) -> str:
    """The form of a verb or pronoun that agrees with a number: `is` for 1, else `are`."""
    return singular if number == 1 else plural


def describe_bytes(count: int) -> str:
    """A size in the unit that suits it: `0 bytes`, `12.5 MB`."""
    size, unit = float(count), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return count_noun(count, "byte") if unit == "bytes" else f"{size:.1f} {unit}"
