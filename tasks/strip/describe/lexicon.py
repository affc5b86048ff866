"""The words by which a page describes itself (labels of dates, bylines, months), kept as data: one file per language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tasks.text.data_files import merge_languages, read_toml

TITLE_SEPARATORS = (
    " - ",
    " | ",
    " – ",
    " — ",
    " · ",
    " • ",
    " :: ",
    " » ",
    " : ",
)  # between a title and the name of its site


@cache
def lexicon() -> dict[str, Any]:
    """The tables of all languages, merged."""
    return merge_languages(Path(__file__).with_name("lexicons"))


@cache
def agencies() -> dict[str, str]:
    """News agencies as printed, lower case → their usual names."""
    return read_toml(Path(__file__).with_name("agencies.toml"))


@cache
def months() -> dict[str, int]:
    """Spelling of a month, lower case → its number."""
    return {word: int(number) for number, spellings in lexicon()["months"].items() for word in spellings}


@cache
def weekdays() -> dict[str, int]:
    """Name of a weekday, lower case → ISO number, Monday 1."""
    return {word: int(number) for number, spellings in lexicon()["weekdays"].items() for word in spellings}
