"""Find the quotes of a French text, and their speakers.

A quote stands between « », “ ” or straight marks, may hold other quotes and run over several sentences or paragraphs.
Words in marks that are not attributed and do not form a sentence are not a quote.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.fr.quotes.attribution import NOBODY, Attribution, Passage, attribute
from tasks.extract.fr.quotes.marks import marked_spans
from tasks.extract.fr.quotes.words import WORD
from tasks.extract.mentions import number_mentions
from tasks.text.folding import lower_text
from warehouse.facts import Mention, Quote, Sentence


def find_quotes(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Quote]:
    """The quotes of a French text, in order, positions in code points without the marks.

    `speaker` is the surface of a PER or ORG mention and `speaker_mention_no` its number, null when the speaker is a
    pronoun or not given; `verb` as printed.
    """
    named = sorted((each for each in mentions if each.label in ("PER", "ORG")), key=lambda each: each.start_char)
    passage = Passage(text, lower_text(text), sentences, named)
    numbers = number_mentions(mentions)
    quotes: list[Quote] = []
    last = NOBODY  # the attribution of the last quote
    spans = list(marked_spans(text))
    for number, (start, end) in enumerate(spans):
        floor = spans[number - 1][1] + 1 if number else 0
        roof = spans[number + 1][0] - 1 if number + 1 < len(spans) else len(text)
        said = attribute(passage, (start, end), (floor, roof))
        inner = text[start:end].strip()
        if not _is_said(text, start, inner, said):
            continue
        if said == NOBODY and quotes and last.speaker and _goes_on(text, quotes[-1], start):
            said = Attribution(last.speaker, None)
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        speaker = said.speaker.surface if said.speaker else None
        speaker_no = numbers[said.speaker] if said.speaker else None
        quotes.append(Quote(begin, begin + len(inner), inner, speaker, said.verb, speaker_no))
        last = said
    return quotes


def _is_said(text: str, start: int, inner: str, said: Attribution) -> bool:
    """Whether words in marks are somebody's words, not a title or a word the author distances himself from."""
    words = len(WORD.findall(inner))
    if said.verb is not None:
        return words >= 2
    introduced = text[:start].rstrip(" \u00a0\u202f«“\"'").endswith(":")
    if inner[0].isupper():  # without a final stop, it is the title of something
        return (introduced and words >= 3) or (words >= 3 and inner[-1] in ".!?…") or words >= 8
    return words >= 5 or (introduced and words >= 3)


def _goes_on(text: str, last: Quote, start: int) -> bool:
    """Whether the quote that begins at `start` continues the last one: same paragraph, after the end of a sentence."""
    return "\n" not in text[last.end_char : start] and text[:start].rstrip(' \u00a0\u202f«»“”"')[-1:] in ".!?…"
