"""The subject of a verb of speech, after or before it, and the phrase with which a sentence opens."""

from __future__ import annotations

import re

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.passage import Passage
from tasks.extract.fr.quotes.phrases import Kind, Phrase, noun_phrase_end, phrase_at, trimmed_end
from tasks.extract.fr.quotes.verbs import Verb

_SPACES = re.compile(r"[ ,]*")
_CLOSED = re.compile(r"(?:[,(–—].*[,)–—]| \([^)]*\))?\s*", re.DOTALL)
_CAPITALS = re.compile(r"[A-ZÀ-Ý][\w'’-]+(?: (?:(?:de|du|le|la|Le|La|El|Ben|von|van) )?[A-ZÀ-Ý][\w'’-]+){1,3}")
_LONGEST_APPOSITION = 200
_REACH = 400  # characters between a subject and its verb
_LONGEST_ADVERBIAL = 140
_OPENING_PRONOUN = re.compile(r"(ils?|elles?|celui-ci|celle-ci|ce dernier|cette dernière|lui|eux)(?![\w'-])")
_DEMONSTRATIVE = re.compile(
    r"(?:ce(?:lui|lle|ux)-ci|celles-ci|ce dernier|cette dernière|ces dernières|ces derniers)(?![\w'-])"
)
DEMONSTRATIVES = (
    "celui-ci",
    "celle-ci",
    "ceux-ci",
    "celles-ci",
    "ce dernier",
    "cette dernière",
    "ces derniers",
    "ces dernières",
)
_CLAUSE_PRONOUN = re.compile(r", (ils?|elles?) ")
_PLURAL = ("ils", "elles", "eux", "ceux-ci", "celles-ci", "ces derniers", "ces dernières", "leurs", "les")
_FEMININE = ("elle", "elles", "celle-ci", "celles-ci", "cette dernière", "ces dernières")
_EITHER = ("ses", "son", "leurs", "les", "l'")


def subject_after(passage: Passage, place: int, limit: int) -> Phrase | None:
    """The subject that follows its verb, also after the time, the audience or an adverb ("a dit mardi à l'AFP X")."""
    lowered = passage.lowered
    place = _SPACES.match(lowered, place, limit).end()  # type: ignore[union-attr]
    for _ in range(4):
        pronoun = _DEMONSTRATIVE.match(lowered, place, limit)
        if pronoun is not None:
            return pronoun_phrase(pronoun[0], place)
        phrase = phrase_at(passage, place, limit) or _unknown_name(passage, place, limit)
        if phrase is not None:
            return phrase
        skipped = words.SKIPPED.match(lowered, place, limit) or words.TIME.match(lowered, place, limit)
        if skipped is None or skipped.end() == place:
            audience = words.AUDIENCE.match(lowered, place, limit)
            after = _audience_end(passage, audience.end(), limit) if audience else None
            if after is None:
                return None
            place = after
        else:
            place = skipped.end()
        place = _SPACES.match(lowered, place, limit).end()  # type: ignore[union-attr]
    return None


def place_of_on(passage: Passage, place: int, limit: int) -> Phrase | None:
    """Those for whom "on" stands in "indique-t-on à la mairie", "a-t-on appris de source policière"."""
    where = words.WHERE.match(passage.lowered, place, limit)
    if where is None:
        return None
    phrase = phrase_at(passage, where.end("lead"), limit)
    if phrase is not None:
        return phrase if phrase.kind != "name" else None
    end = noun_phrase_end(passage, where.end("lead"), limit)
    mention = passage.at.get(where.end("lead"))
    if mention is not None:
        return Phrase("group", mention.start_char, mention.end_char, mention.end_char, mention)
    return Phrase("group", where.end("lead"), end, end) if end > where.end("lead") else None


def _unknown_name(passage: Passage, place: int, limit: int) -> Phrase | None:
    """Two or more words in capitals that are no mention: a name that was not recognised."""
    match = _CAPITALS.match(passage.text, place, limit)
    return Phrase("group", place, match.end(), match.end()) if match else None


def _audience_end(passage: Passage, place: int, limit: int) -> int | None:
    """Where the person or thing after a preposition ends."""
    mention = passage.at.get(place)
    if mention is not None:
        return mention.end_char
    determiner = words.DETERMINER.match(passage.lowered, place, limit)
    start = determiner.end() if determiner else place
    mention = passage.at.get(start)
    if mention is not None:
        return mention.end_char
    end = trimmed_end(passage, start, noun_phrase_end(passage, start, limit))
    return end if end > start else None


# ---- before a verb ----


