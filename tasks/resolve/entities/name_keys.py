"""Keys of names: the form in which two are compared, the id made of it, and the parts of a person's name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasks.resolve.entities.lexicon import read_data
from tasks.text.clean_view import clean_view
from tasks.text.folding import fold_name

Key = tuple[str, str]  # label, compared name

_SPACES = re.compile(r"\s{2}|[^\S ]")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑", "-"))
_DOTTED = re.compile(r"(?:[a-z]\.){2,}[a-z]?")  # "u.s.a."
_INITIAL = re.compile(r"[a-z]\.?|(?:[a-z]\.)+")


@dataclass(frozen=True, slots=True)
class Name:
    """One distinct name in one document, and how often it occurs there. A demonym is a name of its country and is not counted."""

    doc_id: str
    label: str
    surface: str
    count: int
    is_demonym: bool = False


def make_entity_id(label: str, folded: str) -> str:
    """The id of an entity: 16 hex digits made of its label and compared name alone."""
    return hashlib.sha256(f"{label}\n{folded}".encode()).hexdigest()[:16]


def make_key(label: str, surface: str) -> Key:
    """A name as it is compared with others of its label.

    The name is folded, without dots between capitals, and without what is not part of it: a person's title; of anything else the
    article (`du Havre` leaves `Havre`) and the legal form of a company.
    """
    return label, _compared(surface, label == "PER")


@lru_cache(maxsize=1 << 18)
def _compared(surface: str, is_person: bool) -> str:
    folded = fold_name(surface)
    if _DOTTED.fullmatch(folded):
        return folded.replace(".", "")
    data = read_data("name_words.toml")
    words = folded.split()
    if is_person:
        return " ".join(words[1:] if len(words) > 1 and words[0] in data["titles"] else words)
    words = [data["short_words"].get(word, word) for word in words] if len(words) > 1 else words
    if len(words) > 1 and words[-1] in data["legal_forms"]:
        words.pop()
    if len(words) > 1 and words[0] in data["groups"] and words[1] not in data["unsounded"] and "'" not in words[1][:2]:
        words.pop(0)
    if len(words) > 1 and words[0] in data["articles"]:
        words.pop(0)
    return " ".join(words).removeprefix("l'") or folded


@lru_cache(maxsize=1 << 18)
def spelling_of(surface: str) -> str:
    """A name as a reader sees it: without soft hyphens and zero-width characters, letters composed, plain spaces."""
    if surface.isascii() and not _SPACES.search(surface):
        return surface
    return unicodedata.normalize("NFC", " ".join(clean_view(surface).text.split()))


def begins_compound(surface: str) -> bool:
    """Whether a name begins with a hyphenated first name: `Jean-Luc Godard`."""
    first, _, rest = surface.partition(" ")
    return bool(rest) and "-" in first.translate(_HYPHENS)


def is_initial(word: str) -> bool:
    """Whether a word of a compared name stands for one or several first names (`e.`, `j`, `j.c.`)."""
    return _INITIAL.fullmatch(word) is not None


def has_first_name(words: Sequence[str]) -> bool:
    """Whether a person's name begins with a first name written out: not `le bihan`, not `e. macron`."""
    return len(words) > 1 and words[0] not in read_data("name_words.toml")["particles"] and not is_initial(words[0])
