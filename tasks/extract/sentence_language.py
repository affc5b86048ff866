"""The language of one sentence: the document's, unless its function words clearly say another.

Function words are the classic cue for short text (Ingle 1976; Grefenstette 1995): they are frequent, and cheap to count.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

# One foreign function word may stand in a name ("The Voice", "Il Foglio"); two, with none of the document's own, do not.
_LEAST_FOREIGN = 2
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(sentence: str, document_language: str | None) -> str | None:
    """ISO 639-1 code of the sentence's language; that of the document when the words do not say otherwise."""
    owners = _owners()
    counts: dict[str, int] = {}
    for word in _WORD.findall(sentence):
        if language := owners.get(word.lower()):
            counts[language] = counts.get(language, 0) + 1
    if not counts:
        return document_language
    best = max(counts, key=lambda language: counts[language])
    own = counts.get(document_language or "", 0)
    return best if counts[best] >= _LEAST_FOREIGN and counts[best] > 2 * own else document_language


@cache
def _owners() -> dict[str, str]:
    """Each function word and the one language that claims it; words two languages claim tell nothing."""
    lists = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
    claims: dict[str, set[str]] = {}
    for language, words in lists.items():
        for word in words:
            claims.setdefault(word, set()).add(language)
    return {word: next(iter(languages)) for word, languages in claims.items() if len(languages) == 1}
