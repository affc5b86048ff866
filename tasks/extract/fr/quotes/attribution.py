"""The speaker of a quote: the subject of a verb of speech after, before or inside it, or the name after "selon"."""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.phrases import Phrase, can_speak, phrase_at
from tasks.extract.fr.quotes.subjects import (
    last_pronoun,
    opening_phrase,
    place_of_on,
    pronoun_phrase,
    subject_after,
    subject_before,
)
from tasks.extract.fr.quotes.verbs import INFINITIVE, Verb, find_verbs, open_verb_at, verb_at

Span = tuple[int, int]
_LEAST_SENTENCE = 4  # words of a sentence; less may be a title with a full stop
_BLANK_LINES = 3  # between a colon and its quote at most
_REACH_BEFORE = 600  # characters before a quote in which its verb stands
_REACH = 260  # characters after a quote in which its speaker stands
_SIGNATURE = re.compile(r"[»”\"]?[ \u00a0.]{0,4}\n[ \u00a0\n]{0,4}[–—-][ \u00a0]{0,4}")
_PAUSE = re.compile(r"[,?!…] ")
_MARKS = ' \u00a0\u202f«“"„‘'
_SIGNED = re.compile(r"[A-ZÀ-Ý][^\n,;:.!?«»]{2,70}(?=,|$)", re.MULTILINE)
_CALLED = re.compile(
    r"(?<!\w)(?:qualifi|décri|jug|considér|présent|trait|tax|dénonc|salu|accus)(?:é|t)e?s? (?:comme |de |d')"
)
_COORDINATED = re.compile(r"(?:,|(?<!\w)et|(?<!\w)puis|(?<!\w)mais)(?: (?:a|ont))? $")
_COLON = re.compile(r"\s*:\s*$")


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


def attribute(passage: Passage, span: Span, limits: Span) -> Attribution:
    """The attribution of the quote `span`; `limits` are where the quotes before and after it end and begin."""
    start, end = span
    floor = max(_sentence_start(passage, start), limits[0], start - _REACH_BEFORE)
    best = Attribution()
    for said in (
        _after(passage, floor, span, limits[1]),
        inside(passage, span)._replace(is_direct=True),
        _before(passage, floor, span),
        _later(passage, floor, span, limits[1]),
        _colon(passage, floor, start),
        _signature(passage, end, limits[1]),
    ):
        if said.phrase is not None or (said.follows and not best):
            return said
        best = best or said
    return best


def _sentence_start(passage: Passage, place: int) -> int:
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
    if index and not passage.text[sentence.start_char : place].strip(_MARKS):
        previous = passage.sentences[index - 1]
        if previous.surface.rstrip().endswith(":") and between.count("\n") <= _BLANK_LINES:
            return previous.start_char
    return sentence.start_char


def _said(passage: Passage, verb: Verb, phrase: Phrase | None) -> Attribution:
    return Attribution(passage.text[verb.start : verb.verb_end], phrase)


def _of_verb(passage: Passage, verb: Verb, limit: int, *, any_noun: bool = False) -> Attribution:
    """The attribution by a verb whose subject follows it; `any_noun` may be one ("« … », indique le texte")."""
    if verb.pronoun == "on":
        return _said(passage, verb, place_of_on(passage, verb.end, limit))
    if verb.pronoun:
        return _said(passage, verb, pronoun_phrase(verb.pronoun, verb.start))
    phrase = subject_after(passage, verb.end, limit)
    return _said(passage, verb, phrase if phrase is not None and (any_noun or can_speak(phrase)) else None)


def _of_source(passage: Passage, place: int, limit: int) -> Attribution:
    """The attribution by "selon X", "d'après elle" at a place."""
    pronoun = words.SOURCE_PRONOUN.match(passage.lowered, place, limit)
    if pronoun:
        last = re.split(r"[ ']", pronoun[0])
        word = next((each for each in reversed(last) if each in _SOURCE_PRONOUNS), "lui")
        word = "son" if word == "l" else word
        return Attribution(pronoun[0], pronoun_phrase(word, place))
    source = words.SOURCE.match(passage.lowered, place, limit)
    if source is None:
        return Attribution()
    phrase = subject_after(passage, source.end(), limit)
    if phrase is None or not can_speak(phrase) or (source[0] == "pour" and _is_place(phrase)):
        return Attribution()
    return Attribution(source[0], phrase)


def _is_place(phrase: Phrase) -> bool:
    """Whether a phrase names something but people and organisations: "pour Rennes" says what for."""
    return phrase.kind == "group" and phrase.mention is not None and phrase.mention.label in ("LOC", "MISC")


