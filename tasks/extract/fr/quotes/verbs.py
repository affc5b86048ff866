"""The verbs that attribute a quote (`verbs.toml`), found in lower-case text word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tasks.extract.fr.quotes.words import (
    AUXILIARY_BEFORE,
    CLITICS,
    CLITICS_BEFORE,
    DATA,
    NOUN_BEFORE,
    PRONOUN_AFTER,
    leading,
)
from tasks.extract.patterns import alternation
from tasks.text.data_files import read_toml

_VERBS: dict[str, list[str]] = read_toml(Path(__file__).with_suffix(".toml"))
_REACH = 45  # characters before a participle in which its auxiliary stands


def _forms(stems: str, endings: str) -> set[str]:
    """The regular verbs with each of these endings ("annonçait", "jugeait": the sound of the stem is kept)."""
    return {_soft(stem, ending) + ending for stem in _VERBS[stems] for ending in _VERBS[endings]}


def _soft(stem: str, ending: str) -> str:
    if not ending.startswith("a") or stem[-1] not in "cg":
        return stem
    return f"{stem[:-1]}ç" if stem[-1] == "c" else f"{stem}e"


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Each phrase under its first word, the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase.split()[0].split("-")[0], []).append(phrase)
    return found


_BESIDE = (_forms("er_stems_beside", "endings") | set(_VERBS["forms_beside"])) - set(_VERBS["not_verbs"])
_ANYWHERE = (_forms("er_stems", "endings") | set(_VERBS["forms"])) - set(_VERBS["not_verbs"])
_FINITE = _by_first_word(_ANYWHERE | _BESIDE)
_PARTICIPLES_BESIDE = _forms("er_stems_beside", "participles")
_PARTICIPLES = _by_first_word(
    _forms("er_stems", "participles") | _PARTICIPLES_BESIDE | set(_VERBS["other_participles"])
)
_INFINITIVES = {f"{stem}er" for stem in _VERBS["er_stems"]} | {
    "conclure",
    "dire",
    "reconnaître",
    "répondre",
    "poursuivre",
}
_WORD = re.compile(r"[^\W\d_]+")

# Directly beside a quote any verb attributes it; its form and its subject then show that it is one.
_OPEN_PRONOUN = re.compile(
    rf"(?P<verb>{CLITICS}(?:(?:a|ont|est|sont|avait|avaient|était)-(?:t-)?(?P<inner>ils?|elles?|on) "
    rf"(?:{leading(DATA['adverbs'])})?[^\W\d_]+|[^\W\d_]+))(?:(?:-t)?-(?P<pronoun>ils?|elles?|on))?(?![\w'-])"
)
_OPEN_VERB = re.compile(
    rf"(?P<verb>(?:{CLITICS}(?:a|ont|avait|est|s'est|se sont) (?:{leading(DATA['adverbs'])})?[^\W\d_]+(?:é|i|u|it|is)(?:es?|s)?"
    rf"|(?:s'|se |l'|lui )?[^\W\d_]{{2,}}(?:e|t|d|ent)))(?![\w'-])"
)
_QUESTIONS = frozenset(DATA["question_verbs"])
_PASSIVE = re.compile(rf"(?:{alternation(DATA['passive_auxiliaries'])})(?![\w'])")  # "est jugé": by somebody else
_NOT_OPEN = frozenset(DATA["not_open_verbs"])


def is_verb(word: str) -> bool:
    """Whether a lower-case word is a form of a verb of speech."""
    return word in _FINITE


class Verb(NamedTuple):
    """A verb of speech with its clitics and its auxiliary, and the pronoun after it or inside it ("dit-il").

    `is_beside` says that it attributes only what stands directly beside it.
    """

    start: int
    end: int  # after the pronoun
    verb_end: int
    pronoun: str | None
    is_beside: bool = False

    def is_participle(self, lowered: str) -> bool:
        """Whether it has the subject of the clause before it ("…, ajoutant que")."""
        return lowered.endswith("ant", self.start, self.verb_end)


def find_verbs(lowered: str, start: int, end: int) -> Iterator[Verb]:
    """The verbs of speech in a stretch of lower-case text, in order."""
    for match in _WORD.finditer(lowered, start, end):
        word, found = match[0], None
        if word in _PARTICIPLES:
            found = _perfect(lowered, match.start(), start, end)
        if found is None and word in _FINITE:
            found = _finite(lowered, match.start(), start, end)
        if found is not None:
            yield found


def _phrase(lowered: str, place: int, end: int, phrases: dict[str, list[str]]) -> str | None:
    """The longest verb that begins at a place."""
    word = _WORD.match(lowered, place)
    for phrase in phrases.get(word[0], ()) if word else ():
        stop = place + len(phrase)
        if stop <= end and lowered.startswith(phrase, place) and not lowered[stop : stop + 1].isalnum():
            return phrase
    return None


def _finite(lowered: str, place: int, floor: int, end: int) -> Verb | None:
    phrase = _phrase(lowered, place, end, _FINITE)
    if phrase is None or lowered[place - 1 : place] == "-":
        return None
    before = CLITICS_BEFORE.search(lowered, max(floor, place - 20), place)
    first = before.start() if before else place
    is_noun = NOUN_BEFORE.search(lowered, max(0, place - 12), place) and not (before and phrase.endswith("ant"))
    if is_noun or (before is None and lowered[place - 1 : place] == "'"):
        return None  # "d'annonce", "la note": a noun, but not "la jugeant"
    return _with_pronoun(lowered, first, place + len(phrase), phrase in _BESIDE and phrase not in _ANYWHERE)


def _perfect(lowered: str, place: int, floor: int, end: int) -> Verb | None:
    phrase = _phrase(lowered, place, end, _PARTICIPLES)
    auxiliary = AUXILIARY_BEFORE.search(lowered, max(floor, place - _REACH), place)
    if phrase is None or auxiliary is None or _PASSIVE.match(auxiliary[0]):
        return None
    stop = place + len(phrase)
    pronoun = auxiliary["pronoun"]
    return Verb(auxiliary.start(), stop, stop, pronoun[1:] if pronoun else None, phrase in _PARTICIPLES_BESIDE)


def _with_pronoun(lowered: str, start: int, stop: int, is_beside: bool) -> Verb | None:
    pronoun = PRONOUN_AFTER.match(lowered, stop)
    if pronoun is None and lowered[stop : stop + 1] == "-":
        return None
    return Verb(start, pronoun.end() if pronoun else stop, stop, pronoun[1] if pronoun else None, is_beside)


def verb_at(lowered: str, place: int, limit: int) -> Verb | None:
    """The verb of speech that begins at a place."""
    for verb in find_verbs(lowered, place, min(limit, place + _REACH + 20)):
        return verb if verb.start == place else None
    return None


def open_verb_at(lowered: str, place: int, limit: int) -> Verb | None:
    """A verb of any meaning that begins at a place: one with a pronoun after it, else a word with the form of a verb."""
    match = _OPEN_PRONOUN.match(lowered, place, limit)
    pronoun = (match["pronoun"] or match["inner"]) if match else None
    if match and pronoun and match["verb"] not in _QUESTIONS:
        return Verb(place, match.end(), match.end("verb"), pronoun, True)
    match = _OPEN_VERB.match(lowered, place, limit)
    if match is None or match["verb"] in _NOT_OPEN:
        return None
    return Verb(place, match.end(), match.end(), None, True)


INFINITIVE = re.compile(rf"(?<![\w'-])d(?:e |')(?P<verb>{alternation(_INFINITIVES)})(?![\w'-])")
