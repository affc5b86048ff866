"""Who holds the office that stands in place of a name ("la maire", "le chef de l'État"), in one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tasks.extract.fr.quotes.people import Person
from tasks.extract.fr.quotes.phrases import GROUPS
from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text

_WORD = re.compile(r"\w{2,}")
_SMALL = frozenset(["au", "aux", "de", "des", "du", "en", "la", "le", "les", "son", "sa"])


class _Held(NamedTuple):
    """An office of a person, folded, and the words with which the text gives it."""

    person: Person
    office: str
    known: frozenset[str]


class Offices:
    """The offices that a text gives to people."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_word: dict[str, list[_Held]] = {}
        for person in people:
            for role in person.offices:
                office = fold_text(role.role)
                known = frozenset(_WORD.findall(fold_text(f"{role.surface} {role.organisation or ''}")))
                self._by_word.setdefault(office.split(" ")[0], []).append(_Held(person, office, known))

    def holders(self, words: str, head: str, gender: str) -> list[Person]:
        """The people who hold the office that `words` name; `head` is their noun, folded, `gender` that of the article."""
        said = fold_text(words)
        stand_in = next((office for office in _PHRASES if said.endswith((f" {office}", f"'{office}"))), None)
        heads = _PHRASES[stand_in] if stand_in else frozenset({head}) | _NOUNS.get(head, frozenset())
        complement = frozenset() if stand_in else frozenset(_WORD.findall(said.partition(head)[2])) - _SMALL
        is_free = not complement or complement <= GROUPS  # "le maire", "la présidente de l'association"
        found = {
            held.person: None
            for first in {office.split(" ")[0] for office in heads}
            for held in self._by_word.get(first, ())
            if not (gender and held.person.gender and gender != held.person.gender)
            and any(held.office == office or held.office.startswith(f"{office} ") for office in heads)
            and (is_free or not complement.isdisjoint(held.known))
        }
        return list(found)


def _stand_ins(table: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Each noun or phrase of a table of `offices.toml`, folded, with the offices it stands for."""
    return {
        fold_text(form): frozenset(fold_text(office) for offices in held for office in offices.split("/"))
        for noun, held in table.items()
        for form in noun.split("/")
    }


_DATA: dict[str, dict[str, list[str]]] = read_toml(Path(__file__).with_suffix(".toml"))
_NOUNS = _stand_ins(_DATA["nouns"])
_PHRASES = _stand_ins(_DATA["phrases"])
