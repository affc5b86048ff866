"""Indirect speech: what is reported without marks by "X a dit que …", "selon X, …" or "…, a indiqué X."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.attribution import Attribution
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.phrases import Phrase, can_speak, pronoun_phrase, subject_after, subject_before
from tasks.extract.fr.quotes.verbs import Verb, find_verbs
from warehouse.facts import Sentence

Clause = tuple[int, int, Attribution]
_THAT = re.compile(r" (?:[^,.;:«»\n]{0,40} )?qu(?:e |')")
_NEGATED = re.compile(r"(?<!\w)n(?:e |')")
_SOURCE = re.compile(r"(?<![\w'-])(?:selon|d'après) ")
_LEAST_WORDS = 4
_STOPS = " .!?…"


def reported_clauses(passage: Passage) -> Iterator[Clause]:
    """`[start, end)` of each reported clause outside marks, and what attributes it: one in a sentence."""
    for sentence in passage.sentences:
        if sentence.surface.endswith("?") or _touches_quote(passage, sentence):
            continue
        clause = _after_source(passage, sentence) or _of_verb(passage, sentence)
        if clause is not None and len(words.WORD.findall(passage.text, clause[0], clause[1])) >= _LEAST_WORDS:
            yield clause


def _touches_quote(passage: Passage, sentence: Sentence) -> bool:
    return any(mark in sentence.surface for mark in '«»“”"„') or passage.is_quoted(sentence.start_char)


def _end(sentence: Sentence) -> int:
    return sentence.start_char + len(sentence.surface.rstrip(_STOPS))


def _speaks(phrase: Phrase | None) -> bool:
    return phrase is not None and can_speak(phrase)


def _after_source(passage: Passage, sentence: Sentence) -> Clause | None:
    """ "Selon X, la digue tient." and "La digue tient, selon X."."""
    lowered, end = passage.lowered, _end(sentence)
    source = _SOURCE.match(lowered, sentence.start_char, end)
    if source is not None:
        phrase = subject_after(passage, source.end(), end)
        comma = lowered.find(", ", phrase.stop, end) if phrase else -1
        if phrase is not None and can_speak(phrase) and 0 <= comma < phrase.stop + 90:
            return comma + 2, end, Attribution(source[0].strip(), phrase)
        return None
    comma = lowered.rfind(", ", sentence.start_char, end)
    source = _SOURCE.match(lowered, comma + 2, end) if comma >= 0 else None
    phrase = subject_after(passage, source.end(), end) if source else None
    if source is None or phrase is None or not can_speak(phrase):
        return None
    return sentence.start_char, comma, Attribution(source[0].strip(), phrase)


def _of_verb(passage: Passage, sentence: Sentence) -> Clause | None:
    """ "X a dit que la digue tient." and "La digue tient, a dit X."."""
    lowered, start, end = passage.lowered, sentence.start_char, _end(sentence)
    for verb in find_verbs(lowered, start, end):
        said = passage.text[verb.start : verb.verb_end]
        if _NEGATED.search(lowered, max(start, verb.start - 3), verb.verb_end) or verb.is_participle(lowered):
            continue
        that = _THAT.match(lowered, verb.end, end)
        if that is not None and not verb.is_beside:
            phrase = _subject(passage, verb, start)
            if _speaks(phrase):
                return that.end(), end, Attribution(said, phrase)
        elif lowered[verb.start - 2 : verb.start] == ", " and verb.start > start + 20:
            phrase = pronoun_phrase(verb.pronoun, verb.start) if verb.pronoun else subject_after(passage, verb.end, end)
            if _speaks(phrase) and phrase.end > verb.start:
                return start, verb.start - 2, Attribution(said, phrase)
    return None


def _subject(passage: Passage, verb: Verb, floor: int) -> Phrase | None:
    return pronoun_phrase(verb.pronoun, verb.start) if verb.pronoun else subject_before(passage, floor, verb)
