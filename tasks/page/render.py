"""Markup parsed and rendered: the visible text of a page, a block element to a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.text.data_files import read_toml

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEVELS = 30
DEEPEST = 20 * _LEVELS  # nested elements; a real page has fewer than 100, and the libraries recurse
LARGEST = 20_000_000  # characters of markup; the largest real news page seen is a tenth of it
MOST_ELEMENTS = 400_000

_INVISIBLE = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "select",
        "datalist",
        "audio",
        "video",
        "source",
        "track",
        "map",
        "area",
    ]
)
_PARAGRAPHS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "dl",
        "table",
        "figure",
        "hr",
        "article",
        "section",
    ]
)
_BLOCKS = (
    frozenset(
        [
            "html",
            "body",
            "div",
            "main",
            "header",
            "footer",
            "nav",
            "aside",
            "form",
            "fieldset",
            "legend",
            "address",
            "details",
            "summary",
            "dialog",
            "li",
            "dt",
            "dd",
            "tr",
            "thead",
            "tbody",
            "tfoot",
            "caption",
            "figcaption",
            "center",
            "button",
            "option",
            "label",
            "hgroup",
            "menu",
            "search",
        ]
    )
    | _PARAGRAPHS
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
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


def parse(html: str) -> HtmlElement:
    """The tree of a page, whole however deep; raises UnreadableMarkupError."""
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


def count_elements(tree: HtmlElement) -> int:
    """The elements of a page."""
    return int(tree.xpath("count(//*)"))


def _check_size(tree: HtmlElement) -> None:
    if count_elements(tree) > MOST_ELEMENTS:
        raise UnreadableMarkupError("too_large", f"The markup has more than {MOST_ELEMENTS} elements.")
    level, depth = [tree], 1
    while level and depth <= DEEPEST:  # some levels at a time, which libxml2 does ten times as fast as a walk
        level, depth = (
            [below for element in level for below in element.xpath("*" + "/*" * (_LEVELS - 1))],
            depth + _LEVELS,
        )
    if level:
        raise UnreadableMarkupError("too_deep", f"The markup nests more than {DEEPEST} elements.")


def render(tree: HtmlElement) -> str:
    """A page's visible text: a block element ends a line, a paragraph-like one also leaves a blank line."""
    return render_marked(tree)[0]


def render_marked(tree: HtmlElement) -> tuple[str, list[bool]]:
    """The visible text, and for each of its lines (`str.split("\\n")`) whether the markup itself calls all of it something
    other than the article: comments, navigation, footer, related articles."""
    lines: list[str] = []
    marks: list[bool] = []
    parts: list[str] = []
    is_marked = True  # so far in this line
    breaks = 0  # line ends due before the next text

    def flush(due: int) -> None:
        nonlocal breaks, is_marked
        content = _SPACE.sub(" ", "".join(parts)).strip(" ")
        parts.clear()
        if content.strip():
            if lines:
                lines.append("\n" * max(breaks, 1))
                marks.extend([False] * (max(breaks, 1) - 1))
            lines.append(content)
            marks.append(is_marked)
            breaks = due
        else:
            breaks = max(breaks, due)
        is_marked = True

    for kind, value, is_aside in _walk(tree):
        if kind == "text":
            parts.append(value)
            is_marked = is_marked and (is_aside or not value.strip())
        elif kind == "break":
            flush(int(value))
    flush(0)
    return "".join(lines) + ("\n" if lines else ""), marks


def _walk(tree: HtmlElement) -> Iterator[tuple[str, str, bool]]:
    """Text and line ends of the visible elements, in order, without recursion, and whether they stand beside the article."""
    from lxml.etree import iterwalk

    walker = iterwalk(tree, events=("start", "end"))
    skipped: set[HtmlElement] = set()
    outer: HtmlElement | None = None  # the outermost element around that is marked as no article
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        due = "2" if tag in _PARAGRAPHS else "1"
        if event == "start":
            if not tag or tag in _INVISIBLE or _is_hidden(element):
                skipped.add(element)
                walker.skip_subtree()
                continue
            if tag in _BLOCKS:
                yield "break", due, False
            elif tag == "br":
                yield "break", "1", False
            if outer is None and tag in _BLOCKS and is_beside_article(element):
                outer = element
            if element.text:
                yield "text", element.text, outer is not None
            continue
        if element in skipped:
            skipped.discard(element)
        elif tag in _BLOCKS:
            yield "break", due, False
        elif tag in _CELLS:
            yield "text", " ", True
        if element is outer:
            outer = None
        if element.tail and element is not tree:
            yield "text", element.tail, outer is not None


def is_beside_article(element: HtmlElement) -> bool:
    """Whether an element's own tag, class or id says that what it holds is not the article."""
    tags, never, names = _beside()
    if element.tag in tags or element.tag in never:
        return element.tag in tags
    said = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(said.strip() and names.search(_CAMEL.sub("-", said).lower()))


@cache
def _beside() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    data = read_toml(Path(__file__).with_name("beside_article.toml"))
    names = "|".join(re.escape(name) for name in sorted(data["names"], key=len, reverse=True))
    return frozenset(data["tags"]), frozenset(data["never"]), re.compile(rf"(?:^|[\s_-])(?:{names})(?=$|[\s_-])")


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING_STYLE.search(style))
