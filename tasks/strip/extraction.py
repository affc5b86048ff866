"""The article of an HTML page as trafilatura (Barbaresi 2021) finds it, as evidence for each visible line.

The one home of trafilatura: it decides which visible lines are article; the text is then assembled from these lines
exactly as for a plain-text page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from tasks.page.parse import count_elements
from tasks.page.render import Mark, RenderedPage
from tasks.page.roles import ARTICLE, EXCLUDED, ROLE, is_layout_cell
from tasks.strip.assemble import NEVER
from tasks.strip.lexicon import load_lexicon
from tasks.strip.line_matching import find_lines
from tasks.strip.omissions import BESIDE
from tasks.text.words import split_folded_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_READ = 50_000  # elements: trafilatura has no time limit of its own; beyond this the lines decide alone
_METADATA = (
    "title", "author", "url", "hostname", "description", "sitename", "date", "categories", "tags", "language", "image", "pagetype",
)  # fmt: skip
_CELL_DEPTH = 3  # elements from a cell up to its table
_LEAST_WORDS = 25  # of a reading that is used
# Log odds of one reading, beside those of the lines' features (measured, cross-validated by publisher).
TAKEN, LEFT = 2.0, -1.5
_UNREAD = {Mark.NONE: 0.0, Mark.BESIDE: BESIDE}  # where no reading finds an article
_KNOWN_FROM = 0.1  # share of function words from which the language is one of the lexicon's
_UNKNOWN = 8.0  # factor of the log odds in another language: the features then say next to nothing
_LEAST_UNSPACED = 0.3  # of the letters, from which the script is one whose features need no words
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


class Extraction(NamedTuple):
    """The article of a page in several readings, and the metadata of its head, as trafilatura finds them.

    Without any in the language of the lexicon (`is_known`) the readings decide nearly alone.
    """

    readings: Sequence[Sequence[Sequence[str]]] = ()
    is_known: bool = True
    metadata: Mapping[str, Any] = MappingProxyType({})


def extract_article(tree: HtmlElement, url: str | None = None) -> Extraction:
    """The readings and the metadata of a parsed page: title, author, date, sitename, url, description and the like.

    A reading is the words of each line that trafilatura extracts: in its precise mode, in its generous mode, and, in a
    language that the lexicon does not know, in its default mode too.
    """
    if count_elements(tree) > MOST_READ:
        return Extraction()
    generous = _extract(tree, url, favor_recall=True, with_metadata=True)
    texts = [generous.get("text"), _extract(tree, url, favor_precision=True).get("text")]
    readings = [reading for text in texts if (reading := _read_words(text))]
    is_known = _is_known(readings)
    if not is_known and (reading := _read_words(_extract(tree, url).get("text"))):
        readings.append(reading)
    return Extraction(readings, is_known, {name: generous[name] for name in _METADATA if generous.get(name)})


def _extract(
    tree: HtmlElement,
    url: str | None,
    *,
    favor_precision: bool = False,
    favor_recall: bool = False,
    with_metadata: bool = False,
) -> Mapping[str, Any]:
    """What trafilatura finds on a page; empty where it finds nothing or fails."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            _prepare(tree),
            url=url,
            favor_precision=favor_precision,
            favor_recall=favor_recall,
            include_comments=False,
            with_metadata=with_metadata,
        )
    except Exception:  # trafilatura may fail on any markup; the classifier of lines then decides alone
        return {}
    if document is None:
        return {}
    return document if isinstance(document, dict) else document.as_dict()


def _read_words(text: str | None) -> list[list[str]]:
    """The words of each line of a reading; nothing where there are too few."""
    lines = [split_folded_words(line) for line in (text or "").split("\n")]
    return lines if sum(map(len, lines)) >= _LEAST_WORDS else []


def _is_known(readings: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Whether enough words of the readings are function words of the lexicon, or their script has no such words."""
    words = [word for reading in readings for line in reading for word in line]
    functions = load_lexicon().function_words
    letters = "".join(words)
    is_unspaced = len(_UNSPACED.findall(letters)) >= _LEAST_UNSPACED * len(letters)
    return is_unspaced or sum(word in functions for word in words) >= _KNOWN_FROM * len(words)


def _prepare(tree: HtmlElement) -> HtmlElement:
    """A copy of a page without what is certainly not its article, in which nothing hides the article from trafilatura."""
    copy = deepcopy(tree)
    for element in copy.xpath(f"//*[@{ROLE}]"):
        if element.get(ROLE) == EXCLUDED:
            element.drop_tree()
        elif element.get(ROLE) == ARTICLE:
            element.tag = "div"
            element.attrib.clear()
    for cell in [cell for cell in copy.iter("td") if is_layout_cell(cell)]:
        for element in (cell, *islice(cell.iterancestors(), _CELL_DEPTH)):
            if element.tag in ("td", "tr", "tbody", "table"):
                element.tag = "div"
    return copy


def weigh_extraction(
    page: RenderedPage, extraction: Extraction, spans: Sequence[tuple[int, int]]
) -> list[float] | None:
    """The log odds that each visible line is article, from the readings and the markup; None when neither says anything."""
    marks = _mark_lines(page, spans)
    if not extraction.readings:
        return [_UNREAD.get(mark, NEVER) for mark in marks] if any(marks) else None
    lines = [split_folded_words(page.text[start:end]) for start, end in spans]
    found = [find_lines(lines, reading) for reading in extraction.readings]
    factor = 1.0 if extraction.is_known else _UNKNOWN
    return [_weigh_line(mark, taken, factor) for mark, taken in zip(marks, zip(*found, strict=True), strict=True)]


def _weigh_line(mark: Mark, taken: Sequence[bool], factor: float) -> float:
    if mark == Mark.EXCLUDED:
        return NEVER
    if mark == Mark.BESIDE and not all(taken):
        return factor * BESIDE
    return factor * sum(TAKEN if is_taken else LEFT for is_taken in taken)


def _mark_lines(page: RenderedPage, spans: Sequence[tuple[int, int]]) -> list[Mark]:
    """For each line what the markup says of all of it."""
    marks, physical = [], 0
    for number, (start, _) in enumerate(spans):
        physical += number > 0 and page.text[start - 1] == "\n"
        marks.append(page.marks[physical] if physical < len(page.marks) else Mark.NONE)
    return marks
