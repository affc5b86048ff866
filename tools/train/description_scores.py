"""Comparison of titles and names with their annotation, for training and for the benchmark of descriptions."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence


def plain(text: str) -> str:
    """Return the letters and digits of a text, lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"\W+", "", "".join(c for c in decomposed if not unicodedata.combining(c)))


def is_same_title(gold: str, found: str) -> bool:
    """Return whether two titles are equal, nearly equal, or one is most of the other."""
    a, b = plain(gold), plain(found)
    if not a or not b:
        return False
    is_most = (a in b or b in a) and min(len(a), len(b)) >= 0.6 * max(len(a), len(b))
    return is_most or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.85


def is_same_name(gold: str, found: str) -> bool:
    """Return whether two names have the same words, or the longer one all words of the shorter."""
    a, b = ({plain(word) for word in name.split() if plain(word)} for name in (gold, found))
    return a == b or (min(len(a), len(b)) > 1 and (a <= b or b <= a)) or plain(gold) == plain(found)


def name_score(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the F1 of the names found."""
    right = sum(any(is_same_name(name, other) for other in found) for name in gold)
    return 2 * right / (len(gold) + len(found)) if gold and found else 0.0
