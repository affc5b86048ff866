"""One form of a role whoever holds it: that of a man, by the pairs of `words.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tasks.extract.fr.roles.grammar import role_words
from tasks.extract.patterns import alternation
from tasks.text.folding import lower_text

_ARTICLES = {"à": "au", "de": "du"}


def neutral_role(role: str) -> str:
    """A role in lower case with its noun and adjectives in the masculine: "Adjointe à la maire" is "adjoint au maire"."""
    own, superior, masculines = _patterns()
    lowered = " ".join(lower_text(role).split())
    if match := own.match(lowered):
        words = [match["noun"], *match["adjectives"].split()]
        lowered = " ".join(masculines.get(word, word) for word in words) + lowered[match.end() :]
    return superior.sub(lambda found: f" {_ARTICLES[found[1]]} {masculines.get(found[2], found[2])}", lowered)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """A role's noun with its adjectives, a woman whom somebody works for, and the masculine of each feminine form."""
    nouns, adjectives = (role_words()[name] for name in ("nouns", "adjectives"))
    own = re.compile(
        rf"(?P<noun>{alternation(_forms(nouns))})(?P<adjectives>(?: (?:{alternation(_forms(adjectives))}))*)(?![\w-])"
    )
    superior = re.compile(rf" (à|de) la ({alternation(_forms(nouns))})(?![\w-])")
    pairs = (lower_text(word).partition("/") for word in (*nouns, *adjectives))
    return own, superior, {feminine: masculine for masculine, _, feminine in pairs if feminine}


def _forms(words: Iterable[str]) -> list[str]:
    return [form for word in words for form in lower_text(word).split("/")]
