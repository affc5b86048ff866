"""The words of a text, by which lines and names are compared."""

from __future__ import annotations

import re

from tasks.text.clean_view import without_invisible
from tasks.text.folding import fold_word

_WORD = re.compile(r"\w+")


def split_words(text: str) -> list[str]:
    """The words of a text in lower case, accents kept; an apostrophe and a hyphen separate two words."""
    return _WORD.findall(text.lower())


def split_folded_words(text: str) -> list[str]:
    """The words of a text in lower case without accents and invisible signs; an apostrophe and a hyphen separate two words."""
    lower = text.lower()
    if lower.isascii():
        return _WORD.findall(lower)
    lower = without_invisible(lower)
    return [word if word.isascii() else fold_word(word) for word in _WORD.findall(lower)]


def word_key(text: str) -> str:
    """A text reduced to its words (`split_words`), one space apart: the same for two spellings of one value."""
    return " ".join(split_words(text))
