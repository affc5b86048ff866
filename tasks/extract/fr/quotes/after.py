"""The attribution after a quote or inside it: "« … », a déclaré X", "« …, assure X, … »"."""

from __future__ import annotations

import re

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.attribution import MARKS, Attribution, Span, line_end, of_source, of_verb, with_verb
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.phrases import Phrase, can_speak, phrase_at
from tasks.extract.fr.quotes.subjects import (
    subject_after,
    subject_before,
)
from tasks.extract.fr.quotes.verbs import Verb, open_verb_at, verb_at

_REACH = 260  # characters after a quote in which its speaker stands
_SIGNATURE = re.compile(r"[»”\"]?[ \u00a0.]{0,4}\n[ \u00a0\n]{0,4}[–—-][ \u00a0]{0,4}")
_PAUSE = re.compile(r"[,?!…] ")
_SIGNED = re.compile(r"[A-ZÀ-Ý][^\n,;:.!?«»]{2,70}(?=,|$)", re.MULTILINE)
_CALLED = re.compile(
    r"(?<!\w)(?:qualifi|décri|jug|considér|présent|trait|tax|dénonc|salu|accus)(?:é|t)e?s? (?:comme |de |d')"
)
_ENDS_LINE = re.compile(r"(?:, [^.;:!?«»\n]{3,90})?\.?(?:\n|$)")


def after(passage: Passage, floor: int, span: Span, roof: int) -> Attribution:
    """ "« … », a déclaré X" and "« … », selon X": directly after the closing mark."""
    lowered, end = passage.lowered, span[1]
    limit = min(roof, line_end(passage, end), end + _REACH)
    lead = words.AFTER_MARK.match(lowered, end, limit)
    place = lead.end() if lead else end
    if lowered.startswith("comme ", place):
        place += len("comme ")
    cleft = words.CLEFT.match(lowered, place, limit)
    verb = verb_at(lowered, cleft.end(), limit) if cleft else None
    if verb is not None:
        return of_verb(passage, verb, limit)
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
    if has_comma and (said := of_source(passage, place, limit)):
        return said
    verb = verb_at(lowered, place, limit)
    if verb is not None and verb.is_participle(lowered):
        return Attribution()
    if verb is not None and not verb.pronoun and lowered[floor : span[0]].strip(MARKS):
        subject = subject_before(passage, floor, verb)  # "X, « fier de son club », a remercié Y"
        if subject is not None and can_speak(subject):
            return with_verb(passage, verb, subject)
    if verb is not None:
        said = of_verb(passage, verb, limit, any_noun="," in lowered[end:place] and not verb.is_beside)
        return said._replace(is_direct=True)
    verb = open_verb_at(lowered, place, limit)
    if verb is not None:
        said = of_verb(passage, verb, limit)
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
        return with_verb(passage, verb, phrase)
    if passage.lowered[place - 2 : place].strip() == "," and _ENDS_LINE.match(passage.lowered, phrase.stop, limit + 1):
        return Attribution(None, phrase)
    return Attribution()


def later(passage: Passage, floor: int, span: Span, roof: int) -> Attribution:
    """ "… « forte et belle » pour tous, indique X.": a clause of its own after the rest of the sentence."""
    lowered, place, limit = passage.lowered, span[1] + 1, min(roof, span[1] + _REACH)
    stop = words.SENTENCE_END.search(lowered, place, limit)
    edge = stop.start() if stop else limit
    if (stop is not None and stop[0] in '«“"') or (stop is None and limit == roof):
        edge = place  # another quote comes first: the clause would be its own
    for comma in words.COMMA.finditer(lowered, place, edge):
        if said := of_source(passage, comma.end(), limit):
            return said
        verb = verb_at(lowered, comma.end(), limit) or _open_with_pronoun(lowered, comma.end(), limit)
        if verb is not None and not verb.is_participle(lowered):
            subject = None if verb.pronoun else subject_before(passage, floor, verb)
            said = with_verb(passage, verb, subject) if subject else of_verb(passage, verb, limit)
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
        said = of_verb(passage, verb or beside, span[1])  # type: ignore[arg-type]
        if said.phrase is None or (said.phrase.kind not in ("name", "pronoun") and not can_speak(said.phrase)):
            continue
        closed = lowered[said.phrase.stop : said.phrase.stop + 1]
        if beside is not None and (said.phrase.kind != "name" or closed not in ",."):
            continue
        if verb is not None and verb.pronoun and lowered[verb.end : verb.end + 1] not in ",. :;?!":
            continue
        return said
    return Attribution()


def signature(passage: Passage, end: int, roof: int) -> Attribution:
    """A line after the quote that begins with a dash and says who signs it: "— X, maire de Y"."""
    lead = _SIGNATURE.match(passage.lowered, end, roof)
    if lead is None:
        return Attribution()
    stop = min(roof, line_end(passage, lead.end()))
    phrase = phrase_at(passage, lead.end(), stop)
    if phrase is not None:
        return Attribution(None, phrase if phrase.kind == "name" or phrase.mention else None)
    signed = _SIGNED.match(passage.text, lead.end(), stop)
    return Attribution(None, Phrase("group", signed.start(), signed.end(), signed.end())) if signed else Attribution()
