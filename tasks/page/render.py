"""A page rendered: its visible text, a block element to a line, and what the markup says each line is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tasks.page.parse import parse
from tasks.page.roles import BESIDE, EXCLUDED, ROLE, is_layout_cell, mark_roles
from tasks.text.data_files import read_toml

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ELEMENTS = {name: frozenset(tags) for name, tags in read_toml(Path(__file__).with_name("elements.toml")).items()}
_INVISIBLE, _PARAGRAPHS, _CELLS = _ELEMENTS["invisible"], _ELEMENTS["paragraphs"], _ELEMENTS["cells"]
_BLOCKS = _ELEMENTS["blocks"] | _PARAGRAPHS
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")


class Mark(IntEnum):
    """What the markup says of a line: nothing, that it is named as something else, that it is no part of the article."""

    NONE, BESIDE, EXCLUDED = range(3)


_MARKS = {BESIDE: Mark.BESIDE, EXCLUDED: Mark.EXCLUDED}


class RenderedPage(NamedTuple):
    """A page's visible text, the mark of each of its lines (`str.split("\\n")`), and its tree."""

    text: str
    marks: Sequence[Mark]
    tree: HtmlElement


def render_page(html: str) -> RenderedPage:
    """Markup parsed and rendered; raises UnreadableMarkupError."""
    tree = parse(html)
    return RenderedPage(*render_marked(tree), tree)


def render(tree: HtmlElement) -> str:
    """A page's visible text: a block element ends a line, a paragraph-like one also leaves a blank line."""
    return _render(tree)[0]


def render_marked(tree: HtmlElement) -> tuple[str, list[Mark]]:
    """The visible text, and for each of its lines (`str.split("\\n")`) what the markup says of all of it.

    Marks the roles of the tree's elements (`mark_roles`).
    """
    mark_roles(tree)
    return _render(tree)


def _render(tree: HtmlElement) -> tuple[str, list[Mark]]:
    lines: list[str] = []
    marks: list[Mark] = []
    parts: list[str] = []
    mark = Mark.EXCLUDED  # the least so far in this line
    breaks = 0  # line ends due before the next text

    def flush(due: int) -> None:
        nonlocal breaks, mark
        content = _SPACE.sub(" ", "".join(parts)).strip(" ")
        parts.clear()
        if content.strip():
            if lines:
                lines.append("\n" * max(breaks, 1))
                marks.extend([Mark.NONE] * (max(breaks, 1) - 1))
            lines.append(content)
            marks.append(mark)
            breaks = due
        else:
            breaks = max(breaks, due)
        mark = Mark.EXCLUDED

    for kind, value, given in _walk(tree):
        if kind == "text":
            parts.append(value)
            if given < mark and value.strip():
                mark = given
        elif kind == "break":
            flush(int(value))
    flush(0)
    return "".join(lines) + ("\n" if lines else ""), marks


def _walk(tree: HtmlElement) -> Iterator[tuple[str, str, Mark]]:
    """Text and line ends of the visible elements, in order, without recursion, and what the markup says of each text."""
    from lxml.etree import iterwalk

    walker = iterwalk(tree, events=("start", "end"))
    skipped: set[HtmlElement] = set()
    marked: list[tuple[HtmlElement, Mark]] = []  # the enclosing elements that raise the mark
    mark = Mark.NONE
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        due = "2" if tag in _PARAGRAPHS else "1"
        if event == "start":
            if not tag or tag in _INVISIBLE or _is_hidden(element):
                skipped.add(element)
                walker.skip_subtree()
                continue
            if tag in _BLOCKS or (tag in _CELLS and is_layout_cell(element)):
                yield "break", due, mark
            elif tag == "br":
                yield "break", "1", mark
            if (own := _MARKS.get(element.get(ROLE), Mark.NONE)) > mark:
                marked.append((element, mark))
                mark = own
            if element.text:
                yield "text", element.text, mark
            continue
        if element in skipped:
            skipped.discard(element)
        elif tag in _BLOCKS:
            yield "break", due, mark
        elif tag in _CELLS:
            yield ("break", "1", mark) if is_layout_cell(element) else ("text", " ", mark)
        if marked and element is marked[-1][0]:
            mark = marked.pop()[1]
        if element.tail and element is not tree:
            yield "text", element.tail, mark


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING_STYLE.search(style))
