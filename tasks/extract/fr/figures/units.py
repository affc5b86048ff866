"""The units and currencies a number can have, by every French spelling of their name."""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.fr.figures.tables import read_table
from tasks.text.folding import fold_text


@cache
def units() -> dict[str, str]:
    """Folded spelling to sign: `kilometres carres` to `km²`. Names and signs are those of CLDR, through babel."""
    from babel import Locale
    from babel.units import format_unit

    locale = Locale.parse("fr")
    data = read_table("units")
    spelled: dict[str, str] = {}
    for unit in data["units"]:
        sign = _without_number(format_unit(1, unit, "short", locale=locale))
        if sign.endswith("."):  # an abbreviation is not a sign: "mois", not "m."
            sign = _without_number(format_unit(1, unit, "long", locale=locale))
        names = [format_unit(count, unit, length, locale=locale) for count in (1, 2) for length in ("long", "short")]
        for name in [*map(_without_number, names), *data["unit_spellings"].get(unit, [])]:
            if not name.endswith("."):  # "400 m." ends a sentence
                spelled[fold_text(name)] = sign
    return spelled | {fold_text(name): sign for name, sign in data["other_units"].items()}


def _without_number(written: str) -> str:
    return re.sub(r"^\d+|\d+$", "", written).strip("\u00a0\u202f ")


@cache
def currencies() -> dict[str, str]:
    """Folded name or sign to ISO 4217 code."""
    from babel import Locale
    from babel.numbers import get_currency_name

    locale = Locale.parse("fr")
    spelled = {
        fold_text(get_currency_name(code, count=count, locale=locale)): code
        for code in map(str, locale.currencies)
        for count in (1, 2)
    }
    return spelled | {fold_text(name): code for name, code in read_table("units")["currency"].items()}


@cache
def measures() -> dict[str, tuple[str, str]]:
    """Every folded spelling with what it makes of a number (`measure`, `money`, `percent`) and the unit or ISO code.

    `scaled_money` is a currency only after millions: three "livres" are books, three millions of them are pounds.
    """
    data = read_table("units")
    meanings = {name: ("measure", sign) for name, sign in units().items() if name and name not in data["neither"]}
    meanings |= {name: ("money", code) for name, code in currencies().items()}
    meanings |= {fold_text(name): ("money", "") for name in data["subunits"]}
    meanings |= {fold_text(name): ("scaled_money", code) for name, code in data["currency_when_scaled"].items()}
    meanings |= {fold_text(name): ("percent", "") for name in data["percent"]}
    return meanings
