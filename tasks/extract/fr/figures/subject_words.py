"""The words of `subject_words.toml` as regular expressions, built once. All of them read lower case with accents."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path


def _alternation(words: Iterable[str]) -> str:
    """The words as one regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# Characters. What stands in commas before a subject is an adverbial, behind it an apposition, and no clause.
_SHORT = "{2,60}"
_REPORTING = {stem + ending for stem in _DATA["reporting_stems"] for ending in _DATA["reporting_endings"]}
_FRONTED = rf"(?:[^,]{_SHORT}, )?"

NOT_VERBS = frozenset(_DATA["not_verbs"])
AGE_UNITS = frozenset(_DATA["apposed_units"])
SIZE_NOUNS = frozenset(_DATA["apposed_nouns"])

CLAUSE_OPENER = re.compile(
    rf"(?<![\w'-])(?:{_alternation(_DATA['clause_openers'])})(?:(?<=')|(?![\w'-]))|[;:«»“”\"–—•()]|\.\.\.|…"
)
RELATIVE = re.compile(rf"(?<![\w'-])(?:{_alternation(_DATA['relatives'])}) ")
REPORTS = re.compile(
    rf"(?<![\w-])(?:{_alternation({*_REPORTING, *_DATA['reporting_forms']} - {*_DATA['not_reporting']})})(?![\w-])"
)
# What may stand between the beginning of a clause and its subject: "En 2024, le groupe …".
LEAD = re.compile(
    rf"{_FRONTED}(?:(?:le |la |l'|les |un |une |son |sa |ce |cette )?(?:{_alternation(_DATA['heads'])})(?: [a-zà-ÿ-]+)?,? )?(?:le |la |l'|les )?"
)
NAMED_BY = re.compile(
    rf"{_FRONTED}(?:la |le |l'|les )(?:{_alternation(_DATA['named_by'])}) (?:de (?:la |l')?|du |des |d')"
)
STANDS_FOR = re.compile(
    rf"{_FRONTED}(?:(?P<pronoun>{_alternation(_DATA['pronouns'])}) (?!{_alternation(_DATA['impersonal'])})"
    rf"|(?:le |la |l'|ce |cet |cette )(?:{_alternation(_DATA['stands_for_organisation'])})(?= |,))"
)
UNNAMED = re.compile(rf"(?<!\w)(?:{_alternation(_DATA['unnamed'])}) (?:âgée? )?d'?e? ?$")
PREPOSITION = re.compile(rf"(?<![\w-])(?:(?:{_alternation(_DATA['prepositions'])})(?: l[ae]s?)?(?: l')? *|d' *)$")
# Commas, "et" and "ou" behind which something else than the subject acts or is described.
NEW_SUBJECT = re.compile(
    rf", (?:\w+ )?\w+(?:é|i|u)e?s? (?:par |à )|, \w+(?:é|i|u)e?s? |(?:,| et| ou) (?:(?:{_alternation(_DATA['subject_openers'])})\b|l')"
)
VERB = re.compile(r" ?(?:n'|ne |s'|se |l'|y |en |lui |leur )*(?P<verb>[a-zà-ÿ-]+)(?=[ '])")
APPOSITION = re.compile(rf", [^,]{_SHORT}, ")
SIZED = re.compile(rf", [^,;:()]{_SHORT} (?:avec|de|d') ?")  # "Ville, port de 3 000 habitants"
BRACKET = re.compile(r" ?\(")
AGED = re.compile(r", (?:âgée? de )?")
CLOSED = re.compile(r" ?(?:[,.;:)»\n]|$)")
