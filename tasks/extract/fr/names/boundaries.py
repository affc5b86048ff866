"""Rules about the boundaries of one name: what belongs to it, and what is not a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from tasks.extract.fr.names.countries import demonym_countries, is_demonym
from tasks.extract.fr.names.lexicon import read_words, words_pattern
from tasks.extract.mentions import Document, reshape
from warehouse.facts import Mention

# Never the first or last character of a name. A full stop or a bracket may be the last: "Amazon Inc.", "Lyon (2e)".
_EDGE = " \t\"'«»“”‘’„,;:!?…-–—/|*•·<>=+#_@&"
# Between two names, or between a name and other text: "Tour : Roux", "Sipa/6368", "Anne Roux / Sipa", "Anne Roux - 14", "Front » jeudi", "Brest 2-0".
_BETWEEN = re.compile(r"\s?: |/(?=\d)|\s/\s|\s[-–—]\s(?=\d)|\s?[»”]\s?|\s(?=\d{1,3}[-–]\d)")
_AND = re.compile(r"\s?&\s?")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_CAPITAL_ARTICLE = re.compile(r"(?<=[a-zà-ÿ,;)] )L'$")  # inside a sentence part of the name: "de L'Haÿ-les-Roses"
_PREFIXED = re.compile(
    r"[NM]'(?=[^\W\d_])(?=\S*[a-zà-ÿ])[A-ZÀ-Ý]"
)  # "N'Djamena": no clitic has a capital before a capital


@cache
def _first(key: str) -> re.Pattern[str]:
    """A word of this list at the beginning of a name that goes on after it."""
    return re.compile(rf"{words_pattern(read_words(key))}(?:(?<=')|(?<=-)|\s+(?=\S))", re.IGNORECASE)


def trim(mentions: list[Mention], document: Document) -> list[Mention]:
    """Remove articles, clitics, quotation marks, titles and functions from the span; `X : Y` is two names."""
    parts = [part for mention in mentions for part in _cut(mention, document)]
    return [trimmed for part in parts if (trimmed := _trim_one(part, document))]


def _cut(mention: Mention, document: Document) -> Iterator[Mention]:
    """The parts of a name that runs over a colon, the end of a quotation, an `&` or into the next sentence."""
    start, end = mention.start_char, mention.end_char
    cuts = [between.span() for between in _BETWEEN.finditer(document.text, start, end)]
    if mention.label == "PER":
        cuts += [both.span() for both in _AND.finditer(document.text, start, end)]
    cuts += [(at, at) for at in range(start + 1, end) if at in document.starts]
    for before, after in sorted(cuts):
        yield reshape(mention, start, before, document)
        start = after
        if mention.label == "PER" and "/" in document.text[before:after]:
            mention = replace(mention, label="ORG")  # a photographer is followed by the agency that sells the picture
    yield reshape(mention, start, mention.end_char, document) if start > mention.start_char else mention


def _trim_one(mention: Mention, document: Document) -> Mention | None:
    text, start, end, label = document.text, mention.start_char, mention.end_char, mention.label
    before = None
    if start > 1 and _PREFIXED.match(text, start - 2) and not text[start - 3 : start - 2].isalnum():
        start -= 2  # the tokenizer cut it off
    while start < end and (start, end) != before:
        before = (start, end)
        if end - start > 3 and text[end - 1] == "." and "." not in text[start : end - 1] and text[end - 3] != " ":
            end -= 1  # of the sentence; "Berg I." and "U.S.A." keep theirs
        start, end = _trim_marks(text, start, end)
        if start < end and (start, end) not in document.known:
            skips = (
                skip(document, start, end, label) for skip in (_skip_article, _skip_title, _skip_kind, _skip_people)
            )
            start, label = next((skipped for skipped in skips if skipped), (start, label))
    if label == "LOC" and (article := _CAPITAL_ARTICLE.search(text, max(0, start - 4), start)):
        start = article.start()
    if label == "ORG" and (ministry := _national_ministry().fullmatch(text, start, end)):
        end = ministry.end("name")
    return reshape(mention, start, end, document, label) if start < end else None


def _trim_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Without punctuation at the edges, brackets only when the other one is outside."""
    while start < end and text[start] in _EDGE + ".)]":
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    if start < end and text[end - 1] in ")]" and not any(bracket in text[start:end] for bracket in "(["):
        end -= 1
    if start < end and text[start] in "([" and not any(bracket in text[start:end] for bracket in ")]"):
        start += 1
    return start, end


# Each returns where a name begins without a first word that is not part of it, and the label it then has.


def _skip_article(document: Document, start: int, end: int, label: str) -> tuple[int, str] | None:
    article = _first("articles").match(document.text, start, end)
    if not article or _PREFIXED.match(document.text, start):
        return None
    if article[0][0].islower():
        is_surname = label == "PER" and article[0].strip() in read_words("particles")
        return None if is_surname and " " not in document.text[article.end() : end] else (article.end(), label)
    if (article.end(), end) in document.known or (start in document.starts and label != "PER"):
        return article.end(), label
    return None


def _skip_title(document: Document, start: int, end: int, label: str) -> tuple[int, str] | None:
    title = _first("titles").match(document.text, start, end)
    if not title:
        return None
    rest = document.text[title.end() : end]
    article = _first("articles").match(rest)
    if label in ("PER", "MISC") and (rest[0].isupper() or article or title[0][0].islower()):
        return title.end(), "PER" if label == "MISC" and " " in rest and rest[0].isupper() else label
    return (title.end(), label) if label == "LOC" or (article and article[0][0].islower()) else None


def _skip_kind(document: Document, start: int, end: int, label: str) -> tuple[int, str] | None:
    """`ville de X`, `ONG X`, `anti-X`."""
    key = {"LOC": "place_kinds", "ORG": "organisation_first"}.get(label)
    kind = _first(key).match(document.text, start, end) if key else None
    if kind and (kind[0][0].islower() or (label == "ORG" and document.text[kind.end()].isupper())):
        return kind.end(), label
    prefix = _first("prefixes").match(document.text, start, end)
    return (prefix.end(), label) if prefix and document.text[prefix.end()].isupper() else None


def _skip_people(document: Document, start: int, end: int, label: str) -> tuple[int, str] | None:
    """`Norvégienne Ida Berg`: the people before the person."""
    word = _WORD.match(document.text, start, end)
    if not word or not word[0][0].isupper() or not is_demonym(word[0]) or word.end() + 1 >= end:
        return None
    is_person = document.text[word.end()] == " " and document.text[word.end() + 1].isupper()
    return (word.end() + 1, "PER") if is_person else None


@cache
def _national_ministry() -> re.Pattern[str]:
    """`ministère de l'Intérieur turc`, `OSCE polonaise`: the adjective of a country after a name that is whole."""
    return re.compile(rf"(?P<name>ministère .+|[A-Z]{{2,}}) {words_pattern(demonym_countries())}")
