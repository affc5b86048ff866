"""The topic of a date: when a thing was created, opened, or first met.

The thing stands before its participle ("la coalition a été créée en mars 2025", "cette instance, lancée le 17 février, …"), or is
the complement of a noun ("la création de l'alliance en 2019"), or the object of a verb ("ils ont fondé l'association en 1998").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.fr.topics import words
from tasks.extract.fr.topics.things import Passage, Thing, name_thing, read_passage, resolve_noun, subject_of
from tasks.text.folding import fold_text, lower_text
from warehouse.facts import DateMention, Mention, Sentence

_FARTHEST = 70  # characters between the word of an event and its date
_KINDS = words.ASKED_OF
_ACTIVE = re.compile(r"(?<!\w)(?:ont|a|avait|avaient) (?:\w+ )?$")
_PASSIVE = re.compile(r"(?<!\w)(?:ete|est|sont|etait|etaient|s'est|se sont) (?:\w+ )?$")
_INVERTED = re.compile(r"(?<!\w)qu'(?:a|ont|est|sont)(?: ete| nee?)? $")
_OWN = re.compile(r"(?<!\w)(?:sa|leur|son) $")


def with_events(
    text: str, sentences: Sequence[Sentence], dates: Sequence[DateMention], mentions: Sequence[Mention]
) -> list[DateMention]:
    """The dates, each with its event, and the thing that began then; null when the text gives neither."""
    usable = [each for each in dates if each.is_resolved and each.starts_on is not None and each.last_on is not None]
    if not usable or not sentences:
        return list(dates)
    matches = list(words.EVENT.finditer(lower_text(text)))
    if not matches:
        return list(dates)
    passage = read_passage(text, sentences, mentions)
    starts = [each.start_char for each in usable]
    events: dict[DateMention, tuple[int, re.Match[str]]] = {}
    for match in matches:
        sentence = passage.sentences[passage.sentence_at(match.start())]
        near = usable[bisect_left(starts, sentence.start_char) : bisect_left(starts, sentence.end_char)]
        distances = [(_distance(match, each), each) for each in near if not _is_apart(passage.folded, match, each)]
        if distances:
            distance, nearest = min(distances, key=lambda pair: pair[0])
            if distance <= _FARTHEST and distance < events.get(nearest, (_FARTHEST + 1, match))[0]:
                events[nearest] = distance, match
    return [_complete(passage, each, events[each][1]) if each in events else each for each in dates]


def _distance(match: re.Match[str], each: DateMention) -> int:
    return each.start_char - match.end() if each.start_char >= match.end() else match.start() - each.end_char


def _is_apart(folded: str, match: re.Match[str], each: DateMention) -> bool:
    """Whether a mark or another clause stands between an event and a date."""
    between = folded[min(match.end(), each.end_char) : max(match.start(), each.start_char)]
    return bool(re.search(r"[;:.()]| mais | avant de | puis | et (?:a|ont|est|sont|compte|regroupe)\b", between))


def _complete(passage: Passage, each: DateMention, match: re.Match[str]) -> DateMention:
    event = match.lastgroup or ""
    thing = _thing(passage, match, event, each)
    if thing is None or (thing.mention is not None and thing.mention.label == "PER"):
        return each
    lead = passage.folded[max(0, match.start() - 30) : match.start()]
    return replace(
        each,
        question=event,
        thing=name_thing(passage, thing),
        thing_kind=thing.kind or None,
        thing_mention_no=passage.numbers.get(thing.mention) if thing.mention else None,
        state="expected" if words.EVENT_EXPECTED.search(lead) else None,
    )


def _thing(passage: Passage, match: re.Match[str], event: str, day: DateMention) -> Thing | None:
    """The thing that began: the subject, the complement or the object of the word of the event."""
    kinds = _KINDS[event] | {""}
    number = passage.sentence_at(match.start())
    sentence = passage.sentences[number]
    after = [each for each in passage.inside(match.end(), sentence.end_char) if each.kind in kinds]
    before = [each for each in passage.inside(sentence.start_char, match.start()) if each.kind in kinds]
    lead = passage.folded[max(sentence.start_char, match.start() - 24) : match.start()]
    if words.WHOSE.search(lead):  # "le conseil, dont la première réunion s'est tenue le 2 février"
        return resolve_noun(passage, before[-1]) if before else None
    if _OWN.search(lead):  # "depuis sa création en 2010, l'association …"
        subject = next((each for each in [*before, *after] if passage.is_subject(each)), None)
        return resolve_noun(passage, subject) if subject else _earlier(passage, number, kinds)
    if fold_text(match[0]) in words.EVENT_NOUNS:
        complement = after[0] if after and after[0].start - match.end() <= 24 else None
        return resolve_noun(passage, complement) if complement else None
    if _ACTIVE.search(lead) and not _PASSIVE.search(lead) and fold_text(match[0]) not in words.EVENT_INTRANSITIVE:
        return resolve_noun(passage, after[0]) if after and after[0].start - match.end() <= 40 else None
    if match.start() - sentence.start_char <= 2 and after:  # "Créée en 1998, l'association …"
        return resolve_noun(passage, after[0]) if after[0].start > day.start_char else None
    if _INVERTED.search(lead) and after:  # "c'est en 2009 qu'a été créée l'alliance"
        return resolve_noun(passage, after[0])
    if match[0] in words.EVENT_PRESENT:  # "Erik Dahl fonde l'alliance"
        return resolve_noun(passage, after[0]) if after and after[0].start - match.end() <= 12 else None
    subjects = [each for each in before if passage.is_subject(each)]
    if subjects:  # "…, instance lancée en 2019": the noun before the comma, else the subject of the sentence
        is_beside = "," in passage.folded[subjects[-1].end : subjects[-1].end + 2]
        return resolve_noun(passage, subjects[-1] if is_beside else subjects[0])
    if event == "first_met" and before:  # "les membres de l'alliance se sont réunis pour la première fois"
        return resolve_noun(passage, before[-1])
    return _earlier(passage, number, kinds) if words.PRONOUN.match(passage.folded, sentence.start_char) else None


def _earlier(passage: Passage, number: int, kinds: frozenset[str]) -> Thing | None:
    """The subject of the sentence before."""
    subject = subject_of(passage, number - 1, len(passage.text), kinds) if number else None
    return resolve_noun(passage, subject) if subject else None
