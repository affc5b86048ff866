"""Markup parsed and rendered: the visible text of a page, a block element to a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DEEPEST = 600  # nested elements; a real page has fewer than 100, and the libraries recurse
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
