"""Fold the spelling of a text without moving a character, so that rules are written once.

Lower case, no accents, one apostrophe, one hyphen, one kind of space: `L’Année\\u00a0DERNIÈRE` becomes
`l'annee derniere`, and position 12 of the one is position 12 of the other.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PLAIN = {
    "'": "\u2019\u2018\u02bc\u02bb\u055a\ua78c\u0060\u00b4",
    "-": "\u2010\u2011",
    " ": "\u00a0\u202f\u2009\u2007\u2002\u2003\u200a\u2008\u205f\t",
}
_PLAIN_FOLDS = {old: new for new, olds in _PLAIN.items() for old in olds}
_FOLDS = _PLAIN_FOLDS | {
    letter: unicodedata.normalize("NFD", letter)[0]
    for letter in map(chr, range(0xC0, 0x250))
    if len(unicodedata.normalize("NFD", letter)) > 1
}


@lru_cache(maxsize=4)
def lower(text: str) -> str:
    """`text` in lower case with plain spaces, hyphens and apostrophes, its accents kept; as long as `text`."""
    lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    for letter in set(lowered) & _PLAIN_FOLDS.keys():
        lowered = lowered.replace(letter, _PLAIN_FOLDS[letter])
    return lowered


@lru_cache(maxsize=4)  # dates, figures, quotes and roles of one text fold it one after the other
def fold(text: str) -> str:
    """`text` in lower case, without accents, with plain spaces, hyphens and apostrophes; always as long as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):  # one letter may become two (İ): those stay as they are
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    if lowered.isascii() and "\t" not in lowered and "`" not in lowered:
        return lowered
    for letter in set(lowered) & _FOLDS.keys():
        lowered = lowered.replace(letter, _FOLDS[letter])
    return lowered
