"""The words of `subject_words.toml` as regular expressions, built once. All of them read lower case with accents."""

from __future__ import annotations

import re
from pathlib import Path

from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml

_DATA = read_toml(Path(__file__).with_suffix(".toml"))
# Characters. Words in commas are an adverbial before a subject and an apposition after it, not a clause.
_SHORT = "{2,60}"
_REPORTING = {stem + ending for stem in _DATA["reporting_stems"] for ending in _DATA["reporting_endings"]}
_FRONTED = rf"(?:[^,]{_SHORT}, )?"

NOT_VERBS = frozenset(_DATA["not_verbs"])
AGE_UNITS = frozenset(_DATA["apposed_units"])
SIZE_NOUNS = frozenset(_DATA["apposed_nouns"])

CLAUSE_OPENER = re.compile(
    rf"(?<![\w'-])(?:{alternation(_DATA['clause_openers'])})(?:(?<=')|(?![\w'-]))|[;:«»“”\"–—•()]|\.\.\.|…"
)
RELATIVE = re.compile(rf"(?<![\w'-])(?:{alternation(_DATA['relatives'])}) ")
REPORTS = re.compile(
    rf"(?<![\w-])(?:{alternation({*_REPORTING, *_DATA['reporting_forms']} - {*_DATA['not_reporting']})})(?![\w-])"
)
# What may stand between the beginning of a clause and its subject: "En 2024, le groupe …".
LEAD = re.compile(
    rf"{_FRONTED}(?:(?:le |la |l'|les |un |une |son |sa |ce |cette )?(?:{alternation(_DATA['heads'])})(?: [a-zà-ÿ-]+)?,? )?(?:le |la |l'|les )?"
)
NAMED_BY = re.compile(
    rf"{_FRONTED}(?:la |le |l'|les )(?:{alternation(_DATA['named_by'])}) (?:de (?:la |l')?|du |des |d')"
)
STANDS_FOR = re.compile(
    rf"{_FRONTED}(?:(?P<pronoun>{alternation(_DATA['pronouns'])}) (?!{alternation(_DATA['impersonal'])})"
    rf"|(?:le |la |l'|ce |cet |cette )(?:{alternation(_DATA['stands_for_organisation'])})(?= |,))"
)
UNNAMED = re.compile(rf"(?<!\w)(?:{alternation(_DATA['unnamed'])}) (?:âgée? )?d'?e? ?$")
PREPOSITION = re.compile(rf"(?<![\w-])(?:(?:{alternation(_DATA['prepositions'])})(?: l[ae]s?)?(?: l')? *|d' *)$")
# Commas, "et" and "ou" after which another subject acts or is described.
NEW_SUBJECT = re.compile(
    rf", (?:\w+ )?\w+(?:é|i|u)e?s? (?:par |à )|, \w+(?:é|i|u)e?s? |(?:,| et| ou) (?:(?:{alternation(_DATA['subject_openers'])})\b|l')"
)
VERB = re.compile(r" ?(?:n'|ne |s'|se |l'|y |en |lui |leur )*(?P<verb>[a-zà-ÿ-]+)(?=[ '])")
APPOSITION = re.compile(rf", [^,]{_SHORT}, ")
SIZED = re.compile(rf", [^,;:()]{_SHORT} (?:avec|de|d') ?")  # "Ville, port de 3 000 habitants"
BRACKET = re.compile(r" ?\(")
AGED = re.compile(r", (?:âgée? de )?")
CLOSED = re.compile(r" ?(?:[,.;:)»\n]|$)")
