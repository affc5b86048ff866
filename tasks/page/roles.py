"""Parts of a page whose role follows from its markup alone, whatever they say.

Four kinds are marked on the tree, once, before it is rendered and extracted: whole articles that endless scrolling
appends below the page's own, placeholders of embedded media ("Accept cookies to watch"), consent notices, and an
element that holds the article although its tag or class names something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.text.data_files import read_toml
from tasks.text.words import split_folded_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ROLE = "data-revue-role"  # the attribute that holds a role
# Named as something else than the article, certainly no part of it, holds it although its name is another.
BESIDE, EXCLUDED, ARTICLE = "beside", "excluded", "article"

_HEADINGS = ("h1", "h2", "h3")
_MEDIA = ("iframe", "video", "audio", "object", "embed", "amp-youtube", "amp-iframe", "amp-twitter")
_DISCARDED = ("aside", "footer", "form", "nav", "dialog")  # elements that trafilatura discards
_LEAST_NAMED = 0.8  # share of a heading's words in the page's title from which it is the article's
_LEAST_PROSE = 120  # characters of prose that an article has at least
_LEAST_SHARE = 0.5  # of the page's prose in an element that holds the article and its heading
_LEAST_WITHOUT_HEADING = 0.8  # the same of an element without the heading
_SENTENCES = "//text()[string-length() > 50][not(parent::script or parent::style or parent::noscript)]"
_MOST_TEXTS = 5_000
_DEEPEST = 30  # elements around a heading that may be a whole article
_LABELS = ("data-article-id", "data-href", "data-permalink", "data-post-id", "data-url", "itemid")
_LONGEST_PLACEHOLDER = 40  # words
_MOST_INSIDE = 200  # elements of a placeholder
_MOST_SIGNED = 300  # elements of an article in which a signature is looked for
_HIGHEST = 3  # elements around embedded media that may be its container
_MOST_HEADINGS = 400  # looked at on a page
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def mark_roles(tree: HtmlElement) -> None:
    """Set the attribute `ROLE` on the elements of a page whose role follows from the markup, and on no other."""
    prose, heading = count_prose(tree), find_title_heading(tree)
    top = heading if heading is not None else next(tree.iter("h1"), None)
    above = set() if top is None else set(top.iterancestors())
    roles: dict[HtmlElement, str] = {}
    for element in tree.xpath(f"//*[@class or @id or @{ROLE} or self::nav or self::footer]"):
        element.attrib.pop(ROLE, None)
        role = _role_by_name(element, prose)
        if role == BESIDE or (role == EXCLUDED and element not in above):
            roles[element] = role
    around = [element for element in above if element in roles or element.tag in _DISCARDED]
    shares = dict.fromkeys(tree.iter("aside", "form"), _LEAST_WITHOUT_HEADING) | dict.fromkeys(around, _LEAST_SHARE)
    for element, share in shares.items():
        if prose[element] >= max(_LEAST_PROSE, share * prose[tree]):
            roles[element] = ARTICLE
    roles |= dict.fromkeys(find_placeholders(tree), EXCLUDED)
    if heading is not None:
        roles |= dict.fromkeys(find_further_articles(tree, heading, prose), EXCLUDED)
    for element, role in roles.items():
        element.set(ROLE, role)


def count_prose(tree: HtmlElement) -> Counter[HtmlElement]:
    """The characters of the longer texts in each element, which are its sentences; of a huge page the first texts count."""
    counts: Counter[HtmlElement] = Counter()
    for text in tree.xpath(_SENTENCES)[:_MOST_TEXTS]:
        parent = text.getparent()
        for element in (*([] if text.is_tail else [parent]), *parent.iterancestors()):
            counts[element] += len(text)
    return counts


def _role_by_name(element: HtmlElement, prose: Counter[HtmlElement]) -> str | None:
    """The role that an element's tag, class and id give it."""
    data = _data()
    if element.tag in data["never_beside"] or element.tag in data["beside_tags"]:
        return BESIDE if element.tag in data["beside_tags"] else None
    names = _find_names(f"{element.get('class', '')} {element.get('id', '')}")
    if (
        "consent" in names
        or ("placeholders" in names and _is_short(element))
        or ("further" in names and prose[element] >= _LEAST_PROSE and next(element.iter(*_HEADINGS), None) is not None)
    ):
        return EXCLUDED
    return BESIDE if "beside" in names else None


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


