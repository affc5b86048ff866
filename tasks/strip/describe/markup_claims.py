"""Claims from the markup of a page: JSON-LD, meta tags, microdata, <time>, headings, and trafilatura's metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any

from tasks.strip.describe.claims import Claim, claim
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.person_names import list_separator, read_names, starter_pattern
from tasks.strip.describe.printed_dates import PrintedDate, read_dates
from tasks.text.words import word_key
from warehouse.rows import EvidenceField

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ARTICLE_TYPES = (
    "NewsArticle",
    "ReportageNewsArticle",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "LiveBlogPosting",
    "BlogPosting",
    "Article",
    "Report",
    "TechArticle",
    "ScholarlyArticle",
)
PAGE_TYPES = ("WebPage", "VideoObject", "AudioObject", "Recipe", "Chapter")  # used only when no article is declared
ELSEWHERE = frozenset(
    {
        "itemListElement",
        "isPartOf",
        "hasPart",
        "mentions",
        "comment",
        "review",
        "relatedLink",
        "associatedMedia",
        "image",
        "video",
        "about",
        "citation",
    }
)
DEEPEST = 12  # levels of JSON-LD followed; pages nest a handful
METAS: dict[str, EvidenceField] = {  # name, property or itemprop of a <meta>, lower case
    "og:title": "title", "twitter:title": "title", "dc.title": "title", "citation_title": "title", "parsely-title": "title", "sailthru.title": "title",
    "article:published_time": "published", "og:published_time": "published", "og:article:published_time": "published", "datepublished": "published", "date": "published", "dc.date": "published",
    "dc.date.issued": "published", "dcterms.date": "published", "dcterms.created": "published", "pubdate": "published", "publishdate": "published", "publish-date": "published", "publication_date": "published",
    "parsely-pub-date": "published", "sailthru.date": "published", "citation_publication_date": "published", "cxenseparse:recs:publishtime": "published", "article.published": "published", "date.issued": "published", "originalpublicationdate": "published",
    "article:modified_time": "updated", "og:updated_time": "updated", "datemodified": "updated", "last-modified": "updated", "dcterms.modified": "updated", "lastmod": "updated", "article.updated": "updated",
    "author": "author", "article:author": "author", "article:author_name": "author", "dc.creator": "author", "parsely-author": "author", "sailthru.author": "author", "citation_author": "author", "byl": "author", "cxenseparse:author": "author",
    "og:site_name": "source", "application-name": "source", "dc.publisher": "source", "publisher": "source", "citation_journal_title": "source",
}  # fmt: skip
WEAK_METAS = frozenset({"date", "twitter:title", "application-name", "publisher", "dc.date"})
LONGEST_NAME = 6  # words; a declared author with more is a line around a name
ROLE_AFTER = re.compile(r"\s*(?:/|\s[-–—]\s).*$")


def markup_claims(tree: HtmlElement, metadata: Mapping[str, Any]) -> list[Claim]:
    """Every claim of a parsed page and of what trafilatura reads in its head, in no order; dates carry their time and zone."""
    claims = [*_trafilatura_claims(metadata)]
    for reader in (_json_ld_claims, _meta_claims, _microdata_claims, _heading_claims, _time_claims, _link_claims):
        claims.extend(reader(tree))
    return claims


def _text_claim(field: EvidenceField, value: object, method: str) -> Iterator[Claim]:
    text = " ".join(unescape(str(value)).split()) if isinstance(value, str) else ""
    if 1 < len(text) <= 400 and not (field in ("author", "source") and text.startswith(("http", "www.", "@"))):
        yield claim(field, text, method)


def _author_claims(value: str, method: str) -> Iterator[Claim]:
    """The names of a declared author, without "By" before and the role after them."""
    text = (
        starter_pattern().sub("", " ".join(unescape(value).split()), count=1)
        if starter_pattern().match(value)
        else value
    )
    read = read_names(text) if len(text.split()) > LONGEST_NAME or "(" in text else None
    for name in read.names if read else list_separator().split(text):
        if word_key(name) not in lexicon()["bylines"]["nobody"]:
            yield from _text_claim("author", ROLE_AFTER.sub("", name), method)


def _date_claim(field: EvidenceField, value: object, method: str) -> Iterator[Claim]:
    printed = read_dates(str(value)[:80]) if isinstance(value, str) else []
    if printed and printed[0].granularity != "month":
        yield dated_claim(claim(field, printed[0].day.isoformat(), method), printed[0])


def dated_claim(one: Claim, printed: PrintedDate) -> Claim:
    """The claim with its date; a time of midnight means that the system knows the day alone."""
    if printed.clock and not (printed.clock.hour or printed.clock.minute or printed.clock.second):
        printed = PrintedDate(printed.start, printed.end, printed.day, "day")
    value = (
        f"{printed.day.isoformat()}T{printed.clock.isoformat('minutes')}" if printed.clock else printed.day.isoformat()
    )
    return Claim(one.field, value, one.method, one.confidence, one.line, one.start, one.end, printed)


def _trafilatura_claims(metadata: Mapping[str, Any]) -> Iterator[Claim]:
    yield from _text_claim("title", metadata.get("title"), "trafilatura")
    yield from _date_claim("published", metadata.get("date"), "trafilatura")
    yield from _text_claim("source", metadata.get("sitename"), "trafilatura")
    yield from _author_claims(str(metadata.get("author") or ""), "trafilatura")


def _json_ld_claims(tree: HtmlElement) -> Iterator[Claim]:
    nodes = [
        node
        for script in tree.xpath("//script[contains(@type, 'ld+json')]")
        for node in _nodes(_load(script.text_content()), 0)
    ]
    article = _first_of(nodes, ARTICLE_TYPES) or _first_of(nodes, PAGE_TYPES)
    if article is None:
        return
    yield from _text_claim("title", article.get("headline"), "json_ld")
    yield from _date_claim("published", article.get("datePublished"), "json_ld")
    yield from _date_claim("updated", article.get("dateModified"), "json_ld")
    for name in _names(article.get("author") or article.get("creator")):
        yield from _author_claims(name, "json_ld")
    for name in _names(article.get("publisher")):
        yield from _text_claim("source", name, "json_ld")


def _load(text: str) -> Any:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip(" ;\n\t")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _salvage(text)


def _salvage(text: str) -> dict[str, Any]:
    """The few fields needed out of JSON that does not parse."""
    found = {
        key: match[1]
        for key in ("headline", "datePublished", "dateModified")
        if (match := re.search(rf'"{key}"\s*:\s*"([^"]*)"', text))
    }
    return {"@type": "Article", **found} if "datePublished" in found else {}


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key not in ELSEWHERE and isinstance(inner, dict | list):
                yield from _nodes(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner, depth + 1)


def _first_of(nodes: list[dict[str, Any]], types: tuple[str, ...]) -> dict[str, Any] | None:
    for node in nodes:
        declared = node.get("@type")
        if any(kind in types for kind in (declared if isinstance(declared, list) else [declared])) and (
            node.get("headline") or node.get("datePublished") or node.get("author")
        ):
            return node
    return None


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value[:20]:
            yield from _names(inner)
    elif isinstance(value, dict):
        yield from _names(value.get("name"))


def _meta_claims(tree: HtmlElement) -> Iterator[Claim]:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        field = METAS.get(name)
        if field is None:
            continue
        for one in _field_claims(field, meta.get("content"), "meta_tag"):
            yield (
                one
                if name not in WEAK_METAS
                else Claim(one.field, one.value, "weak_meta", one.confidence * 0.6, printed=one.printed)
            )


def _field_claims(field: EvidenceField, value: object, method: str) -> Iterator[Claim]:
    if field in ("published", "updated"):
        yield from _date_claim(field, value, method)
    elif field == "author":
        yield from _author_claims(value if isinstance(value, str) else "", method)
    else:
        yield from _text_claim(field, value, method)


def _microdata_claims(tree: HtmlElement) -> Iterator[Claim]:
    marked = tree.xpath("//*[@itemprop][not(self::meta)]")
    for prop, field in (
        ("datePublished", "published"),
        ("dateModified", "updated"),
        ("headline", "title"),
        ("author", "author"),
    ):
        for element in [element for element in marked if element.get("itemprop") == prop][:3]:
            value = element.get("datetime") or element.get("content")
            if field == "author":
                named = element.xpath(".//*[@itemprop='name']")
                value = value or (named[0] if named else element).text_content()
            yield from _field_claims(field, value or element.text_content(), "microdata")  # type: ignore[arg-type]
    linked = [
        element.text_content()
        for element in tree.xpath(
            "//a[@rel='author']|//*[contains(@class, 'author-name') or contains(@class, 'author__name')]"
        )
    ]
    named = list(dict.fromkeys(" ".join(name.split()) for name in linked))
    for name in named[:3]:  # many of them sign teasers
        yield from (replace(one, confidence=one.confidence / len(named)) for one in _author_claims(name, "rel"))


def _heading_claims(tree: HtmlElement) -> Iterator[Claim]:
    headings = [heading for heading in tree.iter("h1") if heading.text_content().strip()]
    for heading in headings[:2]:
        for one in _text_claim("title", heading.text_content(), "heading"):
            yield Claim("title", one.value, "heading", one.confidence / len(headings[:2]))
    for title in tree.xpath("//head/title")[:1]:
        yield from _text_claim("title", title.text_content(), "title_tag")


def standfirsts(tree: HtmlElement, metadata: Mapping[str, Any]) -> frozenset[str]:
    """Keys of what the markup calls the page's description or standfirst, to find it among the lines."""
    names = lexicon()["titles"]["standfirst_classes"]
    marked = (
        element
        for element in tree.iter("p", "h2", "div")
        if (classes := element.get("class")) and any([name in classes for name in names])
    )
    texts = [str(metadata.get("description") or ""), *(element.text_content() for element in islice(marked, 4))]
    return frozenset(word_key(text[:400]) for text in texts if text.strip())


def _time_claims(tree: HtmlElement) -> Iterator[Claim]:
    times = [time for time in tree.iter("time") if time.get("datetime") or time.text_content().strip()]
    inside = [
        time for time in times if any(parent.tag in ("header", "article", "main") for parent in time.iterancestors())
    ]
    for time in (inside or times)[:1]:
        kind: EvidenceField = (
            "updated"
            if re.search(r"updat|modif", f"{time.get('class')} {time.get('itemprop')}", re.IGNORECASE)
            else "published"
        )
        for one in (
            _date_claim(kind, time.get("datetime") or time.text_content(), "time_tag") if kind == "published" else ()
        ):
            yield (
                one
                if len(times) <= 3
                else Claim(one.field, one.value, one.method, one.confidence * 0.6, printed=one.printed)
            )


def _link_claims(tree: HtmlElement) -> Iterator[Claim]:
    for link in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")[:2]:
        if str(link).startswith("http"):
            yield Claim("url", str(link).strip(), "link", 0.9)
    for language in tree.xpath("/html/@lang")[:1]:
        if re.match(r"[A-Za-z]{2}\b", str(language)):
            yield claim("language", str(language)[:2].lower(), "html_lang")
