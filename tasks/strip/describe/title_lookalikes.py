"""Lines that stand where a title does and are none: a date line, a section's name, the site's own name, a picture's text."""

from __future__ import annotations

import re
from functools import cache

from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import lexicon, months, weekdays
from tasks.strip.describe.outlet_names import has_press_word, is_person_name
from tasks.strip.describe.person_names import read_names
from tasks.strip.lexicon import tables_by_language
from tasks.text.remembered import remember_short
from tasks.text.words import split_folded_words, split_words, word_key

MENU_ENTRIES, ENTRY_WORDS = 3, 3  # fewest entries of a menu on one line; most words of each
_GAPS = re.compile(r"\s{2,}|\s+[|·•>»]\s+|\t")  # between two entries
HEADER = 3  # lines at the top of a page where a site names itself
TITLE_WORDS = 4  # of a line that may be the title below a lookalike
TOPICS = 2  # words shared with the body
SURE_FOREIGN = 2  # function words of another language, and none of the page's, that show the language of a line


@remember_short
def is_date_line(text: str) -> bool:
    """Whether a line holds nothing but a date and its label: "Publié le 12 juin 2025 à 10h30", "Mis à jour le"."""
    words = split_words(text)
    known = _date_words()
    return bool(words) and all(word in known or word[:1].isdigit() for word in words) and not text[:1].isdigit()


@cache
def _date_words() -> frozenset[str]:
    labels = {
        word
        for phrases in lexicon()["labels"].values()
        for phrase in (phrases if isinstance(phrases, list) else ())
        for word in split_words(phrase)
    }
    return frozenset(labels | months().keys() | weekdays().keys() | set(lexicon()["titles"]["date_line_words"]))


@remember_short
def is_section(text: str) -> bool:
    """Whether a line is the name of a section or of a live channel: "Le direct", "Courrier des lecteurs"."""
    return word_key(text) in _sections()


@cache
def _sections() -> frozenset[str]:
    return frozenset(word_key(phrase) for phrase in lexicon()["titles"]["sections"])


@remember_short
def is_menu(text: str) -> bool:
    """Whether a line holds the entries of a menu side by side: "Accueil   Terroir   Sorties", "News | Sport | Local"."""
    entries = _GAPS.split(text.strip())
    return len(entries) >= MENU_ENTRIES and all(len(entry.split()) <= ENTRY_WORDS for entry in entries)


def is_site_name(layout: Layout, i: int) -> bool:
    """Whether a line at the top of the page is the name of a paper or a station: "Sud Lozère Matin"."""
    if i >= HEADER or not has_press_word(layout.lines[i].text):
        return False
    return (
        len(layout.body_words.intersection(layout.keys[i].split())) < TOPICS
    )  # else it says what the article is about


@remember_short
def is_person(text: str) -> bool:
    """Whether a line is the name of a person alone: "Mathilde Perrin"."""
    read = read_names(text) if is_person_name(text) else None
    return read is not None and read.is_all and read.names == (text,)


def is_foreign(text: str, language: str | None) -> bool:
    """Whether a line is in another language than the page, by its function words."""
    if language not in _function_words() or text.isupper():
        return False
    languages, is_sure = _languages_of(text)
    return is_sure and language not in languages


@remember_short
def _languages_of(text: str) -> tuple[frozenset[str], bool]:
    """The languages that have a function word of a line, and whether the line has several of one language alone."""
    words = _languages_by_word()
    met = [words[word] for word in set(split_folded_words(text)) if word in words]
    alone = [languages for languages in met if len(languages) == 1]  # "de" and "la" show none of the Romance ones
    return frozenset().union(*met), any([alone.count(languages) >= SURE_FOREIGN for languages in alone])


@cache
def _function_words() -> dict[str, frozenset[str]]:
    tables = {
        code: table["prose"]["function_words"] for code, table in tables_by_language().items() if "prose" in table
    }
    return {code: frozenset(split_folded_words(" ".join(words))) for code, words in tables.items()}


@cache
def _languages_by_word() -> dict[str, frozenset[str]]:
    """Each function word with the languages that have it."""
    tables = _function_words()
    return {
        word: frozenset(code for code, own in tables.items() if word in own)
        for word in frozenset().union(*tables.values())
    }
