"""The words of a text, by which lines and names are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from tasks.text.clean_view import has_invisible, without_invisible
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


@lru_cache(maxsize=512)  # several steps split the lines of a page one after the other
def remember_accented(text: str) -> tuple[str, ...]:
    """The words of a text as `split_words` gives them, remembered for the texts asked for last."""
    return tuple(split_words(text))


@lru_cache(maxsize=512)
def remember_words(text: str) -> tuple[str, ...]:
    """The words of a text as `split_folded_words` gives them, remembered for the texts asked for last."""
    if text.isascii():
        return remember_accented(text)
    if has_invisible(text):
        return tuple(split_folded_words(text))
    return tuple([word if word.isascii() else fold_word(word) for word in remember_accented(text)])


def word_key(text: str) -> str:
    """A text reduced to its words (`split_words`), one space apart: the same for two spellings of one value."""
    return " ".join(split_words(text))