_SOURCE_PRONOUNS = ("lui", "elle", "elles", "eux", "ses", "son", "leurs", "les", "l")


def _line_end(passage: Passage, place: int) -> int:
    line_end = passage.text.find("\n", place)
    return line_end if line_end >= 0 else len(passage.text)


def _after(passage: Passage, floor: int, span: Span, roof: int) -> Attribution:
    """ "« … », a déclaré X" and "« … », selon X": directly after the closing mark."""
    lowered, end = passage.lowered, span[1]
    limit = min(roof, _line_end(passage, end), end + _REACH)
    lead = words.AFTER_MARK.match(lowered, end, limit)
    place = lead.end() if lead else end
    if lowered.startswith("comme ", place):
        place += len("comme ")
    cleft = words.CLEFT.match(lowered, place, limit)
    verb = verb_at(lowered, cleft.end(), limit) if cleft else None
    if verb is not None:
        return _of_verb(passage, verb, limit)
    if passage.text[place : place + 1].isupper():
        printed = passage.text[end:place]
        starts_sentence = "." in printed or ("," not in printed and passage.text[:end].rstrip()[-1:] in ".!?…")
        return Attribution() if starts_sentence else _subject_then_verb(passage, place, limit)
    if lowered.startswith("par ", place) and _CALLED.search(lowered, max(0, span[0] - 60), span[0]):
        return Attribution(None, subject_after(passage, place + len("par "), limit))
    if lowered.startswith("(", place):
        phrase = phrase_at(passage, place + 1, limit)
        return Attribution(None, phrase if phrase is not None and phrase.kind == "name" else None)
    has_comma = "," in lowered[end:place] or not lowered.startswith("pour ", place)
    if has_comma and (said := _of_source(passage, place, limit)):
        return said
    verb = verb_at(lowered, place, limit)
    if verb is not None and verb.is_participle(lowered):
        return Attribution()
    if verb is not None and not verb.pronoun and lowered[floor : span[0]].strip(_MARKS):
        subject = subject_before(passage, floor, verb)  # "X, « fier de son club », a remercié Y"
        if subject is not None and can_speak(subject):
            return _said(passage, verb, subject)
    if verb is not None:
        said = _of_verb(passage, verb, limit, any_noun="," in lowered[end:place] and not verb.is_beside)
        return said._replace(is_direct=True)
    verb = open_verb_at(lowered, place, limit)
    if verb is not None:
        said = _of_verb(passage, verb, limit)
        if verb.pronoun or (said.phrase is not None and can_speak(said.phrase) and said.phrase.start <= verb.end + 60):
            return said
    return _subject_then_verb(passage, place, limit)


def _subject_then_verb(passage: Passage, place: int, limit: int) -> Attribution:
    """ "« … », X le dit" and "« … », X, maire de Y.": the name before its verb, or without one."""
    phrase = phrase_at(passage, place, limit)
    if phrase is None or phrase.kind != "name":
        return Attribution()
    verb = verb_at(passage.lowered, phrase.stop + 1, limit)
    if verb is not None and passage.lowered[phrase.stop] == " ":
        return _said(passage, verb, phrase)
    if passage.lowered[place - 2 : place].strip() == "," and _ENDS_LINE.match(passage.lowered, phrase.stop, limit + 1):
        return Attribution(None, phrase)
    return Attribution()


_ENDS_LINE = re.compile(r"(?:, [^.;:!?«»\n]{3,90})?\.?(?:\n|$)")


def _later(passage: Passage, floor: int, span: Span, roof: int) -> Attribution:
    """ "… « forte et belle » pour tous, indique X.": a clause of its own after the rest of the sentence."""
    lowered, place, limit = passage.lowered, span[1] + 1, min(roof, span[1] + _REACH)
    stop = words.SENTENCE_END.search(lowered, place, limit)
    edge = stop.start() if stop else limit
    if (stop is not None and stop[0] in '«“"') or (stop is None and limit == roof):
        edge = place  # another quote comes first: the clause would be its own
    for comma in words.COMMA.finditer(lowered, place, edge):
        if said := _of_source(passage, comma.end(), limit):
            return said
        verb = verb_at(lowered, comma.end(), limit) or _open_with_pronoun(lowered, comma.end(), limit)
        if verb is not None and not verb.is_participle(lowered):
            subject = None if verb.pronoun else subject_before(passage, floor, verb)
            said = _said(passage, verb, subject) if subject else _of_verb(passage, verb, limit)
            if said.phrase is not None and can_speak(said.phrase):
                return said
    return Attribution()


