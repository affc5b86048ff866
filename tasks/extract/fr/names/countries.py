"""Countries, their capitals and their peoples: names as written and demonyms, with ISO 3166 codes."""

from __future__ import annotations

from functools import cache
from itertools import chain

from tasks.extract.fr.names.lexicon import read_data
from tasks.extract.language import Countries

PLAIN_CAPITALS = str.maketrans("ÀÂÉÈÊËÎÏÔÛÇ", "AAEEEEIIOUC")  # newsrooms print "Etat" and "Elysée" as often as "État"


@cache
def demonym_countries() -> dict[str, str]:
    """Every form of every demonym in small letters (`ukrainienne`), with the ISO code of its country.

    The code is empty for a people without a country. A form two countries share (`congolais`) has the first in the file.
    """
    data = read_data("countries.toml")
    forms: dict[str, str] = {}
    for code, country in data["countries"].items():
        for form in chain.from_iterable(map(_forms, country.get("demonyms", ()))):
            forms.setdefault(form, code)
    for form in chain.from_iterable(map(_forms, chain.from_iterable(data["peoples"].values()))):
        forms.setdefault(form, "")
    return forms


@cache
def place_names() -> dict[str, str]:
    """Names of countries, territories and capitals as written, with the ISO code of their country.

    They are the French names of babel and those that `countries.toml` adds.
    """
    from babel import Locale

    data = read_data("countries.toml")
    left_out = frozenset(data["left_out"]["territories"])
    territories = Locale("fr").territories.items()
    names = {
        name.replace("’", "'"): code
        for code, name in territories
        if code.isalpha() and len(code) == 2 and code not in left_out
    }
    for code, country in data["countries"].items():
        names |= dict.fromkeys(chain(country.get("names", ()), country.get("capitals", ())), code)
    return {variant: code for name, code in names.items() for variant in (name, name.translate(PLAIN_CAPITALS))}


@cache
def read_countries() -> Countries:
    """Countries by their French names: babel's, and those of `countries.toml`."""
    from babel import Locale

    usual = Locale("fr").territories
    countries = read_data("countries.toml")["countries"]
    return Countries(
        names={code: (usual.get(code, ""), *country.get("names", ())) for code, country in countries.items()},
        capitals={code: tuple(country.get("capitals", ())) for code, country in countries.items()},
        places=place_names(),
        demonyms=demonym_countries(),
    )


def is_demonym(word: str) -> bool:
    """Whether a word is a demonym and not also the name of a place (`Suisse`)."""
    return word.lower() in demonym_countries() and word not in place_names()


# Masculine singular ending, feminine ending: the first that fits.
_FEMININES = (("ien", "ienne"), ("éen", "éenne"), ("yen", "yenne"), ("ton", "tonne"), ("c", "que"), ("e", "e"))


def _forms(demonym: str) -> set[str]:
    """The four forms of a demonym given as masculine singular, or as masculine/feminine where no rule fits."""
    masculine, _, feminine = demonym.partition("/")
    if not feminine:
        endings = ((stem, ending) for stem, ending in _FEMININES if masculine.endswith(stem))
        stem, ending = next(endings, ("", "e"))
        feminine = masculine.removesuffix(stem) + ending
    plural = (
        masculine[:-1] + "ux" if masculine.endswith("al") else masculine if masculine.endswith("s") else masculine + "s"
    )
    return {masculine, feminine, plural, feminine if feminine.endswith("s") else feminine + "s"}
