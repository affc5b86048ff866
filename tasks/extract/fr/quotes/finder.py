"""Find the quotes of a French text, and their speakers.

A quote stands between marks of any kind (`marks.py`), may hold other quotes and run over several sentences or paragraphs; a
line of dialogue begins with a dash. What is reported without marks ("X a dit que …") is a quote with `is_reported`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from tasks.extract.fr.quotes import words
from tasks.extract.fr.quotes.attribute import attribute
from tasks.extract.fr.quotes.attribution import Attribution
from tasks.extract.fr.quotes.dialogue import dialogue_lines
from tasks.extract.fr.quotes.marks import marked_spans, with_guillemets
from tasks.extract.fr.quotes.passage import Passage, count_lines
from tasks.extract.fr.quotes.people import People
from tasks.extract.fr.quotes.references import Found, References
from tasks.extract.fr.quotes.reported import reported_clauses
from tasks.extract.fr.quotes.speech import MARKS, is_argument, is_sentence, is_speech
from tasks.extract.mentions import number_mentions
from tasks.text.folding import fold_text
from warehouse.facts import Mention, Quote, Role, Sentence

_LEAST_REPEATED = 3  # spaces in a quote that is looked for in another one
_PARAGRAPHS = 3  # line ends between two quotes of one speaker at most
_NEAR, _FAR = 300, 700  # characters between two quotes of one speaker, with and without other people between them


class _Candidate(NamedTuple):
    """Words that may be a quote: in marks, in a line of dialogue, or a reported clause, which both have an attribution."""

    start: int
    end: int
    said: Attribution
    is_certain: bool = False
    is_reported: bool = False


def find_quotes(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], roles: Sequence[Role] = ()
) -> list[Quote]:
    """The quotes of a French text, in order, positions in code points without the marks.

    `sentences` are those in every language; `roles` say who is meant by "la maire".
    """
    spans = [span for span in marked_spans(text) if text[slice(*span)].strip(MARKS + "\n")]
    if not sentences:
        return []
    passage = Passage(with_guillemets(text, spans), sentences, mentions, spans)
    numbers = number_mentions(mentions)
    references = References(passage, People(passage.lowered, mentions, roles, numbers))
    found = _read(passage, _candidates(passage), references, numbers)
    return _with_repeated([replace(quote, surface=text[quote.start_char : quote.end_char]) for quote in found])


def _candidates(passage: Passage) -> list[_Candidate]:
    """All candidates, in the order of the text."""
    spans = passage.quoted
    found = []
    for number, (start, end) in enumerate(spans):
        floor = spans[number - 1][1] + 1 if number else 0
        roof = spans[number + 1][0] - 1 if number + 1 < len(spans) else len(passage.text)
        found.append(_Candidate(start, end, attribute(passage, (start, end), (floor, roof))))
    lines = list(dialogue_lines(passage))
    found += [_Candidate(*line, is_certain=True) for line in lines]
    clauses = reported_clauses(passage, [(start, end) for start, end, _ in lines])
    found += [_Candidate(*clause, is_certain=True, is_reported=True) for clause in clauses]
    return sorted(found, key=itemgetter(0, 1))


def _read(
    passage: Passage, candidates: Sequence[_Candidate], references: References, numbers: Mapping[Mention, int]
) -> Iterator[Quote]:
    """The candidates that are quotes, each with its speaker."""
    last: tuple[int, Found] | None = None  # where the last quote with a speaker ends
    for candidate in candidates:
        start, end, said = candidate[:3]
        inner = passage.text[start:end].strip()
        if not candidate.is_certain and not is_speech(passage.lowered, start, inner, said):
            continue
        found = references.resolve(said.phrase) if said.phrase else None
        if found and said.is_colon:
            found = found._replace(method="subject", confidence=0.75)
        if found is None and not candidate.is_certain and (said.follows or not said.verb):
            found = _who_goes_on(passage, last, start, references, said)
            if found is None and not said:
                found = _introduced(passage, start, inner, references)
        if found is not None:
            references.add_speaker(said.phrase.start if said.phrase else start, found.speaker)
            last = (end, found) if found.speaker.person or not candidate.is_reported else None
        elif candidate.is_reported or (not said and is_argument(passage.lowered, start, inner)):
            continue
        elif is_sentence(inner):
            last = None
        yield _quote(start + passage.text[start:end].find(inner), inner, said, found, numbers, candidate.is_reported)


def _quote(
    start: int, inner: str, said: Attribution, found: Found | None, numbers: Mapping[Mention, int], is_reported: bool
) -> Quote:
    if found is None:
        return Quote(start, start + len(inner), inner, None, said.verb, is_reported=is_reported)
    surface, mention = found.speaker.surface, found.speaker.mention
    return Quote(
        start, start + len(inner), inner, surface, said.verb, numbers[mention] if mention else None,
        found.method, found.confidence, is_reported,
    )  # fmt: skip


def _who_goes_on(
    passage: Passage, last: tuple[int, Found] | None, start: int, references: References, said: Attribution
) -> Found | None:
    """The speaker of a quote without a subject of its own: that of its sentence, else of the quote before it."""
    if last and _is_one_sentence(passage, last[0], start):
        return last[1]._replace(method="continued", confidence=min(last[1].confidence, 0.8))
    if said.follows:
        speaker = references.subject_within(start)
        return Found(speaker, "name" if speaker.person else "group", 0.8) if speaker else None
    return _continued(passage, *last, start, references) if last else None


def _is_one_sentence(passage: Passage, end: int, start: int) -> bool:
    """Whether the quote that ends at `end` and the one that begins at `start` stand in one sentence.

    A full stop inside the marks ends it where a capital follows them.
    """
    gap = passage.text[end:start]
    if passage.text[:end].rstrip(MARKS)[-1:] in ".!?…" and gap.lstrip(MARKS)[:1].isupper():
        return False
    return passage.sentence_at(start) == passage.sentence_at(end) or not any(mark in gap for mark in ".!?…\n")


def _continued(passage: Passage, end: int, found: Found, start: int, references: References) -> Found | None:
    """The speaker of the quote that ends at `end`, when nobody else speaks or is the subject before `start`."""
    gap = passage.text[end:start]
    if count_lines(gap) > _PARAGRAPHS or references.has_other_subject(found.speaker, end, start):
        return None
    before = passage.text[max(0, start - 20) : start].rstrip(MARKS + "\n")
    if before.endswith(":"):
        return None  # somebody else may be the subject of the sentence that introduces it
    opens = not before or before[-1] in ".!?…" or "\n" in passage.text[max(0, start - 4) : start]
    has_others = references.has_others(found.speaker, end, start)
    if (not opens and ("\n" in gap or has_others)) or len(gap) >= (_NEAR if has_others else _FAR):
        return None
    return found._replace(method="continued", confidence=0.65 if opens else 0.6)


def _introduced(passage: Passage, start: int, inner: str, references: References) -> Found | None:
    """The subject of the sentence directly before a quote that speaks of "je" or "nous": "X a tout quitté. « J'en avais assez. »"."""
    index = passage.sentence_at(start)
    if passage.sentences[index].end_char > start or not passage.text[passage.sentences[index].start_char : start].strip(
        MARKS
    ):
        index -= 1
    if index < 0 or not is_sentence(inner) or not words.FIRST_PERSON.search(passage.lowered, start, start + len(inner)):
        return None
    sentence = passage.sentences[index]
    gap = passage.text[sentence.end_char : start]
    subject = references.subject(index) if not gap.strip(MARKS) and "\n" not in gap else None
    if subject is None or subject.person is None or references.has_others(subject, sentence.start_char, start):
        return None
    return Found(subject, "subject", 0.6)


def _with_repeated(quotes: list[Quote]) -> list[Quote]:
    """The quotes; one that repeats words of another, such as a heading, has its speaker."""
    known = [(f"\n{fold_text(quote.surface)}", quote) for quote in quotes if quote.speaker and not quote.is_reported]
    if not known:
        return quotes
    starts = list(accumulate((len(surface) for surface, _ in known), initial=0))
    surfaces = "".join(surface for surface, _ in known)
    found = []
    for quote in quotes:
        repeated = fold_text(quote.surface).strip(" .!?…")
        place = surfaces.find(repeated) if quote.speaker is None and repeated.count(" ") >= _LEAST_REPEATED else -1
        if place >= 0:
            first = known[bisect_right(starts, place) - 1][1]
            quote = replace(
                quote,
                speaker=first.speaker,
                speaker_mention_no=first.speaker_mention_no,
                speaker_method="repeated",
                speaker_confidence=0.7,
            )
        found.append(quote)
    return found
