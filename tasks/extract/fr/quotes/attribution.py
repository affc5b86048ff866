"""The speaker of a quote: the person or organisation named beside a reporting verb, before, after or inside the quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.extract.fr.quotes import words
from warehouse.facts import Mention, Sentence

Span = tuple[int, int]
_REACH = 200  # characters after a quote in which its speaker stands


class Passage(NamedTuple):
    """A text as attribution reads it.

    It is kept as printed, in lower case, cut into sentences, with its persons and organisations in the order of the text.
    """

    text: str
    lowered: str
    sentences: Sequence[Sentence]
    named: Sequence[Mention]


class Attribution(NamedTuple):
    """A reporting verb as printed, and the person or organisation that is its subject."""

    speaker: Mention | None
    verb: str | None


NOBODY = Attribution(None, None)


def attribute(passage: Passage, span: Span, limits: Span) -> Attribution:
    """The attribution of the quote `span`; `limits` are where the quotes before and after it end and begin."""
    start, end = span
    for said in (
        _after(passage, end, limits[1]),
        _inside(passage, span),
        _before(passage, _sentence_start(passage, start), start),
    ):
        if said.verb is not None:
            return said
    return _later(passage, span, limits[1])


def _sentence_start(passage: Passage, place: int) -> int:
    """Where the sentence that holds the opening mark begins; one that ends in a colon before it belongs to it."""
    start = 0
    for previous, sentence in pairwise([Sentence(0, 0, ""), *passage.sentences]):
        if sentence.start_char >= place:
            break
        start = sentence.start_char
        if not passage.text[start:place].strip(' \u00a0«“"') and previous.surface.endswith(":"):
            start = previous.start_char
    return start


def _printed(passage: Passage, verb: re.Match[str]) -> str:
    return passage.text[verb.start("verb") : verb.end("verb")]


def _after(passage: Passage, end: int, roof: int) -> Attribution:
    """ "« … », a déclaré X" and "« … », selon X": directly after the closing mark."""
    lowered = passage.lowered
    line_end = passage.text.find("\n", end)
    limit = min(roof, line_end if line_end >= 0 else len(passage.text), end + _REACH)
    lead = words.AFTER_MARK.match(lowered, end, limit)
    place = lead.end() if lead else end
    source = words.SOURCE.match(lowered, place, limit)
    if source and (speaker := _subject_after(passage, source.end(), limit)):
        return Attribution(speaker, source[0])
    verb = words.VERB.match(lowered, place, limit)
    if verb:
        speaker = None if words.has_pronoun(verb) else _subject_after(passage, verb.end(), limit)
        return Attribution(speaker, _printed(passage, verb))
    return _subject_then_verb(passage, place, limit)


def _subject_then_verb(passage: Passage, place: int, limit: int) -> Attribution:
    """ "« … », X le dit": the subject before its verb."""
    for mention in passage.named:
        if (
            place <= mention.start_char <= place + 20
            and mention.end_char < limit
            and words.DETERMINER.fullmatch(passage.lowered, place, mention.start_char)
        ):
            verb = words.VERB.match(passage.lowered, mention.end_char + 1, limit)
            if verb:
                return Attribution(mention, _printed(passage, verb))
    return NOBODY


def _later(passage: Passage, span: Span, roof: int) -> Attribution:
    """ "… « forte et belle » pour tous, indique X.": a clause of its own after the rest of the sentence."""
    lowered, place, limit = passage.lowered, span[1] + 1, min(roof, span[1] + _REACH)
    if len(words.WORD.findall(passage.text, *span)) < 4:  # a word or two in marks need not be the speaker's
        return NOBODY
    stop = words.SENTENCE_END.search(lowered, place, limit)
    for comma in words.COMMA.finditer(lowered, place, stop.start() if stop else limit):
        verb = words.VERB.match(lowered, comma.end(), limit)
        if verb is not None and (said := _of_clause(passage, verb, limit)):
            return said
    return NOBODY


def _inside(passage: Passage, span: Span) -> Attribution:
    """ "« …, assure X, … »": a clause of its own between commas inside the marks."""
    lowered = passage.lowered
    for comma in words.COMMA.finditer(lowered, *span):
        verb = words.VERB.match(lowered, comma.end(), span[1])
        if verb is None or (verb.end() < span[1] and lowered.startswith(" que", verb.end())):
            continue
        if said := _of_clause(passage, verb, span[1]):
            return said
    return NOBODY


def _of_clause(passage: Passage, verb: re.Match[str], limit: int) -> Attribution | None:
    """The attribution by a verb that begins its clause; null when neither a pronoun nor a name is its subject."""
    if words.has_pronoun(verb):
        return Attribution(None, _printed(passage, verb))
    speaker = _subject_after(passage, verb.end(), limit)
    return Attribution(speaker, _printed(passage, verb)) if speaker else None


def _before(passage: Passage, floor: int, start: int) -> Attribution:
    """ "X a déclaré : « …", "selon X, « …": in the sentence before the opening mark."""
    text, lowered = passage.text, passage.lowered
    for verb in reversed(list(words.VERB.finditer(lowered, floor, start))):
        between = lowered[verb.end() : start]
        is_title = text[start : start + 2].strip()[:1].isupper() or verb["verb"].endswith("ant")
        if len(words.CLAUSE_END.findall(between[:-1])) > 3 or (is_title and not words.INTRODUCES.search(between)):
            continue  # "a lancé l'opération « Aurore »" introduces no quote
        speaker = _subject_before(passage, floor, verb.start()) or _inverted(passage, verb, start)
        return Attribution(speaker, _printed(passage, verb))
    for source in words.SOURCE.finditer(lowered, floor, start):
        opens = not lowered[floor : source.start()].strip() or (
            source[0] != "pour" and lowered[source.start() - 2] == ","
        )
        speaker = _subject_after(passage, source.end(), start) if opens else None
        if speaker:
            return Attribution(speaker, source[0])
    return NOBODY


def _inverted(passage: Passage, verb: re.Match[str], start: int) -> Mention | None:
    """ "Ainsi parlait X : « …": the subject after its verb, but not the subject of what is said ("annonce que X …")."""
    that = words.THAT.search(passage.lowered, verb.end(), start)
    return None if verb["pronoun"] else _subject_after(passage, verb.end(), that.start() if that else start)


def _subject_after(passage: Passage, place: int, limit: int) -> Mention | None:
    """The person named in the clause after a verb; else the organisation that follows at once or has a spokesperson."""
    lowered = passage.lowered
    edge = words.CLAUSE_END.search(lowered, place, limit)
    clause = edge.start() if edge else limit
    for mention in passage.named:
        if not place <= mention.start_char < limit:
            continue
        lead = lowered[place : mention.start_char]
        if (
            mention.label == "PER"
            and (mention.start_char <= clause or words.APPOSED_ROLE.fullmatch(lead))
            and not words.COMPLEMENT.search(lead)
        ):
            return mention
        if (
            mention.label == "ORG"
            and mention.start_char <= clause
            and (words.DETERMINER.fullmatch(lead) or words.VOICE.search(lead))
        ):
            return mention
    return None


def _subject_before(passage: Passage, floor: int, place: int) -> Mention | None:
    """The person nearest before a verb and not after a preposition; else the organisation that opens the clause."""
    lowered = passage.lowered
    if words.SUBJECT_PRONOUN.search(lowered[floor:place]):
        return None
    before = [each for each in passage.named if floor <= each.start_char and each.end_char <= place]
    for mention in reversed(before):
        lead = lowered[max(floor, mention.start_char - 12) : mention.start_char]
        if mention.label == "PER" and not words.PREPOSITION.search(lead):
            return mention
        if mention.label == "ORG" and not lead.endswith("(") and _can_speak(passage, floor, mention, lead):
            return mention
    return None


def _can_speak(passage: Passage, floor: int, organisation: Mention, lead: str) -> bool:
    """Whether somebody speaks for an organisation ("le porte-parole de X"), or it is not after a preposition."""
    start = organisation.start_char
    has_voice = words.VOICE.search(passage.lowered, max(floor, start - 40), start)
    return bool(has_voice) or not words.PREPOSITION.search(words.LAST_ARTICLE.sub("", lead))
