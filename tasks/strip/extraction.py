"""The article of an HTML page as trafilatura (Barbaresi 2021) finds it, as evidence for each visible line.

The one home of trafilatura: it decides which visible lines are article; the text is then assembled from these lines
exactly as for a plain-text page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from tasks.page.parse import count_elements
from tasks.page.render import RenderedPage
from tasks.text.words import split_folded_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_READ = 50_000  # elements: trafilatura has no time limit of its own; beyond this the lines decide alone
_METADATA = (
    "title", "author", "url", "hostname", "description", "sitename", "date", "categories", "tags", "language", "image", "pagetype",
)  # fmt: skip
_RUN = 4  # words: a line's words count as extracted when a run of so many stands in the extraction
_MOST = 0.5  # share of a line's words from which the line is the article's
_LEAST_WORDS = 25  # of an extraction that is used
# Log odds of trafilatura's choice beside those of the lines' features. It misses more lines than it adds, so a line
# taken is stronger evidence than a line left out (measured, cross-validated).
TAKEN, LEFT = 2.5, -1.0
LEFT_BESIDE = -5.0  # left out by trafilatura, and marked as comments, navigation or the like in the markup


class Extraction(NamedTuple):
    """The article of a page and the metadata of its head as trafilatura finds them; empty where it fails."""

    article: str = ""
    metadata: Mapping[str, Any] = MappingProxyType({})


def extract_article(tree: HtmlElement, url: str | None = None) -> Extraction:
    """The article and the metadata of a parsed page: title, author, date, sitename, url, description and the like."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    if count_elements(tree) > MOST_READ:
        return Extraction()
    try:
        document = bare_extraction(
            deepcopy(tree), url=url, favor_precision=True, include_comments=False, with_metadata=True
        )
    except Exception:  # trafilatura may fail on any markup; the classifier of lines then decides alone
        return Extraction()
    if document is None:
        return Extraction()
    found = document if isinstance(document, dict) else document.as_dict()
    return Extraction(str(found.get("text") or ""), {name: found[name] for name in _METADATA if found.get(name)})


def weigh_extraction(page: RenderedPage, article: str, spans: Sequence[tuple[int, int]]) -> list[float] | None:
    """The log odds that each visible line is article, from trafilatura's choice; None when it found no article."""
    contents = [page.text[start:end].strip() for start, end in spans]
    extracted = [split_folded_words(line) for line in article.split("\n")]
    if sum(map(len, extracted)) < _LEAST_WORDS:
        return None
    found = _find_lines([split_folded_words(content) for content in contents], extracted)
    beside = _beside_article(page, spans)
    return [
        TAKEN if is_found else LEFT_BESIDE if is_beside else LEFT
        for is_found, is_beside in zip(found, beside, strict=True)
    ]


def _beside_article(page: RenderedPage, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each line whether the markup marks all of it as something other than the article."""
    beside, physical = [], 0
    for number, (start, _) in enumerate(spans):
        physical += number > 0 and page.text[start - 1] == "\n"
        beside.append(physical < len(page.is_beside) and page.is_beside[physical])
    return beside


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
