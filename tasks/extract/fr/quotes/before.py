"""The attribution before a quote: "X a déclaré : « …", "selon X, « …", "X est catégorique : « …"."""

from __future__ import annotations

import re

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.attribution import MARKS, Attribution, Span, of_source, with_verb
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.phrases import Phrase, can_speak, phrase_at
from tasks.extract.fr.quotes.subjects import (
    last_pronoun,
    opening_phrase,
    pronoun_phrase,
    subject_after,
    subject_before,
)
from tasks.extract.fr.quotes.verbs import INFINITIVE, Verb, find_verbs, verb_at

_LEAST_SENTENCE = 4  # words of a sentence; less may be a title with a full stop
_BLANK_LINES = 3  # between a colon and its quote at most
_COORDINATED = re.compile(r"(?:,|(?<!\w)et|(?<!\w)puis|(?<!\w)mais)(?: (?:a|ont))? $")
_OBJECT = re.compile(r" (?:les? |la |l')?$")
_COLON = re.compile(r"\s*:\s*$")


def before(passage: Passage, floor: int, span: Span) -> Attribution:
    """ "X a déclaré : « …", "selon X, « …": in the sentence before the opening mark."""
    text, lowered, start = passage.text, passage.lowered, span[0]
    inner = text[slice(*span)].strip()
    is_sentence = inner[-1:] in ".!?…" and len(inner.split()) >= _LEAST_SENTENCE
    for verb in reversed(list(find_verbs(lowered, floor, start))):
        between = lowered[verb.end : start]
        is_participle = verb.is_participle(lowered)
        is_title = (inner[:1].isupper() and not is_sentence) or is_participle
        if len(words.CLAUSE_END.findall(between[:-1])) > 3 or (
            is_title and not words.INTRODUCES.search(between) and not (is_participle and words.OF.fullmatch(between))
        ):
            continue  # "a lancé l'opération « Aurore »" introduces no quote
        if verb.is_beside and between.strip(MARKS + ":"):
            continue
        if verb.pronoun:
            phrase = pronoun_phrase(verb.pronoun, verb.start)
        elif is_participle and (own := _own_subject(passage, floor, verb)) is not None:
            phrase = own
        elif is_participle:
            cleft = words.CLEFT.search(lowered, floor, verb.start)
            main = verb_at(lowered, cleft.end(), verb.start) if cleft else None
            phrase = subject_after(passage, main.end, verb.start) if main else None
            return with_verb(passage, verb, phrase)._replace(follows=phrase is None)
        else:
            phrase = subject_before(passage, floor, verb) or _inverted(passage, verb, start)
        if phrase is not None and not can_speak(phrase):
            phrase = None
        follows = phrase is None and _COORDINATED.search(lowered, floor, verb.start) is not None
        return with_verb(passage, verb, phrase)._replace(follows=follows)
    infinitive = INFINITIVE.search(lowered, floor, start)
    if infinitive:
        verb = Verb(infinitive.start(), infinitive.end(), infinitive.end(), None)
        phrase = subject_before(passage, floor, verb)
        if phrase is not None and _COLON.search(lowered, floor, start - 1):
            return with_verb(passage, verb, phrase)
    return _source_before(passage, floor, start)


def _source_before(passage: Passage, floor: int, start: int) -> Attribution:
    lowered = passage.lowered
    for pattern in (words.SOURCE_PRONOUN, words.SOURCE):
        for source in pattern.finditer(lowered, floor, start):
            opens = (
                not lowered[floor : source.start()].strip(" –—")
                or (not source[0].startswith("pour") and lowered[source.start() - 2] in ",»")
                or lowered[max(floor, source.start() - 5) : source.start()] in ("mais ", "car, ", " et, ")
            )
            if opens or (pattern is words.SOURCE_PRONOUN and not source[0].startswith("pour")):
                said = of_source(passage, source.start(), start)
                if said:
                    return said
    return Attribution()


def _own_subject(passage: Passage, floor: int, verb: Verb) -> Phrase | None:
    """ "…, Télérama le qualifiant de « …": the name directly before a participle, which begins its clause."""
    stop = floor + len(_OBJECT.sub("", passage.lowered[floor : verb.start]))
    name = next((each for each in passage.named_between(floor, stop) if each.end_char == stop), None)
    if (
        name is None
        or name.label not in ("PER", "ORG")
        or passage.lowered[floor : name.start_char].rstrip()[-1:] != ","
    ):
        return None
    return phrase_at(passage, name.start_char, stop)


def _inverted(passage: Passage, verb: Verb, start: int) -> Phrase | None:
    """ "Ainsi parlait X : « …": the subject after its verb, but not the subject of what is said ("annonce que X …")."""
    that = words.THAT.search(passage.lowered, verb.end, start)
    phrase = subject_after(passage, verb.end, that.start() if that else start)
    return phrase if phrase is not None and phrase.kind == "name" else None


def colon(passage: Passage, floor: int, start: int) -> Attribution:
    """ "X est catégorique : « …": the subject of a sentence that ends in a colon before the mark."""
    lead = passage.lowered[floor:start].rstrip(MARKS + "\n")
    if not lead.endswith(":"):
        return Attribution()
    stop = floor + len(lead) - 1
    phrase = opening_phrase(passage, floor, stop) or last_pronoun(passage, floor, stop)
    if phrase is None or not can_speak(phrase):
        return Attribution()
    if phrase.kind == "name" and passage.people_between(phrase.stop, floor + len(lead)):
        return Attribution()
    return Attribution(None, phrase, is_colon=True)


def sentence_start(passage: Passage, place: int) -> int:
    """Where the sentence that holds the opening mark begins; one that ends in a colon before it belongs to it."""
    if not passage.sentences:
        return 0
    index = passage.sentence_at(place)
    sentence = passage.sentences[index]
    if sentence.start_char >= place:
        if index == 0:
            return 0
        index -= 1
        sentence = passage.sentences[index]
    between = passage.text[max(sentence.start_char, min(place, sentence.end_char)) : place]
    if index and not passage.text[sentence.start_char : place].strip(MARKS):
        previous = passage.sentences[index - 1]
        if previous.surface.rstrip().endswith(":") and between.count("\n") <= _BLANK_LINES:
            return previous.start_char
    return sentence.start_char
