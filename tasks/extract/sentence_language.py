"""The language of one sentence: the document's, unless its function words clearly indicate another.

Function words are the classic cue for short text (Ingle 1976; Grefenstette 1995): they are frequent, and cheap to count.
Each language lists its own in `function_words.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.language import languages

# One foreign function word may stand in a name ("The Voice", "Il Foglio"); two, with none of the document's own, do not.
_LEAST_FOREIGN = 2
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(sentence: str, document_language: str | None) -> str | None:
    """ISO 639-1 code of the sentence's language; that of the document where the words are no evidence of another.

    A sentence is foreign on positive evidence only: a wrong "foreign" loses every fact in it.
    """
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
    """Each function word and the one language that lists it; words that two languages list are left out."""
    listed: dict[str, set[str]] = {}
    for code, language in languages().items():
        for word in language.read_words("function_words.toml").get("words", ()):
            listed.setdefault(word, set()).add(code)
    return {word: next(iter(codes)) for word, codes in listed.items() if len(codes) == 1}
