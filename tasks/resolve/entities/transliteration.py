"""One key for the spellings of a transliterated name.

French, English and German papers each write Cyrillic and Arabic by the sounds of their own language. The rules are in
`transliteration.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tasks.resolve.entities.lexicon import read_data


@lru_cache(maxsize=1 << 18)
def spell(name: str) -> str:
    """The key of a person's compared name, which other spellings of the same name share. Only for comparing."""
    return " ".join(map(_spell_word, name.split()))


@lru_cache(maxsize=1 << 18)
def _spell_word(word: str) -> str:
    if len(word) < 2 or not word.isalpha():
        return word
    word = _variants().get(word, word)
    for pattern, replacement in _rules():
        word = pattern.sub(replacement, word)
    return word


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule["from"]), rule["to"]) for rule in read_data("transliteration.toml")["rules"])


@cache
def _variants() -> dict[str, str]:
    return {word: words[0] for words in read_data("transliteration.toml")["variants"] for word in words[1:]}
