"""Parts of a page whose role follows from its markup alone, whatever they say.

Three kinds are marked on the tree, once, before it is rendered and extracted: whole articles that endless scrolling
appends below the page's own, placeholders of embedded media ("Accept cookies to watch"), and an element that holds
the article although its tag or class names something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.text.data_files import read_toml
from tasks.text.words import split_folded_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ROLE = "data-revue-role"  # the attribute that holds a role
EXCLUDED, ARTICLE = "excluded", "article"  # never part of the article; holds the article

_HEADINGS = ("h1", "h2", "h3")
_MEDIA = ("iframe", "video", "audio", "object", "embed", "amp-youtube", "amp-iframe", "amp-twitter")
_DISCARDED = ("aside", "footer", "form", "nav", "dialog")  # elements that trafilatura discards
# XPath of the elements whose class may be one of the names in a table of roles.toml: quicker than to try each name.
_MAYBE = {
    table: "//*[" + " or ".join(f"contains(@class, '{part}')" for part in parts) + "]"
    for table, parts in (
        ("further", ("nfinite", "next", "Next", "suivant", "utoload")),
        ("placeholders", ("laceholder", "onsent", "locked", "locker")),
    )
}
_LEAST_NAMED = 0.8  # share of a heading's words in the page's title from which it is the article's
_LEAST_PROSE = 120  # characters of prose that an article has at least
_LEAST_SHARE = 0.5  # of the page's prose in an element that holds the article
_LONGEST_PLACEHOLDER = 40  # words
_HIGHEST = 3  # elements around embedded media that may be its container
_MOST_HEADINGS = 400  # looked at on a page
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def mark_roles(tree: HtmlElement) -> None:
    """Set the attribute `ROLE` on the elements of a page whose role follows from the markup."""
    for element in tree.xpath(f"//*[@{ROLE}]"):
        del element.attrib[ROLE]
    heading = find_title_heading(tree)
    excluded = [*find_placeholders(tree)]
    if heading is not None:
        excluded += find_further_articles(tree, heading)
    for element in excluded:
        element.set(ROLE, EXCLUDED)
    for element in find_misnamed(tree, heading):
        element.set(ROLE, ARTICLE)


def find_title_heading(tree: HtmlElement) -> HtmlElement | None:
    """The heading that says most of the title in the page's head; None when no heading says it."""
    titles = tree.xpath("//meta[@property='og:title']/@content") + tree.xpath("//head/title/text()")
    named = [frozenset(split_folded_words(title)) for title in titles[:3]]
    best, most = None, 1
    for heading in islice(tree.iter("h1", "h2"), _MOST_HEADINGS):
        words = set(split_folded_words(heading.text_content()))
        shared = max((len(words & title) for title in named), default=0)
        if shared > most and shared >= _LEAST_NAMED * len(words):
            best, most = heading, shared
    return best


def find_further_articles(tree: HtmlElement, heading: HtmlElement) -> Iterator[HtmlElement]:
    """The whole articles below the one under `heading`, with prose and a heading of their own: named so, or made alike."""
    above = [heading, *heading.iterancestors()]
    place = {element: number for number, element in enumerate(above)}
    for element in tree.xpath(_MAYBE["further"]):
        is_headed = next(element.iter(*_HEADINGS), None) is not None
        if element not in place and is_headed and _has_name(element, "further") and _has_prose(element):
            yield element
    others = tree.xpath("//h1 | //article//h2 | //article//h3")[:_MOST_HEADINGS]
    words, last = split_folded_words(heading.text_content()), None
    for other in others[others.index(heading) + 1 :] if heading in others else ():
        path = [other]
        while path[-1] not in place and (parent := path[-1].getparent()) is not None:
            path.append(parent)
        if last in path or split_folded_words(other.text_content()) == words:
            continue
        own = [element for element in above[1 : place.get(path.pop(), 0)] if _has_prose(element)]
        is_same_level = other.tag == heading.tag
        twin = next((it for it in path[:0:-1] if any(_is_twin(it, one, is_same_level) for one in own)), None)
        if twin is not None:
            last = twin
            yield twin


