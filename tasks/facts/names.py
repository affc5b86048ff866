"""People, places and organisations in text: a spaCy recogniser read paragraph by paragraph, and rules after it.

A paragraph is a line of text between two `\\n`. Paragraphs go through the pipeline in batches, each different one once
per call, with typographic apostrophes straight and special spaces plain: the French models take "l’OTAN" and "qu’" for
names otherwise, and one character for one character no position moves. Rules then see the whole text:
first those about one name and its edges (`names_spans.py`), those that find names by form
(`names_patterns.py`), those about the names of a document together (`names_context.py`). A name never crosses a
paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from tasks.facts.names_context import follow_full_names, read_cues, spread, tell_known, vote
from tasks.facts.names_document import Document, Rule
from tasks.facts.names_known import Known, known_matcher, match_known, read_data
from tasks.facts.names_patterns import find_groups, find_streets, pair_acronyms
from tasks.facts.names_spans import join_hyphens, mark_demonyms, reject, split_pairs, trim
from warehouse.rows import Mention, Sentence

if TYPE_CHECKING:
    from spacy.language import Language

VERSION = 1
RULES: tuple[Rule, ...] = (
    trim,
    reject,
    join_hyphens,
    mark_demonyms,
    tell_known,
    split_pairs,
    read_cues,
    pair_acronyms,
    follow_full_names,
    vote,
    spread,
    find_groups,
    find_streets,
)
BATCH = 128  # paragraphs per batch: measured, see benchmarks/names.py --speed

# One character for one character: positions in the text stay what they are.
PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " "})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pipeline says of one paragraph: names and known names, positions counted in the paragraph."""

    names: tuple[Mention, ...]
    known: tuple[Known, ...]


@dataclass(slots=True)
class Recognised:
    """Paragraphs read so far. The same object given to several calls, no paragraph is read twice; the counts say how
    many paragraphs were met and how many of them the pipeline had to read."""

    readings: dict[str, Reading] = field(default_factory=dict)
    count_met: int = 0
    count_read: int = 0


def find_names(
    nlp: Language,
    texts: Sequence[str],
    *,
    sentences: Sequence[Sequence[Sentence]],
    rules: Sequence[Rule] | None = None,
    recognised: Recognised | None = None,
) -> list[list[Mention]]:
    """The names of each text, in the order of the text, without overlap; `text[start_char:end_char]` is the surface.

    `sentences` are those of each text; one whose `language` is known and is not the pipeline's gives no names. `rules`
    replaces the rules of the pipeline's language (all of them for French, none for others); `recognised` is
    what earlier calls with this pipeline have read, and is added to.
    """
    language = nlp.lang or ""
    if rules is None:
        rules = RULES if language == "fr" else ()
    recognised = recognised if recognised is not None else Recognised()
    plain = [text.translate(PLAIN) for text in texts]
    foreign = [_foreign(some, language) for some in sentences]
    paragraphs = [list(_paragraphs(text, spans)) for text, spans in zip(plain, foreign, strict=True)]
    _recognise(nlp, {line for cut in paragraphs for _, line in cut}, recognised)
    recognised.count_met += sum(map(len, paragraphs))
    found = []
    for text, original, cut, spans, some in zip(plain, texts, paragraphs, foreign, sentences, strict=True):
        mentions, known = _gather(cut, recognised.readings, spans)
        starts = frozenset(sentence.start_char for sentence in some)
        document = Document(_without(text, spans), starts, {(one.start, one.end): one for one in known})
        for rule in rules:
            mentions = rule(mentions, document)
        found.append([replace(m, surface=original[m.start_char : m.end_char]) for m in mentions])
    return found


def _foreign(sentences: Sequence[Sentence], language: str) -> list[tuple[int, int]]:
    return [(s.start_char, s.end_char) for s in sentences if s.language and s.language != language]


def _without(text: str, foreign: Sequence[tuple[int, int]]) -> str:
    """The text with paragraph breaks for every character in another language: no rule looks there."""
    for start, end in foreign:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _paragraphs(text: str, foreign: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The paragraphs that hold a letter and are not foreign from one end to the other, with their positions."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        native = len(line.strip()) - sum(min(end, e) - max(start, s) for s, e in foreign if s < end and start < e)
        if native > 0 and any(map(str.isalpha, line)):
            yield start, line
        start = end + 1


def _recognise(nlp: Language, paragraphs: set[str], recognised: Recognised) -> None:
    """Read the paragraphs that were not yet, those of like length together. What a batch adds to the vocabulary is
    freed with it, so that memory does not grow with the stream."""
    unread = sorted(paragraphs - recognised.readings.keys(), key=lambda line: (len(line), line))
    labels, demonyms = _label_map()
    extractor = str(nlp.meta.get("revue_extractor", nlp.meta.get("name", "")))
    matcher = known_matcher(nlp) if nlp.lang == "fr" else None
    with nlp.memory_zone():
        for doc in nlp.pipe(unread, batch_size=BATCH):
            names = tuple(
                Mention(
                    start_char=ent.start_char,
                    end_char=ent.end_char,
                    surface=ent.text,
                    label=labels[ent.label_],
                    label_extracted=ent.label_,
                    extractor=extractor,
                    is_demonym=ent.label_ in demonyms,
                )
                for ent in doc.ents
                if ent.label_ in labels
            )
            recognised.readings[doc.text] = Reading(names, tuple(match_known(matcher, doc)) if matcher else ())
    recognised.count_read += len(unread)


def _gather(
    paragraphs: Sequence[tuple[int, str]], readings: dict[str, Reading], foreign: Sequence[tuple[int, int]]
) -> tuple[list[Mention], tuple[Known, ...]]:
    """The readings of a text's paragraphs, positions counted in the text, without those in foreign sentences."""
    mentions, known = [], []
    for at, line in paragraphs:
        reading = readings[line]
        mentions += [
            replace(name, start_char=name.start_char + at, end_char=name.end_char + at) for name in reading.names
        ]
        known += [Known(one.start + at, one.end + at, one.label, one.how) for one in reading.known]
    if foreign:
        mentions = [m for m in mentions if not any(s < m.end_char and m.start_char < e for s, e in foreign)]
        known = [k for k in known if not any(s < k.end and k.start < e for s, e in foreign)]
    return mentions, tuple(known)


@cache
def _label_map() -> tuple[dict[str, str], frozenset[str]]:
    data = read_data("names_labels.toml")
    return {theirs: ours for ours in ("PER", "LOC", "ORG", "MISC") for theirs in data[ours]}, frozenset(
        data["demonyms"]
    )
