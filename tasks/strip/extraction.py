"""The article of an HTML page as trafilatura (Barbaresi 2021) finds it, as evidence for each visible line.

The one home of trafilatura: it decides which visible lines are article; the text is then assembled from these lines
exactly as for a plain-text page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from tasks.page.parse import count_elements
from tasks.page.render import Mark, RenderedPage
from tasks.page.roles import EXCLUDED, ROLE, is_layout_cell
from tasks.text.words import split_folded_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_READ = 50_000  # elements: trafilatura has no time limit of its own; beyond this the lines decide alone
_METADATA = (
    "title", "author", "url", "hostname", "description", "sitename", "date", "categories", "tags", "language", "image", "pagetype",
)  # fmt: skip
_RUN = 4  # words: a line's words count as extracted when a run of so many stands in the extraction
_MOST = 0.5  # share of a line's words from which the line is the article's
_CELL_DEPTH = 3  # elements from a cell up to its table
_LEAST_WORDS = 25  # of an extraction that is used
# Log odds of trafilatura's choice beside those of the lines' features. It misses more lines than it adds, so a line
# taken is stronger evidence than a line left out (measured, cross-validated).
TAKEN = 2.5
_LEFT = {Mark.NONE: -1.0, Mark.BESIDE: -5.0, Mark.EXCLUDED: -math.inf}
_UNREAD = {Mark.NONE: 0.0, Mark.BESIDE: -3.0, Mark.EXCLUDED: -math.inf}  # where trafilatura finds no article


class Extraction(NamedTuple):
    """The article of a page and the metadata of its head as trafilatura finds them; empty where it fails."""

    article: str = ""
    metadata: Mapping[str, Any] = MappingProxyType({})


def extract_article(tree: HtmlElement, url: str | None = None) -> Extraction:
    """The article and the metadata of a parsed page: title, author, date, sitename, url, description and the like."""
    from trafilatura import bare_extraction

    if count_elements(tree) > MOST_READ:
        return Extraction()
    try:
        document = bare_extraction(
            _prepare(tree), url=url, favor_precision=True, include_comments=False, with_metadata=True
        )
    except Exception:  # trafilatura may fail on any markup; the classifier of lines then decides alone
        return Extraction()
    if document is None:
        return Extraction()
    found = document if isinstance(document, dict) else document.as_dict()
    return Extraction(str(found.get("text") or ""), {name: found[name] for name in _METADATA if found.get(name)})


def _prepare(tree: HtmlElement) -> HtmlElement:
    """A copy of a page without what is certainly not its article, in which nothing hides the article from trafilatura."""
    copy = deepcopy(tree)
    for element in copy.xpath(f"//*[@{ROLE}]"):
        if element.get(ROLE) == EXCLUDED:
            element.drop_tree()
        elif element.tag not in ("html", "body"):
            element.tag = "div"
            element.attrib.clear()
    for cell in [cell for cell in copy.iter("td") if is_layout_cell(cell)]:
        for element in (cell, *islice(cell.iterancestors(), _CELL_DEPTH)):
            if element.tag in ("td", "tr", "tbody", "table"):
                element.tag = "div"
    return copy


def weigh_extraction(page: RenderedPage, article: str, spans: Sequence[tuple[int, int]]) -> list[float] | None:
    """The log odds that each visible line is article, from trafilatura's choice; None when it found no article."""
    extracted = [split_folded_words(line) for line in article.split("\n")]
    marks = _mark_lines(page, spans)
    if sum(map(len, extracted)) < _LEAST_WORDS:
        return [_UNREAD[mark] for mark in marks] if any(marks) else None
    found = _find_lines([split_folded_words(page.text[start:end]) for start, end in spans], extracted)
    return [
        TAKEN if is_found and mark < Mark.EXCLUDED else _LEFT[mark] for is_found, mark in zip(found, marks, strict=True)
    ]


def _mark_lines(page: RenderedPage, spans: Sequence[tuple[int, int]]) -> list[Mark]:
    """For each line what the markup says of all of it."""
    marks, physical = [], 0
    for number, (start, _) in enumerate(spans):
        physical += number > 0 and page.text[start - 1] == "\n"
        marks.append(page.marks[physical] if physical < len(page.marks) else Mark.NONE)
    return marks


def _find_lines(lines: Sequence[Sequence[str]], extracted: Sequence[Sequence[str]]) -> list[bool]:
    """Which visible lines stand in the extracted ones: by runs of words; a short line must stand beside one that was found."""
    flat = [word for line in extracted for word in line]
    runs = Counter(tuple(flat[at : at + _RUN]) for at in range(max(1, len(flat) - _RUN + 1)))
    whole = Counter(tuple(line) for line in extracted if line)
    found = [False] * len(lines)
    for number, words in enumerate(lines):
        if len(words) >= _RUN:
            hit = [False] * len(words)
            for at in range(len(words) - _RUN + 1):
                if tuple(words[at : at + _RUN]) in runs:
                    hit[at : at + _RUN] = [True] * _RUN
            found[number] = sum(hit) >= _MOST * len(words)
    filled = [number for number, words in enumerate(lines) if words]
    for place, number in enumerate(filled):
        words = lines[number]
        if len(words) < _RUN and whole[tuple(words)]:
            beside = filled[max(place - 2, 0) : place] + filled[place + 1 : place + 3]
            found[number] = any(found[other] for other in beside)
    return found