def _open_with_pronoun(lowered: str, place: int, limit: int) -> Verb | None:
    verb = open_verb_at(lowered, place, limit)
    return verb if verb is not None and verb.pronoun else None


def inside(passage: Passage, span: Span) -> Attribution:
    """ "« …, assure X, … »": a clause of its own between commas inside the marks."""
    lowered = passage.lowered
    for comma in _PAUSE.finditer(lowered, *span):
        verb = verb_at(lowered, comma.end(), span[1]) or _open_with_pronoun(lowered, comma.end(), span[1])
        beside = None if verb else open_verb_at(lowered, comma.end(), span[1])
        if verb is None and beside is None:
            continue
        if verb is not None and verb.end < span[1] and lowered.startswith((" que", " qu'"), verb.end):
            continue
        if verb is not None and verb.is_participle(lowered):
            continue
        said = _of_verb(passage, verb or beside, span[1])  # type: ignore[arg-type]
        if said.phrase is None or (said.phrase.kind not in ("name", "pronoun") and not can_speak(said.phrase)):
            continue
        closed = lowered[said.phrase.stop : said.phrase.stop + 1]
        if beside is not None and (said.phrase.kind != "name" or closed not in ",."):
            continue
        if verb is not None and verb.pronoun and lowered[verb.end : verb.end + 1] not in ",. :;?!":
            continue
        return said
    return Attribution()


def _before(passage: Passage, floor: int, span: Span) -> Attribution:
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
        if verb.is_beside and between.strip(_MARKS + ":"):
            continue
        if verb.pronoun:
            phrase = pronoun_phrase(verb.pronoun, verb.start)
        elif is_participle:
            cleft = words.CLEFT.search(lowered, floor, verb.start)
            main = verb_at(lowered, cleft.end(), verb.start) if cleft else None
            phrase = subject_after(passage, main.end, verb.start) if main else None
            return _said(passage, verb, phrase)._replace(follows=phrase is None)
        else:
            phrase = subject_before(passage, floor, verb) or _inverted(passage, verb, start)
        if phrase is not None and not can_speak(phrase):
            phrase = None
        follows = phrase is None and _COORDINATED.search(lowered, floor, verb.start) is not None
        return _said(passage, verb, phrase)._replace(follows=follows)
    infinitive = INFINITIVE.search(lowered, floor, start)
    if infinitive:
        verb = Verb(infinitive.start(), infinitive.end(), infinitive.end(), None)
        phrase = subject_before(passage, floor, verb)
        if phrase is not None and _COLON.search(lowered, floor, start - 1):
            return _said(passage, verb, phrase)
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
                said = _of_source(passage, source.start(), start)
                if said:
                    return said
    return Attribution()


def _inverted(passage: Passage, verb: Verb, start: int) -> Phrase | None:
    """ "Ainsi parlait X : « …": the subject after its verb, but not the subject of what is said ("annonce que X …")."""
    that = words.THAT.search(passage.lowered, verb.end, start)
    phrase = subject_after(passage, verb.end, that.start() if that else start)
    return phrase if phrase is not None and phrase.kind == "name" else None


def _colon(passage: Passage, floor: int, start: int) -> Attribution:
    """ "X est catégorique : « …": the subject of a sentence that ends in a colon before the mark."""
    lead = passage.lowered[floor:start].rstrip(_MARKS + "\n")
    if not lead.endswith(":"):
        return Attribution()
    stop = floor + len(lead) - 1
    phrase = opening_phrase(passage, floor, stop) or last_pronoun(passage, floor, stop)
    if phrase is None or not can_speak(phrase):
        return Attribution()
    if phrase.kind == "name" and passage.people_between(phrase.stop, floor + len(lead)):
        return Attribution()
    return Attribution(None, phrase, is_colon=True)


def _signature(passage: Passage, end: int, roof: int) -> Attribution:
    """A line after the quote that begins with a dash and says who signs it: "— X, maire de Y"."""
    lead = _SIGNATURE.match(passage.lowered, end, roof)
    if lead is None:
        return Attribution()
    stop = min(roof, _line_end(passage, lead.end()))
    phrase = phrase_at(passage, lead.end(), stop)
    if phrase is not None:
        return Attribution(None, phrase if phrase.kind == "name" or phrase.mention else None)
    signed = _SIGNED.match(passage.text, lead.end(), stop)
    return Attribution(None, Phrase("group", signed.start(), signed.end(), signed.end())) if signed else Attribution()
