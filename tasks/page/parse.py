"""Markup parsed: the tree of a page, or why it cannot be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEVELS = 30
DEEPEST = 20 * _LEVELS  # nested elements; a real page has fewer than 100, and the libraries recurse
LARGEST = 20_000_000  # characters of markup; the largest real news page seen is a tenth of it
MOST_ELEMENTS = 400_000

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class UnreadableMarkupError(ValueError):
    """Raised when markup holds no page that can be read; `reason` is that of the rejection."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def parse(html: str) -> HtmlElement:
    """The whole tree of a page, at any depth up to `DEEPEST`; raises UnreadableMarkupError."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if len(html) > LARGEST:
        raise UnreadableMarkupError("too_large", f"The markup has {len(html)} characters, more than {LARGEST}.")
    source = _FORBIDDEN.sub("", _DECLARATION.sub("", html)).encode("utf-8")
    for is_huge in (False, True):  # by default libxml2 silently drops what is nested deeper than about 254
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
    """The number of elements of a page."""
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
