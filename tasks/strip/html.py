"""HTML pages: the visible text as lines, and which of them are the article.

The one home of trafilatura (Barbaresi 2021), which decides which visible lines are article; the text is then
assembled from these lines exactly as for a plain-text page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tasks.strip.lexicon import words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 600  # nested elements; a real page has fewer than 100, and the libraries recurse
LARGEST = 20_000_000  # characters of markup; the largest real news page seen is a tenth of it
MOST_ELEMENTS = 400_000

_INVISIBLE = frozenset(
    "script style noscript template head title meta link svg math iframe object embed canvas select datalist audio video source track map area".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table figure hr article section".split())
_BLOCKS = frozenset(
    "html body div main header footer nav aside form fieldset legend address details summary dialog li dt dd tr thead tbody tfoot caption figcaption "
    "center button option label hgroup menu search".split()
) | _PARAGRAPHS
_CELLS = frozenset(("td", "th"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class UnreadableMarkupError(ValueError):
    """Raised when markup holds no page that can be read; `reason` is the word for the rejection."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Markup:
    """One parsed page: its visible text, its tree, what trafilatura took for the article, what the head says."""

    raw: str
    tree: HtmlElement | None = None
    article: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)


def read_markup(html: str, url: str | None = None) -> Markup:
    """A page's markup, parsed, rendered and read by trafilatura.

    Raises UnreadableMarkupError with reason `unreadable_markup`, `too_deep` or `too_large`.
    """
    tree = _parse(html)
    raw = render(tree)
    article, metadata = _extract(tree, url)
    return Markup(raw, tree, article, metadata)


def read_metadata(html: str, url: str | None = None) -> dict[str, Any]:
    """What trafilatura reads in a page's head: title, author, date, sitename, url, description and the like.

    Raises UnreadableMarkupError.
    """
    return _extract(_parse(html), url)[1]


def _parse(html: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if len(html) > LARGEST:
        raise UnreadableMarkupError("too_large", f"The markup has {len(html)} characters, more than {LARGEST}.")
    source = _FORBIDDEN.sub("", _DECLARATION.sub("", html)).encode("utf-8")
    for is_huge in (False, True):  # libxml2 silently drops what is nested deeper than about 254 unless told otherwise
        parser = HTMLParser(encoding="utf-8", huge_tree=is_huge, remove_comments=True, remove_pis=True)
        try:
            tree: HtmlElement = document_fromstring(source, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
            raise UnreadableMarkupError("unreadable_markup", f"The markup cannot be parsed: {error}.") from error
        if not any("depth" in entry.message.lower() for entry in parser.error_log):
            break
    _check_size(tree)
    return tree


def _check_size(tree: HtmlElement) -> None:
    from lxml.etree import iterwalk

    depth = deepest = count = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        count += event == "start"
        if deepest > DEEPEST:
            raise UnreadableMarkupError("too_deep", f"The markup nests more than {DEEPEST} elements.")
        if count > MOST_ELEMENTS:
            raise UnreadableMarkupError("too_large", f"The markup has more than {MOST_ELEMENTS} elements.")


def render(tree: HtmlElement) -> str:
    """A page's visible text: a block element ends a line, a paragraph-like one also leaves a blank line."""
    lines: list[str] = []
    parts: list[str] = []
    breaks = 0  # line ends due before the next text

    def flush(due: int) -> None:
        nonlocal breaks
        content = _SPACE.sub(" ", "".join(parts)).strip(" ")
        parts.clear()
        if content.strip():
            if lines:
                lines.append("\n" * max(breaks, 1))
            lines.append(content)
            breaks = due
        else:
            breaks = max(breaks, due)

    for kind, value in _walk(tree):
        if kind == "text":
            parts.append(value)
        elif kind == "break":
            flush(int(value))
    flush(0)
    return "".join(lines) + ("\n" if lines else "")


def _walk(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Text and line ends of the visible elements, in order, without recursion."""
    from lxml.etree import iterwalk

    walker = iterwalk(tree, events=("start", "end"))
    skipped: set[HtmlElement] = set()
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        due = "2" if tag in _PARAGRAPHS else "1"
        if event == "start":
            if not tag or tag in _INVISIBLE or _is_hidden(element):
                skipped.add(element)
                walker.skip_subtree()
                continue
            if tag in _BLOCKS:
                yield "break", due
            elif tag == "br":
                yield "break", "1"
            if element.text:
                yield "text", element.text
            continue
        if element in skipped:
            skipped.discard(element)
        elif tag in _BLOCKS:
            yield "break", due
        elif tag in _CELLS:
            yield "text", " "
        if element.tail and element is not tree:
            yield "text", element.tail


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING_STYLE.search(style))


def _extract(tree: HtmlElement, url: str | None) -> tuple[str, dict[str, Any]]:
    """Text and metadata as trafilatura sees them; nothing of both when it gives up."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            deepcopy(tree), url=url, favor_precision=True, include_comments=False, with_metadata=True
        )
    except Exception:  # trafilatura meets markup its authors have not seen; the text classifier then decides alone
        return "", {}
    if document is None:
        return "", {}
    found = document.as_dict()
    names = ("title", "author", "url", "hostname", "description", "sitename", "date", "categories", "tags", "language", "image", "pagetype")
    return str(found.get("text") or ""), {name: found[name] for name in names if found.get(name)}


_RUN = 4  # words: a line's words count as extracted when they stand in a run of so many that was extracted too
_MOST = 0.5  # share of a line's words from which the line is the article's
_LEAST_WORDS = 25  # of an extraction worth following
TRUST = 4.0  # log odds: what trafilatura's word weighs against what the lines look like


def weigh_extraction(markup: Markup, spans: Sequence[tuple[int, int]]) -> list[float] | None:
    """For each visible line, as log odds, what trafilatura's choice says about it; None when it found no article."""
    contents = [markup.raw[start:end].strip() for start, end in spans]
    extracted = [words_of(line) for line in markup.article.split("\n")]
    if sum(map(len, extracted)) < _LEAST_WORDS:
        return None
    found = _find_lines([words_of(content) for content in contents], extracted)
    return [TRUST if is_found else -TRUST for is_found in found]


def _find_lines(lines: Sequence[Sequence[str]], extracted: Sequence[Sequence[str]]) -> list[bool]:
    """Which visible lines stand in the extracted ones: by runs of words, short ones by being a line beside a found one."""
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
