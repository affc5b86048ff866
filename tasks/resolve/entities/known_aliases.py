"""Names that mean one thing by general knowledge: acronyms and long forms, countries, and whose country a people's is."""

from __future__ import annotations

from functools import cache

from tasks.extract.fr.names.gazetteer import demonym_countries, place_names
from tasks.extract.fr.names.gazetteer import read_data as read_facts_data
from tasks.resolve.entities.lexicon import read_data
from tasks.resolve.entities.name_keys import Key, fold_name, make_key


def known_as(key: Key) -> Key | None:
    """The leading name of the known thing a name means, itself a key; none when it is not known. A person has none:
    what is labelled so is not taken for the institution or country of the same name."""
    return None if key[0] == "PER" else _leading_names().get(key[1])


def country_of(demonym: str) -> Key | None:
    """The leading name of the country a demonym belongs to (`Ukrainiennes`), or none: a people without a country."""
    word = demonym.lower()
    parts = read_data("known_aliases.toml")["peoples_of_parts"]
    for part, forms in parts.items():
        if word in forms:
            return make_key("LOC", part)
    return _countries().get(demonym_countries().get(word, ""))


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
    """ISO code to the leading key of the country: the first of its names, which is babel's."""
    found: dict[str, Key] = {}
    for name, code in _country_names().items():
        found.setdefault(code, make_key("LOC", name))
    return found


@cache
def _country_names() -> dict[str, str]:
    """Names of countries and territories with their ISO code, without parts of them, and without the capitals that are
    not also what the country is called (`Tunis`, but `Luxembourg` stays)."""
    from babel import Locale

    usual = Locale("fr").territories
    countries = read_facts_data("countries.toml")["countries"]
    parts = {fold_name(name) for name in read_data("known_aliases.toml")["parts_of_countries"]}
    capitals = {
        (code, fold_name(capital)) for code, country in countries.items() for capital in country.get("capitals", ())
    } - {
        (code, fold_name(name))
        for code in countries
        for name in (usual.get(code, ""), *countries[code].get("names", ()))
    }
    return {
        name: code
        for name, code in place_names().items()
        if fold_name(name) not in parts and (code, fold_name(name)) not in capitals
    }
