"""The words by which a page describes itself: labels of dates, bylines, months, agencies, kept as data in `lexicon.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tasks.text.data_files import read_toml


def lexicon() -> dict[str, Any]:
    """The tables of `lexicon.toml`."""
    return read_toml(Path(__file__).with_suffix(".toml"))


@cache
def months() -> dict[str, int]:
    """Spelling of a month, lower case → its number."""
    return {word: int(number) for number, spellings in lexicon()["months"].items() for word in spellings}


@cache
def weekdays() -> dict[str, int]:
    """Name of a weekday, lower case → ISO number, Monday 1."""
    return {word: int(number) for number, spellings in lexicon()["weekdays"].items() for word in spellings}
