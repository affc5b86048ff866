"""Names of people as credit lines print them: read by their shape, up to the role, town, date or agency that follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice, pairwise
from typing import Literal

from tasks.strip.describe.lexicon import agencies, lexicon, months
from tasks.text.phrases import alternation
from tasks.text.remembered import LONGEST, MOST, remember_short

MOST_NAMES, MOST_TOKENS = 8, 5  # names in a credit; words in a name
MOST_READ = 80  # words read of a line: a run of so many names ends within them
MARKUP = "[*_"  # before a name in Markdown: "Par [Anne Roy](/auteurs/anne-roy)", "Par **Anne Roy**"
TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-.](?=[^\W\d_]))*\.?|\d+|[^\s\w]|_")

Token = re.Match[str]


@dataclass(frozen=True, slots=True)
class NameRun:
    """Names read from a place in a text: the names, the span they cover, whether the text ends with them."""

    names: tuple[str, ...]
    start: int
    end: int
    is_all: bool
    has_role: bool


@cache
def byline_words(table: str) -> frozenset[str]:
    """One list of `[bylines]` in the lexicon."""
    return frozenset(lexicon()["bylines"][table])


@cache
def starter_pattern() -> re.Pattern[str]:
    """What stands before names ("Par", "By", "Von"), also stuck to a capital ("ParAnne")."""
    starters = alternation(byline_words("starters"))
    return re.compile(rf"(?<![^\W_])(?P<starter>{starters})(?:\s*:\s*|\s+|(?-i:(?=[A-ZÀ-Ý][a-zà-ÿ])))", re.IGNORECASE)


@cache
def list_separator() -> re.Pattern[str]:
    """What stands between the names of a declared author: "Anne Roy, Luc Petit et Léa Blanc"."""
    return re.compile(rf"(?:(?<!\s)\s+)?(?:[,;|]|\s(?:{alternation(byline_words('conjunctions'))})\s)\s*")


@cache
def agency_pattern() -> re.Pattern[str]:
    """The name of an agency, in any capitals."""
    return re.compile(rf"(?<![\w.@/])(?:{alternation(agencies())})(?![\w@]|\.\w)", re.IGNORECASE)


@remember_short
def agencies_in(text: str) -> list[tuple[str, int, int]]:
    """The agencies named in a line, by their usual name; short acronyms count only in their usual spelling or in capitals."""
    table = agencies()
    found = []
    for match in agency_pattern().finditer(text):
        name = table[" ".join(match.group().lower().split())]
        if len(match.group()) > 5 or match.group() in (name, match.group().upper()):
            found.append((name, match.start(), match.end()))
    return found


def read_names(text: str, position: int = 0) -> NameRun | None:
    """The names that begin at `position`: "Anne Roy, Luc Petit et Léa Blanc", up to the first word that is not part of a name.

    A single word is a name only when it comes first ("Par Zoé"); None when there is none.
    """
    return _read_short_line(text, position) if len(text) <= LONGEST else _read_names(text, position)


def _read_names(text: str, position: int) -> NameRun | None:
    names: list[list[Token]] = [[]]
    tokens = islice(TOKEN.finditer(text, position), MOST_READ)
    stop: Literal["role", "end"] | None = None
    for token, after in pairwise(chain(tokens, (None,))):
        assert token is not None
        following = after.group() if after else ""
        part = _part(token.group(), following, len(names[-1]))
        if part in ("role", "end") or len(names) > MOST_NAMES:
            stop = "role" if part == "role" else "end"
            break
        if part == "joiner" and names[-1] and following:
            names.append([])
        elif part == "name":
            names[-1].append(token)
    kept = [_once(name) for rank, name in enumerate(names) if len(name) >= 2 or (name and rank == 0)]
    kept = [name for name in kept if name[-1].group().lower() not in byline_words("particles")]  # "Par La rédaction"
    if not kept or (len(kept) > 1 and len(kept[0]) == 1 and not agencies_in(kept[0][0].group())):
        return None
    spelled = tuple(dict.fromkeys(_spell(text, name) for name in kept))
    return NameRun(spelled, kept[0][0].start(), kept[-1][-1].end(), stop != "end", stop == "role")


_read_short_line = lru_cache(maxsize=MOST)(_read_names)  # menus and bylines are repeated on many pages of a source


def _part(word: str, following: str, count: int) -> Literal["name", "joiner", "skipped", "role", "end"]:
    """What a word is in a run of names, `count` being the words the current name has already."""
    low = word.lower().rstrip(".")
    if (low in byline_words("joiners") and word == low) or word in ",;":
        return "joiner"
    if word == "(" and following in byline_words("companions"):
        return "skipped"  # "Anne Roy (avec Luc Petit)": he wrote it too
    if not count and ((low in byline_words("titles") and word[0].isupper()) or word in MARKUP):
        return "skipped"
    if count and (
        low in byline_words("roles") or (count > 1 and word[0].isupper() and low in byline_words("not_names"))
    ):
        return "role"  # "Anne Roy Analyses 26/01/2017": a section stands beside the name
    opens_date = (low in months() and following.isdigit()) or (low == "le" and (not following or following.isdigit()))
    if count and (count >= MOST_TOKENS or opens_date or low in byline_words("stops")):
        return "end"
    is_particle = count > 0 and low in byline_words("particles") and following[:1].isalpha()
    is_long_enough = len(word) > 1 or (count == 1 and not following)  # "Youcef A"
    is_shaped = is_long_enough and word[0].isalpha() and word[0] == word[0].upper() != word[0].lower()
    return "name" if is_shaped or is_particle or (not count and agencies_in(word)) else "end"


def _once(name: Sequence[Token]) -> Sequence[Token]:
    """A name without its repetition: a picture's text and the name after it give "Anne Roy Anne Roy"."""
    half = len(name) // 2
    first, second = [token.group() for token in name[:half]], [token.group() for token in name[half:]]
    return name[:half] if half and first == second else name


def _spell(text: str, name: Sequence[Token]) -> str:
    """The name as printed; a dot at its end is kept only after an initial ("Anne P.")."""
    spelled = text[name[0].start() : name[-1].end()]
    return spelled if len(name[-1].group()) <= 2 else spelled.rstrip(".")
