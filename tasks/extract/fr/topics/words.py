"""The words of `words.toml` as regular expressions over folded text, built once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml
from tasks.text.folding import fold_text

_DATA = read_toml(Path(__file__).with_suffix(".toml"))


def _alternation(words: Iterable[str], plural: str = "") -> str:
    """Any of the words, the longest first; a star at the end of a word stands for any ending."""
    folded = sorted({fold_text(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", r"\w*") + plural for word in folded)


def _any(words: Iterable[str], plural: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_alternation(words, plural)})(?![\w-])")


def _coded(table: Mapping[str, Sequence[str]], plural: str = "") -> re.Pattern[str]:
    """The words of a table; the name of the group that matched is their code."""
    groups = "|".join(f"(?P<{code}>{_alternation(words, plural)})" for code, words in table.items())
    return re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])")


def _accented(noun: str) -> str:
    """A noun in lower case as a regular expression, in the singular or plural."""
    lowered = noun.lower()
    first = fold_text(lowered[0])
    start = re.escape(lowered[0]) if first == lowered[0] else f"[{lowered[0]}{first}]"
    return start + re.escape(lowered[1:]) + "[sx]?"


def _open_alternation(words: Iterable[str]) -> str:
    """Any of the words with their accents; a star stands for any ending, dots for a few words of the clause."""
    return (
        alternation(words)
        .replace(r"\*", r"\w*")
        .replace("\\ …\\ ", r"\b[^.,;:\n]{0,40}? ")
        .replace(" … ", r"\b[^.,;:\n]{0,40}? ")
    )


def _by_noun(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold_text(noun): code for code, nouns in table.items() for noun in nouns}


COUNTED = _by_noun(_DATA["counted"])
PEOPLE = frozenset(map(fold_text, _DATA["people"]["nouns"]))
COUNTRIES = frozenset(map(fold_text, _DATA["countries"]["nouns"]))
QUESTION_CUES = _coded(_DATA["question_cues"])
STAFF_CHANGE = _coded({code: _DATA["question_cues"][code] for code in ("count_dismissed", "count_hired")})
MONEY = _coded(_DATA["money"])
GENERIC = frozenset(map(fold_text, _DATA["generic"]["nouns"]))
MONEY_ELSE = _coded(_DATA["money_else"])
DEGREE = _coded(_DATA["degree"])
ASKED_OF = {question: frozenset(kinds) for question, kinds in _DATA["asked_of"].items()}

# With accents: "frappe" is an attack, "frappé" is not. An accent may be missing from a capital.
THING = re.compile(
    "(?<![\\w-])(?:"
    + "|".join(
        rf"(?P<{code}>{'|'.join(_accented(noun) for noun in sorted(nouns, key=len, reverse=True))})"
        for code, nouns in _DATA["things"].items()
    )
    + r")(?![\w-])"
)
HAPPENED = re.compile(
    "(?<![\\w-])(?:"
    + "|".join(rf"(?P<{code}>{alternation(words)})" for code, words in _DATA["happened"].items()).replace(r"\*", r"\w*")
    + r")(?![\w-])"
)
# "Cette instance", "la jeune organisation" stand for the organisation named before.
DEFINITE = re.compile(r"(?:(?<!\w)(?:cet|cette|ce|la|le) |(?<!\w)l')(?:\w+ )?$")
# Between a noun and its name: "l'association « Les Amis »", "le festival Les Nuits".
NAME_LINK = re.compile(r"(?: d'\w+)?[ ,]?(?:dite |baptisee |appelee )?(?:la |le |les |l')?[ «\"“'(]*")
OF = re.compile(r" (?:membres )?(?:de |du |des |d')(?:la |le |les |l')?[ «\"“'(]*")
COMPLEMENT = re.compile(
    r"(?: (?:d['’]|(?:de la|de l['’]|des|du|de|pour la|pour le|pour l['’]|pour les) ?)[\w’'-]+| [A-ZÀ-Ý][\w’'-]+(?: (?:de|du|des|la|le|les|et) [\w’'-]+)?){0,2}"
)

_BETWEEN = _alternation(_DATA["made_up"]["between"])
MADE_UP = re.compile(
    rf"(?<![\w-])(?:{_alternation(_DATA['made_up']['before'])})(?: (?:{_BETWEEN}))*(?: (?:les|ses|de|d'))?[ (]*$"
)
# With accents: "il a rassemblé 400 personnes" tells of an event, "il rassemble 400 personnes" of members.
CAME = re.compile(
    rf"(?<![\w-])(?:{alternation(_DATA['made_up']['came'])})(?: (?:{alternation(_DATA['made_up']['between'])}))*(?: (?:de|d'|les))? ?$"
)

# "Passe de 88 à 95 communes": the figure before stands between.
CHANGED_TO = re.compile(rf"(?<![\w-])(?:{_alternation(_DATA['made_up']['changed'])}) de [^,;]{{1,30}} a ?$")
MADE_UP_AFTER = re.compile(rf" ?(?:[\w-]+ )?(?:{_alternation(_DATA['made_up']['after'])})(?![\w-])")
NUMBER_OF = re.compile(r"(?<!\w)nombre (?:total )?(?:de |d'|des )([\w-]+)(?!.*(?<!\w)nombre )")

FORMER = _any(_DATA["state"]["former"])
FORMER_GROUP = _any(_DATA["state"]["former_group"])
EXPECTED = _any(_DATA["state"]["expected"])
REVISED = _any(_DATA["state"]["revised"])
PART = _any(_DATA["state"]["part"])
PART_BEFORE = re.compile(rf"(?<![\w-])(?:{_alternation(_DATA['state']['part_before'])})(?: (?:les|l'|ces|ses))? ?$")
SUM = re.compile(
    rf"(?<![\w-])(?:{_alternation(_DATA['state']['sums'], 's?')})(?: \w+)? (?:de|d'|des|a)(?: (?:{_BETWEEN}))* ?$"
)

# With accents: "né" is an event, "ne" is not.
EVENT = re.compile(
    "(?<![\\w-])(?:"
    + "|".join(
        rf"(?P<{code}>{_open_alternation(words)})"
        for code, words in _DATA["events"].items()
        if code in ("created", "first_met", "opened")
    )
    + r")(?![\w-])"
)
EVENT_NOUNS = frozenset(map(fold_text, _DATA["events"]["nouns"]))
EVENT_PRESENT = frozenset(_DATA["events"]["present"])
EVENT_INTRANSITIVE = frozenset(map(fold_text, _DATA["events"]["intransitive"]))
EVENT_EXPECTED = _any(_DATA["events"]["expected"])

NO_SUBJECT = re.compile(
    rf"(?<![\w-])(?:{_alternation(_DATA['no_subject']['before'])})(?: ?(?:la|le|les|l'|un|une|ce|cet|cette|son|sa))?[ «\"“(]*$"
)
PRONOUN = re.compile(rf"(?:[^,]{{2,60}}, )?(?:{_alternation(_DATA['no_subject']['pronouns'])}) ")


_INVARIABLE = frozenset(map(fold_text, _DATA["countries"]["invariable"]))
# "Rivières vivantes, une association fondée en 2007": the noun stands for the name before it.
APPOSED = re.compile(r"(?: \w+(?=,))?,? ?[(:–—-]? ?(?:une?|la|le|l')? ?(?:\w+ )?")
WHOSE = re.compile(r"(?<!\w)dont (?:la|le|les|l') ?$")


def singular(noun: str) -> str:
    """A noun without the ending of its plural, folded."""
    folded = fold_text(noun)
    return folded if folded in _INVARIABLE else folded.rstrip("sx")


COUNTED_SINGULAR = {singular(noun): code for noun, code in COUNTED.items()}
PEOPLE_SINGULAR = frozenset(map(singular, PEOPLE))
COUNTRIES_SINGULAR = frozenset(map(singular, COUNTRIES))
