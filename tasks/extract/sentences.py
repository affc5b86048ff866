"""Cut a text into sentences, by rule.

A sentence ends at `.`, `!`, `?` or `…` (with the quotes and brackets that close there) when white space and
something other than a lower-case letter follow, and at every line break. The words after which a full stop does not end
a sentence are in `sentences.toml` of each language.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.language import languages
from warehouse.facts import Sentence

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_END = re.compile(
    r"""(?P<stop>[.!?…]{1,60}+(?:\s?\[…\])?)
        (?P<closed>(?:["”’)\]]|\s?[»›])*)
        (?:(?P<gap>\s+)(?P<next>[—–-]?\s?["«“‘‹(\[]*\s?\S)|(?P<glued>(?=[A-ZÀ-Ý][a-zà-ÿ]*\s)))""",
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"(?:[^\W\d_]|[.'’-])*[^\W_]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_NUMBERING = re.compile(r"\s*[(\[]?(?:\d{1,3}|[ivxIVX]{1,4}|[a-zA-Z])$")
_CANNOT_OPEN = frozenset(",;:)]}»”%!?…")


@cache
def _words() -> dict[str, frozenset[str]]:
    """The lists of all languages together: a text is cut before the language of its sentences is known."""
    data = [language.read_words("sentences.toml") for language in languages().values()]
    return {
        name: frozenset(word for words in data for word in words.get(name, ()))
        for name in ("never_last", "before_figure", "openers", "glued_openers")
    }


def cut_sentences(text: str) -> list[Sentence]:
    """The sentences of `text`, in order, in code points; `surface == text[start_char:end_char]`.

    Outer white space belongs to no sentence; every other character belongs to exactly one.
    """
    found = []
    for line in _LINE.finditer(text):
        start = line.start()
        for match in _END.finditer(text, line.start(), line.end()):
            if _is_end(text, start, match):
                found.append((start, match.end("closed")))
                start = match.end("closed")
        found.append((start, line.end()))
    return [sentence for start, end in found if (sentence := _trimmed(text, start, end))]


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    """The sentence between two positions with its outer white space off; null when there is only white space."""
    surface = text[start:end]
    inner = surface.strip()
    if not inner:
        return None
    start += len(surface) - len(surface.lstrip())
    return Sentence(start, start + len(inner), inner)


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence begun at `start` ends at this stop."""
    words = _words()
    following = _FIRST_WORD.match(text, match.end("next") - 1 if match["next"] else match.end())
    opener = following[0].lower() if following else ""
    before = _LAST_WORD.search(text, max(start, match.start() - 24), match.start())
    last = before[0] if before else ""
    if match["glued"] is not None:
        return opener in words["glued_openers"] and len(last) > 2 and last[-1].islower() and "." not in last
    first = match["next"][-1]
    if first.islower() or first in _CANNOT_OPEN:
        return False
    if match["stop"] != "." or match["closed"]:
        return True
    if not text[start : match.start()].strip() or _NUMBERING.fullmatch(text, start, match.start()):
        return False  # "1. Introduction": the number belongs to what it counts
    abbreviation = re.split("['’]", last)[-1].lstrip(".-")
    if abbreviation in words["never_last"] or (first.isdigit() and abbreviation.lower() in words["before_figure"]):
        return False
    tail = re.split(r"[.'’-]", last)[-1]
    if len(tail) == 1 and tail.isupper():
        return opener in words["openers"]  # "J. Dupont", "U.S. Army" go on; "le plan B. Elle" does not
    return True
