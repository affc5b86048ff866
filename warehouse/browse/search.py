"""`revue search`: documents that hold some words, best first, each with the sentence that fits best."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from warehouse.browse.limits import open_limited
from warehouse.browse.search_index import ADVICE, Progress, open_index
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.store import fetch_rows, read_sql

if TYPE_CHECKING:
    import duckdb

_TOKEN = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
# Maps the folded words given to what they are compared by: their stems, or themselves.
Stemmer = Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """One document that was found: `marks` are the positions of the words in `sentence`, which is empty when only its title fits."""

    doc_id: str
    uri: str
    url: str | None
    title: str | None
    published_on: date | None
    source: str
    score: float | None
    sentence_no: int | None
    sentence: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The documents shown of the `count` found. `method` says what answered; `is_all` whether they hold all words, or some."""

    count: int
    method: Literal["stemmed", "plain"]
    is_all: bool
    found: tuple[Found, ...]


def search(warehouse: Path, words: str, *, limit: int, progress: Progress) -> Answer:
    """Search the titles and texts of the documents.

    Inflected forms are found with DuckDB's extension fts; without it, words that begin as given. Accents and case do not count.
    Raises `UsageError` when no word was given.
    """
    wanted = _choose_words(words)
    if not wanted:
        raise UsageError("No word to search for was given. Write one: `revue search inondation`.")
    index = open_index(warehouse, Companions(warehouse).search_index, progress)
    if index is None:
        with open_limited(warehouse, advice=ADVICE) as connection:
            rows = connection.execute(read_sql("warehouse.browse", "sql/search/plain"), {"words": wanted}).fetchall()
            found = _describe(
                connection, rows[:limit], wanted, lambda words: dict(zip(words, words, strict=True)), False
            )
        return Answer(len(rows), "plain", True, found)
    with index:
        values = {"words": " ".join(wanted)}
        for is_all in (True, False):
            rows = index.execute(
                read_sql("warehouse.browse", "sql/search/ranked"), {**values, "is_all": is_all}
            ).fetchall()
            if rows:
                break
        with open_limited(warehouse, advice=ADVICE) as connection:
            found = _describe(connection, rows[:limit], wanted, functools.partial(_stem, index), True)
    return Answer(len(rows), "stemmed", is_all or not rows, found)


def fold(word: str) -> str:
    """A word in lower case, without accents and ligatures."""
    decomposed = unicodedata.normalize("NFD", word.translate(_LIGATURES).lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _choose_words(words: str) -> list[str]:
    """The words to search for, without function words, unless there are no others."""
    given = list(dict.fromkeys(fold(token) for token in _TOKEN.findall(words)))
    ignored = set(files("warehouse.browse").joinpath("function_words/fr.txt").read_text(encoding="utf-8").split())
    return [word for word in given if word not in ignored] or given


def _stem(index: duckdb.DuckDBPyConnection, words: Collection[str]) -> Mapping[str, str]:
    rows = index.execute(
        "select word, stem(word, 'french') from (select unnest($words) as word)", {"words": list(words)}
    )
    return dict(rows.fetchall())


def _describe(
    connection: duckdb.DuckDBPyConnection,
    ranked: Sequence[tuple[str, float | None]],
    wanted: Sequence[str],
    stem: Stemmer,
    is_stemmed: bool,
) -> tuple[Found, ...]:
    """The documents in order, each with its best sentence."""
    ids = {"ids": [doc_id for doc_id, _ in ranked]}
    described = {
        row["doc_id"]: row for row in fetch_rows(connection, read_sql("warehouse.browse", "sql/search/described"), ids)
    }
    sentences: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for doc_id, number, surface in connection.execute(
        read_sql("warehouse.browse", "sql/search/sentences"), ids
    ).fetchall():
        sentences[doc_id].append((number, surface))
    tokens = {fold(token) for each in sentences.values() for _, surface in each for token in _TOKEN.findall(surface)}
    stems = stem(tokens | set(wanted))
    keys = {stems[word] for word in wanted}

    def is_wanted(token: str) -> str | None:
        """The word that a token of a sentence stands for."""
        folded = fold(token)
        if is_stemmed:
            return stems[folded] if stems[folded] in keys else None
        return next((word for word in wanted if folded.startswith(word)), None)

    results = []
    for doc_id, score in ranked:
        number, sentence, marks = _choose_sentence(sentences[doc_id], is_wanted)
        results.append(Found(**described[doc_id], score=score, sentence_no=number, sentence=sentence, marks=marks))
    return tuple(results)


def _choose_sentence(
    sentences: Sequence[tuple[int, str]], is_wanted: Callable[[str], str | None]
) -> tuple[int | None, str, tuple[tuple[int, int], ...]]:
    """The sentence with most of the words, and among these the one in which they stand closest; with the words' positions."""
    best: tuple[tuple[int, int], int | None, str, tuple[tuple[int, int], ...]] = ((0, 0), None, "", ())
    for number, surface in sentences:
        hits = [(match.span(), word) for match in _TOKEN.finditer(surface) if (word := is_wanted(match[0]))]
        if not hits:
            continue
        width = hits[-1][0][1] - hits[0][0][0]
        rank = (len({word for _, word in hits}), -width)
        if best[1] is None or rank > best[0]:
            best = (rank, number, surface, tuple(span for span, _ in hits))
    return best[1:]
