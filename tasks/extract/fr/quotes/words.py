"""The words of `words.toml` as regular expressions over lower-case text with its accents, built once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml

_DATA: dict[str, list[str]] = read_toml(Path(__file__).with_suffix(".toml"))


def _leading(words: Iterable[str]) -> str:
    """One of the words with the space after it; an elided one ("s'") has none."""
    return alternation(word if word.endswith("'") else f"{word} " for word in words)


def _forms(endings: Iterable[str]) -> set[str]:
    """The regular verbs with each of these endings."""
    return {stem + ending for stem in _DATA["er_stems"] for ending in endings}


_FINITE = (_forms(_DATA["endings"]) | set(_DATA["forms"])) - set(_DATA["not_verbs"])
_PARTICIPLES = _forms(_DATA["participles"]) | set(_DATA["other_participles"])
_AUXILIARY = (
    rf"(?:(?:{_leading(_DATA['auxiliary_clitics'])})*(?:{alternation(_DATA['auxiliaries'])})"
    r"(?:-t-(?:il|elle|on)|-(?:ils?|elles?|on))? )"
)

# A reporting verb with its auxiliary, and the pronoun after it if there is one.
VERB = re.compile(
    rf"(?<![\w'-])(?P<verb>{_AUXILIARY}(?:{_leading(_DATA['adverbs'])})?(?:{alternation(_PARTICIPLES)})"
    rf"|(?:{_leading(_DATA['clitics'])})?(?:{alternation(_FINITE)}))(?:-t)?(?P<pronoun>-(?:{alternation(_DATA['pronouns'])}))?(?![\w-])"
)
SOURCE = re.compile(rf"(?<![\w'-])(?:{alternation(_DATA['sources'])})(?= |(?<='))")
VOICE = re.compile(alternation(_DATA["voices"]))
PREPOSITION = re.compile(rf"\b(?:{alternation(_DATA['prepositions'])})\s*$")
COMPLEMENT = re.compile(rf"(?<!\w)(?:d'|(?:{alternation(_DATA['complement_prepositions'])})\s)\s*$")

WORD = re.compile(r"[^\W\d_]+")
COMMA = re.compile(r",\s")
CLAUSE_END = re.compile(r"[,;:.!?»«”“\n()]")
SENTENCE_END = re.compile(r"[.!?](?:\s|$)|[«“\"\n]")
AFTER_MARK = re.compile(r"[»”\"]?\s*[,.;]?\s*[-–—]?\s*")
THAT = re.compile(r"\bqu(?:e\b|')")
INTRODUCES = re.compile(r":|\bqu(?:e\b|')|\bcomme\b|^\s*[«“\"]\s*$")
DETERMINER = re.compile(r"\s*(?:l'|le |la |les |un |une |son |sa |notre )?\s*$")
LAST_ARTICLE = re.compile(r"(?:l'|la |le |les )$")
APPOSED_ROLE = re.compile(r"\s*(?:le|la|l'|son|sa|un|une)[^,;:.!?«»]{3,80},\s*")
INVERTED_PRONOUN = re.compile(r"-(?:t-)?(?:ils?|elles?|on)\b")
SUBJECT_PRONOUN = re.compile(r"(?<![\w-])(?:il|elle|ils|elles|on|je|nous)\s+(?:s'|se |l'|lui |y |en |n'|ne )*$")


def has_pronoun(verb: re.Match[str]) -> bool:
    """Whether the subject of a verb is a pronoun after it: "a-t-elle dit", "dit-il"."""
    return bool(verb["pronoun"] or INVERTED_PRONOUN.search(verb["verb"]))
