"""People, places and organisations in texts: the recogniser paragraph by paragraph, then the rules of its language.

The rules read the whole text: first those about one name, then those that find names by their form, then those that
compare the names of a document. A name never crosses a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.extract.language import language_of
from tasks.extract.mentions import Document, GazetteerMatch, NameRule
from tasks.extract.recogniser import PLAIN, ParagraphMemory, ParagraphNames, recognise
from warehouse.facts import Mention, Sentence

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

# spaCy refuses texts of a million characters and takes memory by the length: a longer line is cut between words.
_PIECE = re.compile(r".{1,20000}(?:(?!\S)|$)|.{1,20000}")


def find_names(
    nlp: Pipeline,
    texts: Sequence[str],
    *,
    sentences: Sequence[Sequence[Sentence]],
    rules: Sequence[NameRule] | None = None,
    memory: ParagraphMemory | None = None,
) -> list[list[Mention]]:
    """The names of each text, in the order of the text, without overlap; `text[start_char:end_char]` is the surface.

    `sentences` are those of each text; one whose `language` is known and is not the pipeline's gives no names. `rules`
    replaces the name rules of the pipeline's language; `memory` is what earlier calls with this pipeline have read, and
    is added to.
    """
    code = nlp.lang or ""
    if rules is None:
        language = language_of(code)
        rules = language.rules.name_rules if language else ()
    memory = memory if memory is not None else ParagraphMemory()
    memory.forget_oldest()
    plain = [text.translate(PLAIN) for text in texts]
    native = [_without_foreign(text, some, code) for text, some in zip(plain, sentences, strict=True)]
    paragraphs = [list(_paragraphs(text, left)) for text, left in zip(plain, native, strict=True)]
    recognise(nlp, {line for cut in paragraphs for _, line in cut}, memory)
    memory.count_met += sum(map(len, paragraphs))
    found = []
    for text, left, cut, some in zip(texts, native, paragraphs, sentences, strict=True):
        mentions, known = _gather(cut, memory.read, left)
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
    """The paragraphs with a letter that is not in a foreign sentence, and their positions.

    The recogniser reads a paragraph whole: a foreign sentence in it is context.
    """
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if any(map(str.isalpha, native[start:end])):
            yield from ((start + piece.start(), piece[0]) for piece in _PIECE.finditer(line))
        start = end + 1


def _gather(
    paragraphs: Sequence[tuple[int, str]], read: dict[str, ParagraphNames], native: str
) -> tuple[list[Mention], list[GazetteerMatch]]:
    """The names of a text's paragraphs, positions counted in the text, without those in foreign sentences."""
    mentions, known = [], []
    for at, line in paragraphs:
        mentions += [
            replace(name, start_char=at + name.start_char, end_char=at + name.end_char) for name in read[line].names
        ]
        known += [replace(one, start=at + one.start, end=at + one.end) for one in read[line].known]
    mentions = [name for name in mentions if "\n" not in native[name.start_char : name.end_char]]
    return mentions, [one for one in known if "\n" not in native[one.start : one.end]]
