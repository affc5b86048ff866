"""Names of publishers by their form: part of a longer name, a name such as papers have, a company, a person."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from tasks.strip.describe.lexicon import lexicon
from tasks.text.data_files import read_toml
from tasks.text.phrases import alternation
from tasks.text.words import split_folded_words

MOST_WORDS = 6  # in the name of a publisher
WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0]$")
LONGEST_BEFORE = 40  # characters before a name in which a word is looked for
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,9}", re.IGNORECASE)
ARTICLE_JOINED = re.compile(r"[LlDd]['’]")
INNER_CAPITAL = re.compile(
    r"[A-ZÀ-Ý][a-zà-ÿ]+(?:[A-ZÀ-Ý][a-zà-ÿ]+)+|[A-ZÀ-Ý]{2,}[a-zà-ÿ]{3,}"
)  # "TopTribune", "BFMinfo"


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon()["publishers"][table])


@cache
def _after_pattern() -> re.Pattern[str]:
    """What follows a name that ends there: nothing, a mark, a number, or a word that no name goes on with."""
    return re.compile(rf"\s*(?:$|[^\w\s'’\-‐‑&]|\s[-–—&]\s|\d|(?i:{alternation(_words('after_names'))})(?![\w'’-]))")


@lru_cache(maxsize=20_000)  # the lines of menus are compared on every page
def name_key(name: str) -> str:
    """A name reduced to its letters and digits, without accents: the same for "Révolution Permanente" and "REVOLUTION PERMANENTE"."""
    return "".join(split_folded_words(name))


def name_ends_at(text: str, end: int) -> bool:
    """Whether no name goes on at this place of a text."""
    return _after_pattern().match(text, end) is not None


def is_part_of_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a publisher's name in a text is part of another: "Le Soir" in "Le Soir d'Algérie", "Le Monde" in "Le Monde diplomatique"."""
    if not name_ends_at(text, end):
        return True
    before = WORD_BEFORE.search(text, max(0, start - LONGEST_BEFORE), start)
    if before is None:
        return start > 1 and text[start - 1] in "-‐‑’'" and text[start - 2].isalpha()
    word = before[1]
    is_name_like = word[0].isupper() and (not word.isupper() or text[start:end].isupper())
    return is_name_like and word.lower() not in _words("before_names")


def is_press_name(name: str) -> bool:
    """Whether a name has the form of a paper's or a station's: "La Feuille de Brèze", "Nord Matin", "TopTribune", "brèze.info"."""
    words, folded = name.split(), split_folded_words(name)
    if not 1 <= len(words) <= MOST_WORDS or not folded or is_company(name):
        return False
    if len(folded) == 1 or (len(words) == 1 and not ARTICLE_JOINED.match(name)):
        return DOMAIN.fullmatch(name) is not None or INNER_CAPITAL.fullmatch(name) is not None
    return (folded[0] in _words("articles") and _is_capitalised(name)) or has_press_word(name)


def has_press_word(name: str) -> bool:
    """Whether a name of a few words holds one of those of papers and stations, its first and last word with a capital."""
    return (
        2 <= len(name.split()) <= MOST_WORDS
        and _is_capitalised(name)
        and not _words("press_words").isdisjoint(split_folded_words(name))
    )


def _is_capitalised(name: str) -> bool:
    return name[:1].isupper() and re.split(r"[\s'’]", name)[-1][:1].isupper()


def is_company(name: str) -> bool:
    """Whether a name is that of the company behind a publisher, by its trade: "Prisma Média", "Nord Verlag"."""
    return not _words("company_words").isdisjoint(split_folded_words(name))


def without_legal_form(name: str) -> str:
    """The name without the legal form of its company: "Israel Nachrichten Ltd" is "Israel Nachrichten"."""
    words = name.split()
    while len(words) > 1 and (words[-1] == "&" or words[-1].lower().rstrip(".,") in _words("legal_forms")):
        words.pop()
    return " ".join(words).rstrip(" ,")


@cache
def given_names() -> frozenset[str]:
    """Given names of people, lower case and without accents."""
    return frozenset(read_toml(Path(__file__).with_name("given_names.toml"))["names"])


def is_person_name(name: str) -> bool:
    """Whether a name opens with a given name or an initial: "Anne Roy", "E. Nurdin", "Jean-Luc Petit"."""
    folded = split_folded_words(name)
    return bool(folded) and (folded[0] in given_names() or (len(folded[0]) == 1 and not ARTICLE_JOINED.match(name)))
