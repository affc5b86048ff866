"""The words of `words.toml` as regular expressions over lower-case text with its accents, built once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

_DATA: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _alternation(words: Iterable[str]) -> str:
    """One of the words, longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def _leading(words: Iterable[str]) -> str:
    """One of the words with the space after it; an elided one ("s'") has none."""
    return _alternation(word if word.endswith("'") else f"{word} " for word in words)


def _forms(endings: Iterable[str]) -> set[str]:
    """The regular verbs with each of these endings."""
    return {stem + ending for stem in _DATA["er_stems"] for ending in endings}


_FINITE = (_forms(_DATA["endings"]) | set(_DATA["forms"])) - set(_DATA["not_verbs"])
_PARTICIPLES = _forms(_DATA["participles"]) | set(_DATA["other_participles"])
_AUXILIARY = (
    rf"(?:(?:{_leading(_DATA['auxiliary_clitics'])})*(?:{_alternation(_DATA['auxiliaries'])})"
    r"(?:-t-(?:il|elle|on)|-(?:ils?|elles?|on))? )"
)

# A verb of saying; its subject is a pronoun when the group `pronoun`, or `has_pronoun` of its surface, says so.
VERB = re.compile(
    rf"(?<![\w'-])(?P<verb>{_AUXILIARY}(?:{_leading(_DATA['adverbs'])})?(?:{_alternation(_PARTICIPLES)})"
    rf"|(?:{_leading(_DATA['clitics'])})?(?:{_alternation(_FINITE)}))(?:-t)?(?P<pronoun>-(?:{_alternation(_DATA['pronouns'])}))?(?![\w-])"
)
SOURCE = re.compile(rf"(?<![\w'-])(?:{_alternation(_DATA['sources'])})(?= |(?<='))")
VOICE = re.compile(_alternation(_DATA["voices"]))
PREPOSITION = re.compile(rf"\b(?:{_alternation(_DATA['prepositions'])})\s*$")
COMPLEMENT = re.compile(rf"(?<!\w)(?:d'|(?:{_alternation(_DATA['complement_prepositions'])})\s)\s*$")

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