def find_further_articles(
    tree: HtmlElement, heading: HtmlElement, prose: Counter[HtmlElement]
) -> Iterator[HtmlElement]:
    """The whole articles below the one under `heading`, of the same template, with prose and a heading of their own."""
    above = [heading, *heading.iterancestors()]
    place = {element: number for number, element in enumerate(above)}
    others = tree.xpath("//h1 | //h2[ancestor::article] | //h3[ancestor::article]")[:_MOST_HEADINGS]
    words, last = split_folded_words(heading.text_content()), None
    for other in others[others.index(heading) + 1 :] if heading in others else ():
        path = [other]
        while path[-1] not in place and (parent := path[-1].getparent()) is not None:
            path.append(parent)
        if last in path or split_folded_words(other.text_content()) == words:
            continue
        twins = [element for element in above[1 : place.get(path.pop(), 0)] if prose[element] >= _LEAST_PROSE]
        wholes = [element for element in path[:0:-1] if prose[element] >= _LEAST_PROSE]
        is_same_level = other.tag == heading.tag
        found = next((it for it in wholes[:_DEEPEST] if any(_is_twin(it, one, is_same_level) for one in twins)), None)
        if found is not None:
            last = found
            yield found


def _is_twin(element: HtmlElement, twin: HtmlElement, is_same_level: bool) -> bool:
    """Whether two elements hold an article each, made by one template.

    Two `article` elements do when their headings are of one level; if not, a signature or a date shows that the
    second is not an entry of a live page. Other elements need the same class, main headings and a signature or a
    label such as an address.
    """
    if element.tag != twin.tag:
        return False
    classes, others = element.get("class", "").split(), twin.get("class", "").split()
    if element.tag == "article":
        is_like = classes == others or not set(classes).isdisjoint(others)
        return is_like and (is_same_level or _is_signed(element))
    is_labelled = any(element.get(label) and twin.get(label) for label in _LABELS)
    return is_same_level and bool(classes) and classes == others and (is_labelled or _is_signed(element))


def find_placeholders(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The containers of embedded media that hold nothing else but a short text."""
    for element in tree.iter(*_MEDIA):
        found = None
        for around in islice(element.iterancestors(), _HIGHEST):
            if around.tag not in ("div", "figure", "section", "p", "span") or not _is_short(around):
                break
            found = around if _has_name(around, "media") else found
        if found is not None:
            yield found


def is_layout_cell(cell: HtmlElement) -> bool:
    """Whether a cell of a table is a part of the page and not a datum: it holds several line ends or blocks."""
    return next(islice(cell.iter("br", "p", "table", "ul"), 1, None), None) is not None


def _is_short(element: HtmlElement) -> bool:
    """Whether an element holds a few words and nothing that is content: a quotation, a caption, a heading."""
    inside = list(islice(element.iter(), _MOST_INSIDE + 1))
    if len(inside) > _MOST_INSIDE or any(below.tag in ("blockquote", "figcaption", *_HEADINGS) for below in inside):
        return False
    return len(element.text_content().split()) <= _LONGEST_PLACEHOLDER


def _is_signed(element: HtmlElement) -> bool:
    """Whether an element holds a signature or a date near its beginning, as its markup says."""
    return any(
        below.tag == "time"
        or below.get("rel") == "author"
        or below.get("itemprop") in ("author", "datePublished")
        or _has_name(below, "signed")
        for below in islice(element.iter("*"), _MOST_SIGNED)
    )


def _has_name(element: HtmlElement, table: str) -> bool:
    return table in _find_names(f"{element.get('class', '')} {element.get('id', '')}")


@lru_cache(maxsize=20_000)  # the pages of a source share their names
def _find_names(given: str) -> frozenset[str]:
    """The tables of roles.toml one of whose names stands in a class or id as whole words."""
    given = _CAMEL.sub("-", given).lower()
    return frozenset(table for table, pattern in _patterns().items() if pattern.search(given))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    tables = ("beside", "consent", "further", "media", "placeholders", "signed")
    alternatives = {table: "|".join(sorted(map(re.escape, _data()[table]), key=len, reverse=True)) for table in tables}
    return {table: re.compile(rf"(?:^|[\s_-])(?:{names})(?=$|[\s_-])") for table, names in alternatives.items()}


@cache
def _data() -> Mapping[str, Sequence[str]]:
    return read_toml(Path(__file__).with_name("roles.toml"))
