"""A page rendered: its visible text, a block element to a line, and which lines the markup places beside the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tasks.page.parse import parse
from tasks.text.data_files import read_toml

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ELEMENTS = {name: frozenset(tags) for name, tags in read_toml(Path(__file__).with_name("elements.toml")).items()}
_INVISIBLE, _PARAGRAPHS, _CELLS = _ELEMENTS["invisible"], _ELEMENTS["paragraphs"], _ELEMENTS["cells"]
_BLOCKS = _ELEMENTS["blocks"] | _PARAGRAPHS
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")


class RenderedPage(NamedTuple):
    """A page's visible text, whether the markup places each of its lines beside the article, and its tree."""

    text: str
    is_beside: Sequence[bool]
    tree: HtmlElement


def render_page(html: str) -> RenderedPage:
    """Markup parsed and rendered; raises UnreadableMarkupError."""
    tree = parse(html)
    return RenderedPage(*render_marked(tree), tree)


def render(tree: HtmlElement) -> str:
    """A page's visible text: a block element ends a line, a paragraph-like one also leaves a blank line."""
    return render_marked(tree)[0]


def render_marked(tree: HtmlElement) -> tuple[str, list[bool]]:
    """The visible text, and for each of its lines (`str.split("\\n")`) whether it is marked as no part of the article.

    The markup then calls all of the line something else: comments, navigation, footer, related articles."""
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
    outer: HtmlElement | None = None  # the outermost enclosing element that is marked as no article
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
    """Whether an element's tag, class or id marks its content as something other than the article."""
    tags, never, names = _beside()
    if element.tag in tags or element.tag in never:
        return element.tag in tags
    given = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(given.strip() and names.search(_CAMEL.sub("-", given).lower()))


@cache
def _beside() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    data = read_toml(Path(__file__).with_name("beside_article.toml"))
    names = "|".join(re.escape(name) for name in sorted(data["names"], key=len, reverse=True))
    return frozenset(data["tags"]), frozenset(data["never"]), re.compile(rf"(?:^|[\s_-])(?:{names})(?=$|[\s_-])")


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING_STYLE.search(style))
