"""Names known beforehand: countries, capitals, peoples, institutions. Read once from the TOML files beside this one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

FOLDER = Path(__file__).parent
PLAIN_CAPITALS = str.maketrans("ÀÂÉÈÊËÎÏÔÛÇ", "AAEEEEIIOUC")  # newsrooms print "Etat" and "Elysée" as often as "État"


@dataclass(frozen=True, slots=True)
class GazetteerMatch:
    """One known name met in a text: what it is, and whether it is a name wherever it stands (`found`) or only where the
    recogniser agrees that there is one (`told`)."""

    start: int
    end: int
    label: str
    how: Literal["found", "told"]


@cache
def read_data(file_name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    data: dict[str, Any] = tomllib.loads((FOLDER / file_name).read_text(encoding="utf-8"))
    return data


@cache
def read_words(key: str) -> frozenset[str]:
    """One list of `words.toml`, small letters, straight apostrophes."""
    return frozenset(read_data("words.toml")[key])


@cache
def demonym_countries() -> dict[str, str]:
    """Every form of every demonym in small letters (`ukrainienne`), with the ISO code of its country, empty for a
    people without one. A form two countries share (`congolais`) has the first in the file."""
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
    """Names of countries, territories and capitals as written, with the ISO code of their country: babel's French
    names, and what `countries.toml` adds."""
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
def known_matcher(nlp: Language) -> PhraseMatcher:
    """spaCy's own matcher over all known names, one per pipeline. Build it outside a memory zone: its strings stay."""
    from spacy.matcher import PhraseMatcher

    tokenizer: Any = nlp.tokenizer
    matcher = PhraseMatcher(nlp.vocab)
    for how, names_by_label in read_data("gazetteer.toml").items():
        for label, names in names_by_label.items():
            variants = sorted({variant for name in names for variant in _variants(name)})
            matcher.add(f"{how}|{label}", list(tokenizer.pipe(variants)))
    matcher.add("told|LOC", list(tokenizer.pipe(sorted(place_names()))))
    return matcher


def match_known(matcher: PhraseMatcher, doc: Doc) -> Iterable[GazetteerMatch]:
    """The known names of one tokenised text, longest first where they overlap, in no other order."""
    from spacy.util import filter_spans

    for span in filter_spans(matcher(doc, as_spans=True)):
        how, label = span.label_.split("|")
        yield GazetteerMatch(span.start_char, span.end_char, label, "found" if how == "found" else "told")


def _variants(name: str) -> set[str]:
    """A name as newspapers write it: as given, every word with a capital, none at all where only the first word has one
    ("cour pénale internationale"), capitals without accents."""
    forms = {
        name,
        name[0].upper() + name[1:],
        re.sub(r"(?<=[ -])[a-zà-ÿ](?=[a-zà-ÿ]{3})", lambda first: first[0].upper(), name),
    }
    if " " in name and name[1:].islower() and not name.startswith(("Le ", "La ", "Les ")):
        forms.add(name.lower())
    return {form.translate(table) for form in forms for table in ({}, PLAIN_CAPITALS)}


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
