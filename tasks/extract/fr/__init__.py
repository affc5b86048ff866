"""French: the rules, words and weights that find names, dates, figures, quotes and roles in French text."""

from __future__ import annotations

from pathlib import Path

from tasks.extract.language import Countries, Language, Rules

_FOLDER = Path(__file__).parent


def _load_rules() -> Rules:
    from tasks.extract.fr.rules import RULES

    return RULES


def _load_countries() -> Countries:
    from tasks.extract.fr.names.countries import read_countries

    return read_countries()


LANGUAGE = Language(
    code="fr",
    folder=_FOLDER,
    load_rules=_load_rules,
    load_countries=_load_countries,
    name_weights=_FOLDER / "names_weights",
    has_stored_tokenizer=True,
)
