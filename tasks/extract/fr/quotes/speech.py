"""Whether words in marks are speech, and not a title, a name, or a word the author distances himself from."""

from __future__ import annotations

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.attribution import Attribution

MARKS = ' \u00a0\u202f«»“”"„‘’'
_STOPS = ".!?…"
_BEFORE = 90  # characters in which a word stands that announces a title
_FEW = 10  # words
_SHORT = 6  # words of a name
_SMALL = frozenset(["d", "de", "des", "du", "et", "l", "la", "le", "les", "of", "the"])


def is_sentence(inner: str) -> bool:
    """Whether words in marks begin and end like a sentence."""
    return inner[0].isupper() and inner[-1] in _STOPS


def is_speech(lowered: str, start: int, inner: str, said: Attribution) -> bool:
    """Whether the words that begin at `start`, after their mark, are somebody's words; `lowered` is the text."""
    tokens = words.WORD.findall(inner)
    count = len(tokens)
    lead = lowered[max(0, start - _BEFORE) : start]
    is_introduced = lead.rstrip(MARKS + "\n").endswith(":")
    ends = inner[-1] in _STOPS
    if words.NAMED.search(lead) or words.CHARGE.search(lead):
        return False
    if not ends and _is_named(lowered, lead, start, inner, said.is_direct):
        return False
    cue = words.TITLE_CUE if inner[0].isupper() else words.WORD_CUE
    if not is_introduced and not (ends and count >= 3) and count <= 9 and cue.search(lead):
        return False
    if said.is_direct and said.phrase is not None:
        return count >= 1
    if count <= 4 and not ends and all(token[0].isupper() or token in _SMALL for token in tokens):
        return False  # a name
    if count <= 3 and not ends and words.DEFINITE_END.search(lead):
        return False  # "la « zone grise »"
    if said.phrase is not None or said.follows:
        return count >= 2 or ends
    if lead.rstrip(MARKS).endswith("("):
        return False
    if inner[0].isupper():  # without a final stop, it is the title of something
        return count >= 3 and (is_introduced or ends or count >= 8)
    return count >= 5 or (is_introduced and count >= 3)


def _is_named(lowered: str, lead: str, start: int, inner: str, is_direct: bool) -> bool:
    """Whether a few words are what somebody or something is called ("la méthode dite « des petits pas »")."""
    count = len(words.WORD.findall(inner))
    if count <= _SHORT and (words.SO_CALLED.search(lead) or words.SO_CALLED_AFTER.match(lowered, start + len(inner))):
        return True
    if inner[0].isupper():
        return False
    is_of = inner.startswith(("d'", "d’", "de ", "des ", "du "))
    return bool(
        (count <= _SHORT and not is_direct and words.OPENED_BY_DETERMINER.search(lead))
        or (count <= _SHORT and is_of and words.SO_CALLED_OF.search(lead))
        or (count <= 3 and words.ABOUT.search(lead))
    )


def is_argument(lowered: str, start: int, inner: str) -> bool:
    """Whether a few words in marks are the complement of the words before them ("chargé de « la prévention des risques »")."""
    lead = lowered[max(0, start - _BEFORE) : start]
    return len(inner.split()) < _FEW and inner[-1] not in _STOPS and words.ARGUMENT_END.search(lead) is not None
