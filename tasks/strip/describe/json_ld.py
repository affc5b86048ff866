"""Claims from the JSON-LD of a page (schema.org): that of its article, not those of the articles it lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tasks.strip.describe.claims import Claim
from tasks.strip.describe.declared_values import declared_authors, declared_dates, declared_texts

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


def json_ld_claims(tree: HtmlElement) -> Iterator[Claim]:
    """Title, dates, authors and publisher that the JSON-LD of the page's article declares."""
    nodes = [
        node
        for script in tree.xpath("//script[contains(@type, 'ld+json')]")
        for node in _nodes(_load(script.text_content()), 0)
    ]
    article = _first_of(nodes, ARTICLE_TYPES) or _first_of(nodes, PAGE_TYPES)
    if article is None:
        return
    yield from declared_texts("title", article.get("headline"), "json_ld")
    yield from declared_dates("published", article.get("datePublished"), "json_ld")
    yield from declared_dates("updated", article.get("dateModified"), "json_ld")
    for name in _names(article.get("author") or article.get("creator")):
        yield from declared_authors(name, "json_ld")
    for name in _names(article.get("publisher")):
        yield from declared_texts("source", name, "json_ld")


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