def subject_before(passage: Passage, floor: int, verb: Verb) -> Phrase | None:
    """The subject that precedes its verb."""
    lowered, target = passage.lowered, verb.start
    floor = max(floor, target - _REACH)
    pronoun = words.SUBJECT_PRONOUN.search(lowered, max(floor, target - 40), target)
    if pronoun is not None:
        if words.IMPERSONAL.match(lowered, pronoun.start()):
            return None
        return pronoun_phrase(pronoun["pronoun"], pronoun.start("pronoun"))
    relative = words.RELATIVE.search(lowered, max(floor, target - 30), target)
    if relative is not None:
        target = len(lowered[: relative.start()].rstrip(" ,"))
        antecedent = next((each for each in passage.named_between(floor, target) if each.end_char == target), None)
        if antecedent is not None and antecedent.label in ("PER", "ORG"):
            kind: Kind = "name" if antecedent.label == "PER" else "group"
            return Phrase(kind, antecedent.start_char, target, target, antecedent)
        for determiner in reversed(list(words.DETERMINER.finditer(lowered, max(floor, target - 80), target))):
            phrase = phrase_at(passage, determiner.start(), target)
            if phrase is not None and phrase.stop == target:
                return phrase
    for start in reversed(_clause_starts(lowered, floor, target)):
        phrase = _phrase_before(passage, start, target)
        if phrase is None:
            continue
        before = _name_before(passage, floor, start) if phrase.kind != "name" else None
        return before or phrase
    return None if relative is not None else _only_name(passage, floor, target)


def _clause_starts(lowered: str, floor: int, target: int) -> list[int]:
    return [
        floor,
        *(match.end() for match in words.CLAUSE_START.finditer(lowered, floor, target) if match.end() < target),
    ]


def _phrase_before(passage: Passage, start: int, target: int) -> Phrase | None:
    """The phrase that begins at a place, when nothing but an adverb or an apposition stands between it and a verb."""
    lowered = passage.lowered
    opener = words.OPENER.match(lowered, start, target)
    start = opener.end() if opener else start
    skipped = words.SKIPPED.match(lowered, start, target) or words.TIME.match(lowered, start, target)
    for place in (start, skipped.end()) if skipped else (start,):
        phrase = phrase_at(passage, place, target)
        if phrase is None:
            continue
        gap = lowered[phrase.stop : target]
        if len(gap) < _LONGEST_APPOSITION and (
            _CLOSED.fullmatch(gap) or words.SKIPPED.fullmatch(gap.rstrip()) or words.TIME.fullmatch(gap)
        ):
            return phrase
    return None


def _name_before(passage: Passage, floor: int, start: int) -> Phrase | None:
    """The person whose apposition begins at a place: "X, la maire de Y,"."""
    end = len(passage.lowered[:start].rstrip(" ,(–—"))
    if end == start or passage.lowered[end:start].strip() not in (",", "(", "–", "—"):
        return None
    for place in _clause_starts(passage.lowered, floor, end):
        phrase = phrase_at(passage, place, end)
        if phrase is not None and phrase.kind == "name" and phrase.stop == end:
            return phrase
    return None


def _only_name(passage: Passage, floor: int, target: int) -> Phrase | None:
    """The subject at the beginning of the sentence when it is a name and the only person before the verb."""
    opening = opening_phrase(passage, floor, target)
    if opening is None or opening.kind != "name":
        return None
    return None if passage.people_between(opening.stop, target) else opening


def opening_phrase(passage: Passage, floor: int, limit: int) -> Phrase | None:
    """The phrase or pronoun with which a sentence opens, after its adverbials."""
    lowered = passage.lowered
    opener = words.OPENER.match(lowered, floor, limit)
    place = opener.end() if opener else floor
    for _ in range(4):
        pronoun = _OPENING_PRONOUN.match(lowered, place, limit)
        if pronoun:
            if words.IMPERSONAL.match(lowered, place):
                return None
            return pronoun_phrase(pronoun[1], place)
        phrase = phrase_at(passage, place, limit) if not words.TIME.match(lowered, place, limit) else None
        if phrase is not None:
            return phrase
        skipped = words.SKIPPED.match(lowered, place, limit)
        if skipped is None or skipped.end() == place:
            comma = (
                lowered.find(", ", place, min(limit, place + _LONGEST_ADVERBIAL))
                if words.ADVERBIAL.match(lowered, place)
                else -1
            )
            if comma < 0:
                return None
            place = comma + 2
        else:
            place = skipped.end()
    return None


def last_pronoun(passage: Passage, floor: int, stop: int) -> Phrase | None:
    """The last pronoun that is the subject of a clause after a comma: "Plus qu'une championne, elle est un symbole"."""
    found = list(_CLAUSE_PRONOUN.finditer(passage.lowered, floor, stop))
    if not found or words.IMPERSONAL.match(passage.lowered, found[-1].start(1)):
        return None
    return pronoun_phrase(found[-1][1], found[-1].start(1))


def pronoun_phrase(pronoun: str, start: int) -> Phrase | None:
    """The phrase of a pronoun; null for an impersonal one."""
    if pronoun in ("on", "je", "j'", "nous", "tu", "vous"):
        return None
    gender = "" if pronoun in _EITHER else "f" if pronoun in _FEMININE else "m"
    end = start + len(pronoun)
    return Phrase("pronoun", start, end, end, None, pronoun, gender, pronoun in _PLURAL)
