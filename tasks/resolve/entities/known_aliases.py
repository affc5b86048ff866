"""Aliases known beforehand: acronyms and long forms, the names of countries, and the country of a demonym."""

from __future__ import annotations

from functools import cache

from tasks.extract import read_countries
from tasks.resolve.entities.lexicon import read_data
from tasks.resolve.entities.name_keys import Key, make_key
from tasks.text.folding import fold_name


def known_as(key: Key) -> Key | None:
    """The leading name of the known thing that a name means, itself a key; null when it is not known.

    A person has none: what is labelled so is not taken for the institution or country of the same name.
    """
    return None if key[0] == "PER" else _leading_names().get(key[1])


def country_of(demonym: str) -> Key | None:
    """The leading name of the country that a demonym belongs to (`Ukrainiennes`); null for a people without a country."""
    word = demonym.lower()
    for part, forms in read_data("known_aliases.toml")["peoples_of_parts"].items():
        if word in forms:
            return make_key("LOC", part)
    codes = (countries.demonyms[word] for countries in read_countries() if word in countries.demonyms)
    return _countries().get(next(codes, ""))


@cache
def _leading_names() -> dict[str, Key]:
    """Compared name to the leading key of its thing, whatever label it comes with."""
    found: dict[str, Key] = {}
    countries = _countries()
    for name, code in _country_names().items():
        found.setdefault(make_key("LOC", name)[1], countries[code])
    for label in ("ORG", "LOC"):
        for names in read_data("known_aliases.toml")[label]:
            found |= dict.fromkeys((make_key(label, name)[1] for name in names), make_key(label, names[0]))
    return found


@cache
def _countries() -> dict[str, Key]:
    """ISO code to the leading key of the country: the first of its names."""
    found: dict[str, Key] = {}
    for name, code in _country_names().items():
        found.setdefault(code, make_key("LOC", name))
    return found


@cache
def _country_names() -> dict[str, str]:
    """Names of countries and territories with their ISO code.

    Parts of countries are left out, and capitals that are not also a name of the country (`Tunis`; `Luxembourg` stays).
    """
    parts = {fold_name(name) for name in read_data("known_aliases.toml")["parts_of_countries"]}
    found: dict[str, str] = {}
    for countries in read_countries():
        names, capitals = (
            {(code, fold_name(name)) for code, some in by_code.items() for name in some}
            for by_code in (countries.names, countries.capitals)
        )
        for name, code in countries.places.items():
            folded = fold_name(name)
            if folded not in parts and (code, folded) not in capitals - names:
                found.setdefault(name, code)
    return found
