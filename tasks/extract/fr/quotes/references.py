"""Who is meant by a name, a pronoun or an office: the references of a text, read from its beginning to its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import NamedTuple

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.offices import Offices
from tasks.extract.fr.quotes.passage import Passage, count_lines
from tasks.extract.fr.quotes.people import People, Person
from tasks.extract.fr.quotes.phrases import Phrase, can_speak, people_without_preposition, phrase_at
from tasks.extract.fr.quotes.subjects import DEMONSTRATIVES, opening_phrase
from tasks.text.folding import fold_text
from warehouse.facts import Mention, SpeakerMethod

_SENTENCES_BACK = 6
_LINES_BACK = 5  # line ends between a pronoun and its name at most
_COMPLEMENT = re.compile(r" (?:de|du|des|d'|à|au|aux|en) ?")
_SPEAKER_FOLLOWS = ("pour", "selon", "d'après")


class Speaker(NamedTuple):
    """Who speaks: a person of the text, else the words for a speaker without a name."""

    surface: str
    mention: Mention | None
    person: Person | None = None
    gender: str = ""
    is_plural: bool = False


class Found(NamedTuple):
    """A speaker, how it was found, and how sure that is."""

    speaker: Speaker
    method: SpeakerMethod
    confidence: float


class References:
    """Resolves the phrases of a text to speakers; `add_speaker` records each that was found, in the order of the text."""

    def __init__(self, passage: Passage, people: People) -> None:
        self._passage = passage
        self._people = people
        self._offices = Offices(people.all)
        self._speakers: list[tuple[int, Speaker]] = []
        self._subjects: dict[int, Speaker | None] = {}

    def add_speaker(self, place: int, speaker: Speaker) -> None:
        """Record a speaker who was found at a place."""
        self._speakers.append((place, speaker))

    def resolve(self, phrase: Phrase) -> Found | None:
        """Who is meant by a phrase."""
        if phrase.kind == "name" and phrase.mention is not None:
            return Found(self._named(phrase.mention), "name", 0.95)
        if phrase.kind == "pronoun":
            nearest = self._last_before(phrase) if phrase.head in DEMONSTRATIVES else None
            speaker = self._antecedent(phrase, may_be_group=True) if nearest is None else nearest[0]
            return Found(speaker, "pronoun", 0.8) if speaker else None
        if phrase.kind == "office":
            return self._office(phrase)
        organisation = self._organisation(phrase)
        if organisation is not None:
            return Found(Speaker(organisation.surface, organisation, None, phrase.gender), "group", 0.7)
        surface = phrase.mention.surface if phrase.mention else self._passage.text[phrase.start : phrase.end]
        return Found(Speaker(surface, phrase.mention, None, phrase.gender, phrase.is_plural), "group", 0.85)

    def has_other_subject(self, speaker: Speaker, start: int, end: int) -> bool:
        """Whether somebody else is the subject of a sentence that begins in a stretch of text."""
        first, last = self._passage.sentence_at(start), self._passage.sentence_at(end)
        subjects = [
            self.subject(index)
            for index in range(first, last + 1)
            if start <= self._passage.sentences[index].start_char <= end
        ]
        return any(subject and subject.person and subject.person is not speaker.person for subject in subjects)

    def has_others(self, speaker: Speaker, start: int, end: int) -> bool:
        """Whether a stretch of text names somebody else."""
        named = self._passage.people_between(start, end)
        return any(self._people.by_mention[mention] is not speaker.person for mention in named)

    def subject_within(self, place: int) -> Speaker | None:
        """The subject of the sentence that holds a place, when the sentence opens with it."""
        return self._subject_within(self._passage.sentence_at(place), place)

    def subject(self, index: int) -> Speaker | None:
        """The subject of a sentence where its first words are one; null inside a quote."""
        if index not in self._subjects:
            self._subjects[index] = None  # a pronoun that leads back to itself has no antecedent
            self._subjects[index] = self._find_subject(index)
        return self._subjects[index]

    def _find_subject(self, index: int) -> Speaker | None:
        sentence = self._passage.sentences[index]
        if self._passage.is_quoted(sentence.start_char):
            return None
        phrase = opening_phrase(self._passage, sentence.start_char, sentence.end_char)
        if phrase is None or not can_speak(phrase):
            return None
        found = self.resolve(phrase)
        return found.speaker if found else None

    def _named(self, mention: Mention) -> Speaker:
        person = self._people.by_mention.get(mention)
        return Speaker(mention.surface, mention, person, person.gender if person else "")

    def _person(self, person: Person) -> Speaker:
        """A person meant without the name: by the fullest name."""
        full = person.fullest
        return Speaker(full.surface, full, person, person.gender)

    # ---- pronouns ----

    def _antecedent(self, phrase: Phrase, *, may_be_group: bool) -> Speaker | None:
        """The last speaker or subject before a pronoun that agrees with it; null when somebody else may be meant."""
        place, last = phrase.start, self._passage.sentence_at(phrase.start)
        passed: set[Person] = set()  # people named after the one who is found
        for index in range(last, max(-1, last - _SENTENCES_BACK), -1):
            sentence = self._passage.sentences[index]
            floor, roof = sentence.start_char, min(sentence.end_char, place)
            if count_lines(self._passage.text[roof:place]) > _LINES_BACK:
                return None
            spoken = self._spoken(floor, min(sentence.end_char, place))
            subject = self._subject_within(index, place) if index == last else self.subject(index)
            for who in [*spoken, *([subject] if subject else [])]:
                if _agrees(who, phrase) and (who.person or (may_be_group and (who in spoken or index >= last - 1))):
                    if passed - {who.person}:
                        return None
                    return self._person(who.person) if who.person else who
            direct = self._others(floor, roof, phrase, people_without_preposition)
            if len(direct) == 1 and not passed - direct:
                return self._person(direct.pop())
            if len(direct) > 1:
                return None
            passed |= self._others(floor, roof, phrase, Passage.people_between)
        return None

    def _last_before(self, phrase: Phrase) -> tuple[Speaker | None] | None:
        """Whom "celle-ci" means: the last person or people before it that agree, in its sentence or the one before.

        Null when there are none; `(None,)` when the last may not be meant, because its gender is not known.
        """
        last = self._passage.sentence_at(phrase.start)
        for index in (last, last - 1):
            if index < 0:
                return None
            sentence = self._passage.sentences[index]
            found = self._who_is_in(sentence.start_char, min(sentence.end_char, phrase.start))
            agreeing = [each for each in found if _agrees(each, phrase)]
            if agreeing and not agreeing[-1].gender and len(agreeing) > 1:
                return (None,)
            if agreeing:
                return (self._person(agreeing[-1].person) if agreeing[-1].person else agreeing[-1],)
        return None

    def _who_is_in(self, start: int, end: int) -> list[Speaker]:
        """The people and groups of a stretch of text outside quotes, in order; those inside the words for another are left out."""
        places = {each.start_char for each in self._passage.people_between(start, end)}
        places |= {each.start() for each in words.DETERMINER.finditer(self._passage.lowered, start, end)}
        found, stop = [], start
        for place in sorted(places):
            phrase = (
                phrase_at(self._passage, place, end) if place >= stop and not self._passage.is_quoted(place) else None
            )
            if phrase is None or not can_speak(phrase) or (phrase.kind == "group" and phrase.mention):
                continue
            stop = max(phrase.stop, phrase.mention.end_char if phrase.mention else 0)
            resolved = self.resolve(phrase)
            if resolved is not None:
                found.append(resolved.speaker)
        return found

    def _spoken(self, start: int, end: int) -> list[Speaker]:
        """Who speaks in a stretch of text, the last first."""
        since = takewhile(lambda spoken: spoken[0] >= start, reversed(self._speakers))
        return [speaker for place, speaker in since if place < end]

    def _subject_within(self, index: int, place: int) -> Speaker | None:
        """The subject of the sentence of a pronoun, when it stands before the pronoun."""
        sentence = self._passage.sentences[index]
        if self._passage.is_quoted(sentence.start_char):
            return None
        phrase = opening_phrase(self._passage, sentence.start_char, place)
        if phrase is None or phrase.kind == "pronoun":
            return self.subject(index) if phrase is not None and phrase.start < place else None
        if not can_speak(phrase):
            return None
        found = self.resolve(phrase)
        return found.speaker if found else None

    def _others(
        self, start: int, end: int, phrase: Phrase, named: Callable[[Passage, int, int], Iterable[Mention]]
    ) -> set[Person]:
        """The people named in a stretch of text outside quotes who agree with a pronoun."""
        if phrase.is_plural:
            return set()
        mentions = [each for each in named(self._passage, start, end) if not self._passage.is_quoted(each.start_char)]
        people = {self._people.by_mention[mention] for mention in mentions}
        return {person for person in people if not (person.gender and phrase.gender and person.gender != phrase.gender)}

    def _floor(self, place: int) -> int:
        """Where the second sentence before that of a place begins."""
        sentences = self._passage.sentences
        return sentences[max(0, self._passage.sentence_at(place) - 2)].start_char if sentences else 0

    def _organisation(self, phrase: Phrase) -> Mention | None:
        """The organisation that "l'entreprise", "le journal" stands for: the only one of this sentence and the last two."""
        words_ = self._passage.lowered[phrase.start : phrase.end].replace("'", " ").split()
        if (
            phrase.mention
            or not phrase.is_definite
            or phrase.is_plural
            or len(words_) != 2
            or phrase.head not in _GENERIC
        ):
            return None
        first = self._floor(phrase.start)
        named = self._passage.named_between(first, phrase.start)
        organisations = {
            fold_text(each.surface): each for each in named if each.label == "ORG" and not self._is_complement(each)
        }
        return next(iter(organisations.values())) if len(organisations) == 1 else None

    def _is_complement(self, mention: Mention) -> bool:
        """Whether a name stands after a preposition."""
        before = words.LAST_ARTICLE.sub("", self._passage.lowered[max(0, mention.start_char - 14) : mention.start_char])
        return words.PREPOSITION.search(before) is not None and not before.rstrip().endswith(_SPEAKER_FOLLOWS)

    # ---- offices ----

    def _office(self, phrase: Phrase) -> Found | None:
        """The person who holds an office in this text; else whom a description stands for; else the words alone."""
        said = self._passage.text[phrase.start : phrase.end]
        holders = self._offices.holders(said, phrase.head, phrase.gender)
        if len(holders) > 1:
            holders = self._nearest(holders, phrase.start)
        if len(holders) == 1:
            return Found(self._person(holders[0]), "office", 0.85)
        is_bare = not _COMPLEMENT.search(self._passage.lowered, phrase.start, phrase.end)
        if not holders and (phrase.head in _DESCRIPTIONS or (is_bare and phrase.head not in _PUBLIC)):
            speaker = self._antecedent(phrase, may_be_group=False)
            if speaker is not None and speaker.person is not None:
                return Found(speaker, "office", 0.7)
        return Found(Speaker(said, None, None, phrase.gender, phrase.is_plural), "office", 0.6)

    def _nearest(self, holders: Iterable[Person], place: int) -> list[Person]:
        """Of several holders, the only one named in the last sentences; else none."""
        first = self._floor(place)
        return [each for each in holders if each.is_named_between(first, place)] or [*holders]


def _agrees(who: Speaker, phrase: Phrase) -> bool:
    """Whether a speaker can be meant by a pronoun."""
    return who.is_plural == phrase.is_plural and not (who.gender and phrase.gender and who.gender != phrase.gender)


_GENERIC = frozenset(map(fold_text, words.DATA["generic_groups"]))
_PUBLIC = frozenset(fold_text(form) for noun in words.DATA["public_offices"] for form in noun.split("/"))
_DESCRIPTIONS = frozenset(map(fold_text, words.genders(words.DATA["words_for_people"])))
