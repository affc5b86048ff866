"""extract: the sentences of a text, and the facts in them: names, dates, figures, quotes and roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Literal

from tasks.extract.language import (
    DEFAULT_LANGUAGE,
    DEFAULT_MODEL,
    Article,
    Countries,
    Language,
    language_of,
    read_countries,
    ruled_languages,
)
from tasks.extract.placement import place_in_stored
from tasks.text.clean_view import clean_view, encodable_view
from warehouse.facts import Facts, Mention, Sentence

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

__all__ = [
    "DEFAULT_MODEL", "VERSION", "Countries", "Language", "extract", "language_of", "load", "read_countries",
    "read_facts", "ruled_languages",
]  # fmt: skip

VERSION = 5


def read_facts(
    texts: Sequence[str],
    *,
    published_at: Sequence[datetime | date | None] | None = None,
    model: str = DEFAULT_MODEL,
    ner: Literal["revue", "model"] = "revue",
    language: str = DEFAULT_LANGUAGE,
) -> list[Facts]:
    """Read the facts of texts in one language, in their order; needs no warehouse and no Prefect.

    `published_at` (one for each text) is what "hier" and "jeudi" are counted from; without it they stay unresolved. The
    missing days of a DataFrame (`NaT`) are None. Raises `UsageError` when the spaCy pipeline `model` is not installed,
    `ValueError` when the two lists differ in length, `TypeError` when `texts` is one text.
    """
    if isinstance(texts, str):
        raise TypeError("read_facts takes a list of texts. Put the text into one: read_facts([text]).")
    # a missing day of a DataFrame is a datetime that does not equal itself
    anchors = [day if day == day else None for day in published_at] if published_at is not None else [None] * len(texts)
    if len(anchors) != len(texts):
        raise ValueError(
            f"{len(texts)} texts came with {len(anchors)} publication dates. Give one for each text, or None."
        )
    return extract(load(model, ner=ner), texts, anchors, [language] * len(texts))


def load(model: str = DEFAULT_MODEL, *, ner: Literal["revue", "model"] = "revue") -> Pipeline:
    """The spaCy pipeline that finds names, loaded once per process."""
    from tasks.extract.model import load_model

    return load_model(model, ner)


def extract(
    nlp: Pipeline,
    texts: Sequence[str],
    published_at: Sequence[datetime | date | None],
    languages: Sequence[str | None],
    *,
    others: Sequence[Pipeline] = (),
) -> list[Facts]:
    """The facts of each text: sentences in any language, everything else where its language has rules.

    Names are read by `nlp` in sentences of its own language and by each of `others` in those of its language; a
    sentence in a language that no pipeline reads gives none. All of them read the texts without what a reader does not
    see (`clean_view`); positions and surfaces are those of the texts as they are.
    """
    from tasks.extract.sentence_language import detect_language
    from tasks.extract.sentences import cut_sentences

    views = [encodable_view(clean_view(text, is_prose=True)) for text in texts]
    seen = [view.text for view in views]
    sentences = [
        [replace(sentence, language=detect_language(sentence.surface, language)) for sentence in cut_sentences(text)]
        for text, language in zip(seen, languages, strict=True)
    ]
    names = _find_all_names([nlp, *others], seen, sentences)
    return [
        place_in_stored(_find_facts(view.text, cut, found, anchor, language_of(language)), view)
        for view, cut, found, anchor, language in zip(views, sentences, names, published_at, languages, strict=True)
    ]


def _find_all_names(
    pipelines: Sequence[Pipeline], texts: Sequence[str], sentences: Sequence[Sequence[Sentence]]
) -> list[list[Mention]]:
    """The names of each text by all pipelines, in the order of the text.

    The first pipeline reads the sentences whose language is not known.
    """
    from tasks.extract.names import find_names
    from tasks.extract.recogniser import memory_of

    first = pipelines[0].lang
    assigned = [[replace(one, language=one.language or first) for one in some] for some in sentences]
    found = [find_names(nlp, texts, sentences=assigned, memory=memory_of(nlp)) for nlp in pipelines]
    return [
        sorted(chain(*by_text), key=lambda one: (one.start_char, one.end_char)) for by_text in zip(*found, strict=True)
    ]


def _find_facts(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    published_at: datetime | date | None,
    language: Language | None,
) -> Facts:
    """The facts of one text, by the finders of its language in their order."""
    facts = Facts(sentences=tuple(sentences), mentions=tuple(mentions))
    if language is None:
        return facts
    native = [sentence for sentence in sentences if sentence.language == language.code]
    article = Article(text, native, published_at)
    for kind, find in language.rules.finders.items():
        facts = replace(facts, **{kind: tuple(find(article, facts))})
    return facts
