"""The words of `words.toml` as regular expressions over folded text, built once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tasks.extract.fr.names.countries import demonym_countries
from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text


class Grammar(NamedTuple):
    """What finds an office before a name (`before`) and after it, and takes its complement apart."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    lead: re.Pattern[str]
    copula: re.Pattern[str]
    elected: re.Pattern[str]
    called: re.Pattern[str]
    opener: re.Pattern[str]
    title: re.Pattern[str]
    family: re.Pattern[str]
    idiom: re.Pattern[str]
    preposition: re.Pattern[str]
    also_verbs: frozenset[str]
    link: re.Pattern[str]
    institution: re.Pattern[str]
    namesake: re.Pattern[str]
    stops: frozenset[str]
    departments: frozenset[str]
    endings: tuple[str, ...]
    joints: frozenset[str]


@cache
def role_words() -> dict[str, Any]:
    """The word lists of `words.toml`."""
    return read_toml(Path(__file__).with_name("words.toml"))


def _any(words: Iterable[str]) -> str:
    """Any of the words as a regular expression over folded text."""
    return alternation(map(fold_text, words))


def _leading(words: Iterable[str]) -> str:
    """One of the words with the space after it; an elided one ("l'") has none."""
    return _any(word if word.endswith("'") else f"{word} " for word in words)


@cache
def grammar() -> Grammar:
    """The patterns of the offices and of what stands around them."""
    data = role_words()
    office = (
        rf"(?P<former>(?:{_any(data['former'])})[ -]?)?(?P<noun>{_any(genders_of_offices())}"
        rf"|(?:{_any(data['nouns_of_schools'])})(?=(?: adjointe?)? (?:du |d'un |de )(?:{_any(data['schools'])})))"
        rf"(?: (?:{_any(form for word in data['adjectives'] for form in word.split('/'))}))*(?![\w-])"
    )
    determiners = _leading(data["determiners"])
    return Grammar(
        before=re.compile(rf"(?<![\w-]){office}"),
        after=re.compile(rf"(?:{determiners})*(?P<office>{office})"),
        lead=re.compile(
            rf"(?: ?\([^()\n]{{1,25}}\))? ?[,(–-] ?(?:(?:agee? de )?\d+ ans(?:, | et | ))?"
            rf"(?P<past>(?:qui )?(?:{_leading(data['past_times'])}|(?:qui )(?:{_leading(data['past_copulas'])})))?"
            rf"(?:(?:{_leading(data['now_times'])}))*(?:(?:{_leading(data['copulas'])}))?"
        ),
        copula=re.compile(
            rf" (?:(?:{_leading(data['copulas'])})|(?P<past>{_leading(data['past_copulas'])}))"
            r"(?:(?:hier|jeudi|vendredi|lundi|mardi|mercredi|samedi|dimanche|\d{4}|[a-z]+ \d{4}|aussi|egalement) )?"
        ),
        elected=re.compile(
            rf"(?: ?, ?| )(?:qui )?(?:(?:a ete|est|vient d'etre|avait ete|sera|fut) )?(?:{_any(data['openers'])})"
            rf"(?: (?!l[ea] (?:premi|seul))[^,.;:!?«»()\n]{{1,45}}?)? (?=(?:comme |au poste de |{determiners})?(?:{_any(genders_of_offices())})(?![\w-]))"
            r"(?:comme |au poste de )?"
        ),
        called=re.compile(r" (?:s'appelle|se nomme|n'est autre que) "),
        opener=re.compile(rf"(?:^|[\s(«])(?:{_any(data['openers'])}) $"),
        title=re.compile(rf"(?:^|[ ,])(?:{_any(data['titles'])}) ?$"),
        family=re.compile(rf"(?<![\w-])(?:{_any(data['families'])}) $"),
        idiom=re.compile(rf"(?<![\w-])(?:{_any(data['idioms'])}) $"),
        preposition=re.compile(rf"(?<![\w-])(?:{_any(data['prepositions'])}) (?:le |la |l'|un |une |son |sa )?$"),
        also_verbs=frozenset(map(fold_text, data["also_verbs"])),
        link=re.compile(
            rf"(?:(?<!\s)\s+)?\b(?:{'|'.join(sorted((re.escape(link).replace(chr(39), '[’' + chr(39) + ']') for link in data['links']), key=len, reverse=True))})\s*$"
        ),
        institution=re.compile(rf"(?<![\w-])(?:{_any(data['institutions'])})s?(?![\w-])"),
        namesake=re.compile(rf"(?<![\w-])(?:{_any(data['named_after_people'])}) $"),
        stops=frozenset(map(fold_text, data["stops"])),
        departments=frozenset(map(fold_text, data["with_department"])),
        endings=tuple(map(fold_text, data["adjective_endings"])),
        joints=frozenset(map(fold_text, data["joints"])),
    )


@cache
def genders_of_offices() -> dict[str, str]:
    """Every office and trade, folded, with its gender: "m", "f", or "" for one that both have."""
    found: dict[str, str] = {}
    for noun in role_words()["nouns"]:
        masculine, slash, feminine = map(fold_text, noun.partition("/"))
        found[masculine] = "m" if slash else ""
        if slash:
            found[feminine] = "f"
    return found


@cache
def country_of_adjective() -> dict[str, str]:
    """Folded adjective of a country (`britannique`) to the country's French name."""
    from babel import Locale

    territories = Locale.parse("fr").territories
    return {fold_text(form): territories.get(code, "") for form, code in demonym_countries().items()}
