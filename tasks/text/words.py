"""The words of a text, by which lines and names are compared."""

from __future__ import annotations

import re
from functools import lru_cache

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


@lru_cache(maxsize=512)  # several steps split the long lines of a page one after the other
def remember_words(text: str) -> tuple[str, ...]:
    """The same (`split_folded_words`), remembered for the texts asked for last."""
    return tuple(split_folded_words(text))


def word_key(text: str) -> str:
    """A text reduced to its words (`split_words`), one space apart: the same for two spellings of one value."""
    return " ".join(split_words(text))
