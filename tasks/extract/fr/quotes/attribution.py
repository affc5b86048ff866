"""What attributes a quote to a speaker: a verb of speech with its subject, or the name after "selon"."""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.phrases import Phrase, can_speak, phrase_after_de
from tasks.extract.fr.quotes.subjects import (
    place_of_on,
    pronoun_phrase,
    subject_after,
)
from tasks.extract.fr.quotes.verbs import Verb

Span = tuple[int, int]
MARKS = ' \u00a0\u202f«“"„‘'
_SOURCE_PRONOUNS = ("lui", "elle", "elles", "eux", "ses", "son", "leurs", "les", "l")


class Attribution(NamedTuple):
    """What attributes a quote: the verb as printed, the words for the speaker, and whether only a colon does.

    `follows` says that the verb has no subject of its own: it has that of the clause before it ("…, ajoutant que").
    `is_direct` says that a verb of speech stands directly after the quote or inside it.
    """

    verb: str | None = None
    phrase: Phrase | None = None
    is_colon: bool = False
    follows: bool = False
    is_direct: bool = False

    def __bool__(self) -> bool:
        """Whether anything attributes the quote."""
        return self.verb is not None or self.phrase is not None


def with_verb(passage: Passage, verb: Verb, phrase: Phrase | None) -> Attribution:
    """The attribution by a verb and the words for its subject."""
    return Attribution(passage.text[verb.start : verb.verb_end], phrase)


def of_verb(passage: Passage, verb: Verb, limit: int, *, any_noun: bool = False) -> Attribution:
    """The attribution by a verb whose subject follows it; `any_noun` may be one ("« … », indique le texte")."""
    if verb.pronoun == "on":
        return with_verb(passage, verb, place_of_on(passage, verb.end, limit))
    if verb.pronoun:
        return with_verb(passage, verb, pronoun_phrase(verb.pronoun, verb.start))
    phrase = subject_after(passage, verb.end, limit)
    return with_verb(passage, verb, phrase if phrase is not None and (any_noun or can_speak(phrase)) else None)


def of_source(passage: Passage, place: int, limit: int) -> Attribution:
    """The attribution by "selon X", "d'après elle" at a place."""
    pronoun = words.SOURCE_PRONOUN.match(passage.lowered, place, limit)
    if pronoun:
        last = re.split(r"[ ']", pronoun[0])
        word = next((each for each in reversed(last) if each in _SOURCE_PRONOUNS), "lui")
        word = "son" if word == "l" else word
        return Attribution(pronoun[0], pronoun_phrase(word, place))
    contracted = words.SOURCE_WITH_DU.match(passage.lowered, place, limit)
    source = contracted or words.SOURCE.match(passage.lowered, place, limit)
    if source is None:
        return Attribution()
    find = phrase_after_de if contracted else subject_after
    phrase = find(passage, source.end(), limit)
    if phrase is None or not can_speak(phrase) or (source[0] == "pour" and _is_place(phrase)):
        return Attribution()
    return Attribution(source[0].strip(), phrase)


def _is_place(phrase: Phrase) -> bool:
    """Whether a phrase names something but people and organisations: "pour Rennes" says what for."""
    return phrase.kind == "group" and phrase.mention is not None and phrase.mention.label in ("LOC", "MISC")


def line_end(passage: Passage, place: int) -> int:
    """Where the line of a place ends."""
    end = passage.text.find("\n", place)
    return end if end >= 0 else len(passage.text)
