"""People, places and organisations in paragraphs, by a spaCy recogniser that remembers the paragraphs it has read.

A paragraph is a line of text. Paragraphs go through the pipeline in batches, each different one once per call, in plain
characters (`PLAIN`): the French models take "l’OTAN" and "qu’" for names otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tasks.extract.language import language_of
from tasks.extract.mentions import GazetteerMatch
from tasks.text.data_files import read_toml
from warehouse.facts import Mention

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

MOST_REMEMBERED = 20_000  # paragraphs: about 40 MB, and the copies of a dispatch come close together
BATCH = 64  # paragraphs per batch: measured, see benchmarks/names_speed.py

# Typographic apostrophes, spaces and hyphens to plain ones, one character for one: positions in the text stay what they are.
PLAIN = str.maketrans(
    dict.fromkeys("’‘ʼ", "'") | dict.fromkeys("\u00a0\u202f\u2009\u2007", " ") | dict.fromkeys("\u2010\u2011", "-")
)


@dataclass(frozen=True, slots=True)
class ParagraphNames:
    """The names that the recogniser and the gazetteer found in one paragraph, positions counted in the paragraph."""

    names: tuple[Mention, ...]
    known: tuple[GazetteerMatch, ...]


@dataclass(slots=True)
class ParagraphMemory:
    """Paragraphs read so far by one pipeline: given to several calls, no paragraph is read twice.

    `count_met` counts the paragraphs of all calls, `count_read` those that the pipeline had to read.
    """

    read: dict[str, ParagraphNames] = field(default_factory=dict)
    count_met: int = 0
    count_read: int = 0

    def forget_oldest(self) -> None:
        """Make room: the older half is removed once there are more than `MOST_REMEMBERED`."""
        if len(self.read) > MOST_REMEMBERED:
            for paragraph in list(self.read)[: len(self.read) - MOST_REMEMBERED // 2]:
                del self.read[paragraph]


_MEMORIES: WeakKeyDictionary[Pipeline, ParagraphMemory] = WeakKeyDictionary()


def memory_of(nlp: Pipeline) -> ParagraphMemory:
    """What a pipeline has read so far in this process: paragraphs of news agencies come again in many papers."""
    return _MEMORIES.setdefault(nlp, ParagraphMemory())


def recognise(nlp: Pipeline, paragraphs: set[str], memory: ParagraphMemory) -> None:
    """Add to `memory` the paragraphs that are not in it, those of similar length together.

    What a batch adds to the vocabulary is freed with it, so that memory does not grow with the number of documents.
    """
    unread = sorted(paragraphs - memory.read.keys(), key=lambda line: (len(line), line))
    extractor = str(nlp.meta.get("revue_extractor", nlp.meta.get("name", "")))
    language = language_of(nlp.lang)
    make_gazetteer = language.rules.make_gazetteer if language else None
    find_known = make_gazetteer(nlp) if make_gazetteer else None
    with nlp.memory_zone():
        for doc in nlp.pipe(unread, batch_size=BATCH):
            memory.read[doc.text] = ParagraphNames(
                _mentions(doc, extractor), tuple(find_known(doc)) if find_known else ()
            )
    memory.count_read += len(unread)


def _mentions(doc: Doc, extractor: str) -> tuple[Mention, ...]:
    labels, demonyms = _label_map()
    return tuple(
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


@cache
def _label_map() -> tuple[dict[str, str], frozenset[str]]:
    """The label of the tables for each label of a pipeline, and the pipelines' labels that mark demonyms."""
    data = read_toml(Path(__file__).with_name("spacy_labels.toml"))
    labels = {theirs: ours for ours in ("PER", "LOC", "ORG", "MISC") for theirs in data[ours]}
    return labels, frozenset(data["demonyms"])
