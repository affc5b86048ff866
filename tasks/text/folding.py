"""Text reduced to what two spellings of it have in common.

Four ways, which differ in what they keep: `fold_text` and `lower_text` keep every position, so that a rule found in the
result is found in the text; `fold_word` is the quickest and is for words that are looked up; `fold_name` is the most
thorough and is for ids.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tasks.text.clean_view import without_invisible

_PLAIN = {
    "'": "\u2019\u2018\u02bc\u02bb\u055a\ua78c\u0060\u00b4",
    "-": "\u2010\u2011",
    " ": "\u00a0\u202f\u2009\u2007\u2002\u2003\u200a\u2008\u205f\t",
}
_PLAIN_FOLDS = {old: new for new, olds in _PLAIN.items() for old in olds}
_FOLDS = (
    _PLAIN_FOLDS
    | {
        letter: unicodedata.normalize("NFD", letter)[0]
        for letter in map(chr, range(0xC0, 0x250))
        if len(unicodedata.normalize("NFD", letter)) > 1
    }
    | {"œ": "o", "æ": "a"}
)  # one letter for one, so that positions stay: "œuvre" becomes "ouvre" in texts and word lists alike
_ACCENTS = str.maketrans("àâäáãåçéèêëíìîïñóòôöõúùûüýÿß", "aaaaaaceeeeiiiinooooouuuuyys")
_NAME_SIGNS = str.maketrans(
    dict.fromkeys("’ʼ‘`´", "'")
    | dict.fromkeys("-‐‑‒–—\u00a0\u202f", " ")
    # letters that do not decompose into a plain one and its accent
    | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"}
)


_PLAIN_SPACES = str.maketrans(dict.fromkeys(_PLAIN[" "] + "\u3000", " "))


def plain_spaces(text: str) -> str:
    """`text` with a plain space for each space of another kind; always as long as `text`."""
    return text.translate(_PLAIN_SPACES)


@lru_cache(maxsize=4)
def lower_text(text: str) -> str:
    """`text` in lower case with plain spaces, hyphens and apostrophes, its accents kept; always as long as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = _lower_letters(text)
    for letter in set(lowered) & _PLAIN_FOLDS.keys():
        lowered = lowered.replace(letter, _PLAIN_FOLDS[letter])
    return lowered


@lru_cache(maxsize=4)  # several finders fold the same text one after the other
def fold_text(text: str) -> str:
    """`text` in lower case, without accents, with plain spaces, hyphens and apostrophes; always as long as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = _lower_letters(text)
    if lowered.isascii() and "\t" not in lowered and "`" not in lowered:
        return lowered
    for letter in set(lowered) & _FOLDS.keys():
        lowered = lowered.replace(letter, _FOLDS[letter])
    return lowered


def _lower_letters(text: str) -> str:
    """Lower case letter by letter; a letter that becomes two (İ) stays as it is."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """A lower-case word without the accents of western European languages."""
    return word.translate(_ACCENTS)


@lru_cache(maxsize=1 << 18)
def fold_name(surface: str) -> str:
    """A name without case, accents, ligatures, hyphens, kinds of apostrophe and what nobody sees, its words one space apart."""
    decomposed = unicodedata.normalize("NFKD", without_invisible(surface).translate(_NAME_SIGNS).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())