def _is_twin(element: HtmlElement, twin: HtmlElement, is_same_level: bool) -> bool:
    """Whether two elements hold an article each, made by one template.

    Two `article` elements do when their headings are of one level; if not, a signature or a date shows that the
    second is not an entry of a live page. Other elements need the same class, main headings and a signature.
    """
    if element.tag != twin.tag:
        return False
    classes, others = element.get("class", "").split(), twin.get("class", "").split()
    if element.tag == "article":
        is_like = classes == others or not set(classes).isdisjoint(others)
    else:
        is_like = is_same_level and bool(classes) and classes == others  # headings outside `article` are all h1
    return is_like and _has_prose(element) and ((element.tag == "article" and is_same_level) or _is_signed(element))


def find_placeholders(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that stand for embedded media: named so, or around the media with nothing but a short text."""
    for element in tree.xpath(_MAYBE["placeholders"]):
        if _has_name(element, "placeholders") and _is_short(element):
            yield element
    for element in tree.iter(*_MEDIA):
        found = None
        for around in islice(element.iterancestors(), _HIGHEST):
            if around.tag not in ("div", "figure", "section", "p", "span") or not _is_short(around):
                break
            found = around if _has_name(around, "media") else found
        if found is not None:
            yield found


def find_misnamed(tree: HtmlElement, heading: HtmlElement | None) -> Iterator[HtmlElement]:
    """The elements that hold the article although their tag or class names something else.

    Such an element holds most of the page's prose, and its heading.
    """
    heading = heading if heading is not None else next(tree.iter("h1"), None)
    above = () if heading is None else heading.iterancestors()
    candidates = [element for element in above if element.tag in _DISCARDED or is_beside_article(element)]
    total = _count_prose(tree) if candidates else 0
    for element in candidates:
        count = _count_prose(element)
        if count >= max(_LEAST_PROSE, _LEAST_SHARE * total):
            yield element


def is_beside_article(element: HtmlElement) -> bool:
    """Whether an element's tag, class or id marks its content as something other than the article."""
    data = _data()
    if element.get(ROLE) == ARTICLE:
        return False
    if element.tag in data["beside_tags"] or element.tag in data["never_beside"]:
        return element.tag in data["beside_tags"]
    return _has_name(element, "beside")


def is_layout_cell(cell: HtmlElement) -> bool:
    """Whether a cell of a table is a part of the page and not a datum: it holds several line ends or blocks."""
    return len(cell.xpath("(.//br | .//p | .//table | .//ul)[2]")) > 0


def _is_short(element: HtmlElement) -> bool:
    """Whether an element holds a few words and nothing that is content: a quotation, a caption, a heading."""
    if next(element.iter("blockquote", "figcaption", *_HEADINGS), None) is not None:
        return False
    return len(element.text_content().split()) <= _LONGEST_PLACEHOLDER


def _is_signed(element: HtmlElement) -> bool:
    """Whether an element holds a signature or a date, as its markup says."""
    if element.xpath(".//time or .//*[@rel='author'] or .//*[@itemprop='author'] or .//*[@itemprop='datePublished']"):
        return True
    return any(_has_name(below, "signed") for below in element.xpath(".//*[@class]"))


def _has_prose(element: HtmlElement) -> bool:
    return _count_prose(element) >= _LEAST_PROSE


def _count_prose(element: HtmlElement) -> int:
    """The characters of an element's longer texts, which are its sentences."""
    texts = element.xpath(".//text()[string-length() > 50][not(parent::script or parent::style or parent::noscript)]")
    return sum(map(len, texts))


def _has_name(element: HtmlElement, table: str) -> bool:
    """Whether an element's class or id holds one of the names of a table, as whole words."""
    given = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(given.strip() and _pattern(table).search(_CAMEL.sub("-", given).lower()))


@cache
def _pattern(table: str) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_data()[table], key=len, reverse=True))
    return re.compile(rf"(?:^|[\s_-])(?:{names})(?=$|[\s_-])")


@cache
def _data() -> Mapping[str, Sequence[str]]:
    return read_toml(Path(__file__).with_name("roles.toml"))
