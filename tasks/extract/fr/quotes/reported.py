"""Indirect speech: what is reported without marks by "X a dit que …", "selon X, …", "pour X, …" or "…, a indiqué X."."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.attribution import Attribution, Span, of_source
from tasks.extract.fr.quotes.opinion import is_opinion
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.phrases import Phrase, can_speak, phrase_at
from tasks.extract.fr.quotes.subjects import pronoun_phrase, subject_after, subject_before
from tasks.extract.fr.quotes.verbs import Verb, find_verbs
from tasks.extract.fr.roles import genders_of_offices
from tasks.text.folding import fold_text
from warehouse.facts import Sentence

Clause = tuple[int, int, Attribution]
_THAT = re.compile(r" (?:[^,.;:«»\n]{0,40} )?qu(?:e |')")
_WORD = re.compile(r"[\w-]+")
_NEGATED = re.compile(r"(?<!\w)n(?:e |')")
# "de l'université de Nantes, ", "du CNRS, ", "qui dirige le musée, "; "des habitants" is a subject
_AFFILIATION = re.compile(r"(?:(?:de l['’]|de la |du )|(?:de |d['’])(?=[A-ZÀ-Ý])|qui )[^,]{2,80}(?=, )")
_AGE = re.compile(r"\d+ ans, ")
_DATELINE = re.compile(r"[^().\n]{0,60}\([A-Z][\w ]{1,14}\)\s*[-–—]+\s*")
_CONDITION = re.compile(r"(?<![\w'-])(?:si (?:elle|on|je|nous|vous) |s'ils? |sans |pour )$")
_LEAST_WORDS = 4
_MOST_VERBS = 8  # of a sentence; one with more is a list
_STOPS = " .!?…"


def reported_clauses(passage: Passage, spoken: Sequence[Span] = ()) -> Iterator[Clause]:
    """`[start, end)` of each reported clause outside marks and the `spoken` lines, and what attributes it: one in a sentence."""
    line_starts = [start for start, _ in spoken]
    for sentence in passage.sentences:
        if sentence.language not in (None, "fr") or sentence.surface.endswith("?") or _touches_quote(passage, sentence):
            continue
        line = bisect_right(line_starts, sentence.end_char) - 1
        if line >= 0 and sentence.start_char < spoken[line][1]:
            continue
        clause = _after_source(passage, sentence) or _of_verb(passage, sentence) or _after_pour(passage, sentence)
        if clause is not None and len(words.WORD.findall(passage.text, clause[0], clause[1])) >= _LEAST_WORDS:
            yield clause


def _touches_quote(passage: Passage, sentence: Sentence) -> bool:
    surface = passage.text[sentence.start_char : sentence.end_char]
    return any(mark in surface for mark in '«»“”"„') or passage.is_quoted(sentence.start_char)


def _end(sentence: Sentence) -> int:
    return sentence.start_char + len(sentence.surface.rstrip(_STOPS))


def _after_source(passage: Passage, sentence: Sentence) -> Clause | None:
    """ "Selon X, la digue tient." and "La digue tient, selon X."."""
    lowered, end = passage.lowered, _end(sentence)
    said = of_source(passage, sentence.start_char, end)
    if said.phrase is not None and not _is_pour(said):
        clause = _clause_after(passage, said.phrase, end)
        return (clause[0], end, said) if clause else None
    comma = lowered.rfind(", ", sentence.start_char, end)
    said = of_source(passage, comma + 2, end) if comma >= 0 else Attribution()
    if said.phrase is None or _is_pour(said):
        return None
    return _text_start(passage, sentence.start_char, comma), comma, said


def _after_pour(passage: Passage, sentence: Sentence) -> Clause | None:
    """ "Pour X, la digue tiendra.", where the clause shows that X thinks so."""
    end = _end(sentence)
    said = of_source(passage, sentence.start_char, end)
    clause = _clause_after(passage, said.phrase, end) if said.phrase and _is_pour(said) else None
    if said.phrase is None or clause is None:
        return None
    start, has_apposition = clause
    has_office = has_apposition or said.phrase.kind == "office" or said.phrase.head in genders_of_offices()
    return (start, end, said) if is_opinion(passage, said.phrase, start, end, has_office=has_office) else None


def _is_pour(said: Attribution) -> bool:
    return said.verb is not None and said.verb.startswith("pour")


def _clause_after(passage: Passage, phrase: Phrase, end: int) -> tuple[int, bool] | None:
    """Where the clause after "Selon X, " begins, and whether X has an office in apposition; null without a comma."""
    comma = passage.lowered.find(", ", phrase.stop, end)
    if not 0 <= comma < phrase.stop + 90:
        return None
    closed = _apposition_end(passage, comma + 2, end) if phrase.kind == "name" else None
    return (comma + 2, False) if closed is None else (closed + 2, True)


def _text_start(passage: Passage, start: int, end: int) -> int:
    """Where a sentence begins after the dateline of an agency ("Rennes, 12 mars (AFP) - ")."""
    dateline = _DATELINE.match(passage.text, start, end)
    return dateline.end() if dateline else start


def _apposition_end(passage: Passage, start: int, end: int) -> int | None:
    """The comma after the office, age or place of work that is put to a name; null when none begins at `start`."""
    age = _AGE.match(passage.lowered, start, end)
    if age is not None:
        return age.end() - 2
    affiliation = _AFFILIATION.match(passage.text, start, end)
    if affiliation is not None:
        return affiliation.end()
    phrase = phrase_at(passage, start, end)
    word = _WORD.match(passage.lowered, start, end)
    is_office = phrase.kind == "office" if phrase else word is not None and fold_text(word[0]) in genders_of_offices()
    comma = passage.lowered.find(", ", start, end)
    return comma if is_office and comma >= 0 else None


def _of_verb(passage: Passage, sentence: Sentence) -> Clause | None:
    """ "X a dit que la digue tient." and "La digue tient, a dit X."."""
    lowered, start, end = passage.lowered, sentence.start_char, _end(sentence)
    for verb in islice(find_verbs(lowered, start, end), _MOST_VERBS):
        said = passage.text[verb.start : verb.verb_end]
        if _NEGATED.search(lowered, max(start, verb.start - 3), verb.verb_end) or verb.is_participle(lowered):
            continue
        if _CONDITION.search(lowered, max(start, verb.start - 12), verb.start):
            continue
        that = _THAT.match(lowered, verb.end, end)
        if that is not None and not verb.is_beside:
            phrase = _subject(passage, verb, start)
            if phrase is not None and can_speak(phrase):
                return that.end(), end, Attribution(said, phrase)
        elif lowered[verb.start - 2 : verb.start] == ", " and verb.start > start + 20:
            if subject_before(passage, start, verb) is not None:
                continue  # "X, maire de Y, a remercié Z": the subject stands before the verb
            phrase = pronoun_phrase(verb.pronoun, verb.start) if verb.pronoun else subject_after(passage, verb.end, end)
            if phrase is not None and can_speak(phrase):
                return _text_start(passage, start, verb.start), verb.start - 2, Attribution(said, phrase)
    return None


def _subject(passage: Passage, verb: Verb, floor: int) -> Phrase | None:
    return pronoun_phrase(verb.pronoun, verb.start) if verb.pronoun else subject_before(passage, floor, verb)
