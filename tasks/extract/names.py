"""People, places and organisations in text: a spaCy recogniser read paragraph by paragraph, and rules after it.

A paragraph is a line of text between two `\\n`. Paragraphs go through the pipeline in batches, each different one once
per call, with typographic apostrophes straight and special spaces plain: the French models take "l’OTAN" and "qu’" for
names otherwise, and one character for one character no position moves. Rules then see the whole text:
first those about one name and its edges (`names_spans.py`), those that find names by form
(`names_patterns.py`), those about the names of a document together (`names_context.py`). A name never crosses a
paragraph.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tasks.extract.fr.names.boundaries import join_hyphens, mark_demonyms, reject, trim
from tasks.extract.fr.names.consistency import follow_full_names, read_cues, spread, tell_known, vote
from tasks.extract.fr.names.gazetteer import GazetteerMatch, known_matcher, match_known
from tasks.extract.fr.names.hyphenated_pairs import split_pairs
from tasks.extract.fr.names.mention_edits import Document, Rule
from tasks.extract.fr.names.organisation_forms import find_groups, pair_acronyms
from warehouse.rows import Mention, Sentence

if TYPE_CHECKING:
    from spacy.language import Language

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
)
MOST_REMEMBERED = 20_000  # paragraphs: some 40 MB, and the copies of a dispatch come close together
BATCH = 128  # paragraphs per batch: measured, see benchmarks/names_speed.py

# spaCy refuses texts of a million characters and takes memory by the length: a longer line is cut between words.
_PIECE = re.compile(r".{1,20000}(?:(?!\S)|$)|.{1,20000}")

# One character for one character: positions in the text stay what they are.
PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " "})


@dataclass(frozen=True, slots=True)
class ParagraphNames:
    """What the pipeline says of one paragraph: names and known names, positions counted in the paragraph."""

    names: tuple[Mention, ...]
    known: tuple[GazetteerMatch, ...]


@dataclass(slots=True)
class ParagraphMemory:
    """Paragraphs read so far. The same object given to several calls, no paragraph is read twice; the counts say how
    many paragraphs were met and how many of them the pipeline had to read."""

    readings: dict[str, ParagraphNames] = field(default_factory=dict)
    count_met: int = 0
    count_read: int = 0

    def forget_oldest(self) -> None:
        """Make room: the older half goes once there are more than `MOST_REMEMBERED`."""
        if len(self.readings) > MOST_REMEMBERED:
            for paragraph in list(self.readings)[: len(self.readings) - MOST_REMEMBERED // 2]:
                del self.readings[paragraph]


_REMEMBERED: WeakKeyDictionary[Language, ParagraphMemory] = WeakKeyDictionary()


def remembered(nlp: Language) -> ParagraphMemory:
    """What a pipeline has read so far in this process: news agencies' paragraphs come again in many papers."""
    return _REMEMBERED.setdefault(nlp, ParagraphMemory())


def find_names(
    nlp: Language,
    texts: Sequence[str],
    *,
    sentences: Sequence[Sequence[Sentence]],
    rules: Sequence[Rule] | None = None,
    recognised: ParagraphMemory | None = None,
) -> list[list[Mention]]:
    """The names of each text, in the order of the text, without overlap; `text[start_char:end_char]` is the surface.

    `sentences` are those of each text; one whose `language` is known and is not the pipeline's gives no names. `rules`
    replaces the rules of the pipeline's language (all of them for French, none for others); `recognised` is
    what earlier calls with this pipeline have read, and is added to.
    """
    language = nlp.lang or ""
    if rules is None:
        rules = RULES if language == "fr" else ()
    recognised = recognised if recognised is not None else ParagraphMemory()
    recognised.forget_oldest()
    plain = [text.translate(PLAIN) for text in texts]
    native = [_without_foreign(text, some, language) for text, some in zip(plain, sentences, strict=True)]
    paragraphs = [list(_paragraphs(text, left)) for text, left in zip(plain, native, strict=True)]
    _recognise(nlp, {line for cut in paragraphs for _, line in cut}, recognised)
    recognised.count_met += sum(map(len, paragraphs))
    found = []
    for text, left, cut, some in zip(texts, native, paragraphs, sentences, strict=True):
        mentions, known = _gather(cut, recognised.readings, left)
        starts = frozenset(sentence.start_char for sentence in some)
        document = Document(left, starts, {(one.start, one.end): one for one in known})
        for rule in rules:
            mentions = rule(mentions, document)
        found.append([replace(m, surface=text[m.start_char : m.end_char]) for m in mentions])
    return found


def _without_foreign(text: str, sentences: Sequence[Sentence], language: str) -> str:
    """The text with a paragraph break for every character of a sentence in another language: no rule looks there."""
    parts, at = [], 0
    for sentence in sentences:
        if sentence.language and sentence.language != language:
            parts += [text[at : sentence.start_char], "\n" * (sentence.end_char - sentence.start_char)]
            at = sentence.end_char
    return "".join([*parts, text[at:]])


def _paragraphs(text: str, native: str) -> Iterator[tuple[int, str]]:
    """The paragraphs with a letter that is not in a foreign sentence, and their positions. The recogniser sees a
    paragraph whole: a foreign sentence in it is context."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if any(map(str.isalpha, native[start:end])):
            yield from ((start + piece.start(), piece[0]) for piece in _PIECE.finditer(line))
        start = end + 1


def _recognise(nlp: Language, paragraphs: set[str], recognised: ParagraphMemory) -> None:
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
            recognised.readings[doc.text] = ParagraphNames(names, tuple(match_known(matcher, doc)) if matcher else ())
    recognised.count_read += len(unread)


def _gather(
    paragraphs: Sequence[tuple[int, str]], readings: dict[str, ParagraphNames], native: str
) -> tuple[list[Mention], list[GazetteerMatch]]:
    """The readings of a text's paragraphs, positions counted in the text, without those in foreign sentences."""
    mentions, known = [], []
    for at, line in paragraphs:
        reading = readings[line]
        mentions += [
            replace(name, start_char=at + name.start_char, end_char=at + name.end_char) for name in reading.names
        ]
        known += [replace(one, start=at + one.start, end=at + one.end) for one in reading.known]
    mentions = [name for name in mentions if "\n" not in native[name.start_char : name.end_char]]
    return mentions, [one for one in known if "\n" not in native[one.start : one.end]]


@cache
def _label_map() -> tuple[dict[str, str], frozenset[str]]:
    data = tomllib.loads(Path(__file__).with_name("spacy_labels.toml").read_text(encoding="utf-8"))
    return {theirs: ours for ours in ("PER", "LOC", "ORG", "MISC") for theirs in data[ours]}, frozenset(
        data["demonyms"]
    )
