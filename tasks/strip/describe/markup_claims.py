"""Claims from the markup of a page: JSON-LD, meta tags, microdata, <time>, headings, and trafilatura's metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.strip.describe.claims import Claim, claim
from tasks.strip.describe.declared_values import declared_authors, declared_dates, declared_texts
from tasks.strip.describe.json_ld import json_ld_claims
from tasks.strip.describe.lexicon import lexicon
from tasks.text.data_files import read_toml
from tasks.text.words import word_key
from warehouse.rows import EvidenceField

if TYPE_CHECKING:
    from lxml.html import HtmlElement

META_TAGS = Path(__file__).with_name("meta_tags.toml")
META_FIELDS: tuple[EvidenceField, ...] = ("title", "published", "updated", "author", "source")


def markup_claims(tree: HtmlElement, metadata: Mapping[str, Any]) -> list[Claim]:
    """Every claim of a parsed page and of what trafilatura reads in its head, in no order; dates carry their time and zone."""
    claims = [*_trafilatura_claims(metadata)]
    for reader in (json_ld_claims, _meta_claims, _microdata_claims, _heading_claims, _time_claims, _link_claims):
        claims.extend(reader(tree))
    return claims


def _trafilatura_claims(metadata: Mapping[str, Any]) -> Iterator[Claim]:
    yield from declared_texts("title", metadata.get("title"), "trafilatura")
    yield from declared_dates("published", metadata.get("date"), "trafilatura")
    yield from declared_texts("source", metadata.get("sitename"), "trafilatura")
    yield from declared_authors(str(metadata.get("author") or ""), "trafilatura")


@cache
def _fields_of_metas() -> dict[str, EvidenceField]:
    tables = read_toml(META_TAGS)
    return {name: field for field in META_FIELDS for name in tables[field]}


def _meta_claims(tree: HtmlElement) -> Iterator[Claim]:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        field = _fields_of_metas().get(name)
        if field is None:
            continue
        for one in _field_claims(field, meta.get("content"), "meta_tag"):
            yield (
                one
                if name not in read_toml(META_TAGS)["weak"]
                else Claim(one.field, one.value, "weak_meta", one.confidence * 0.6, printed=one.printed)
            )


def _field_claims(field: EvidenceField, value: object, method: str) -> Iterator[Claim]:
    if field in ("published", "updated"):
        yield from declared_dates(field, value, method)
    elif field == "author":
        yield from declared_authors(value if isinstance(value, str) else "", method)
    else:
        yield from declared_texts(field, value, method)


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
        yield from (replace(one, confidence=one.confidence / len(named)) for one in declared_authors(name, "rel"))


def _heading_claims(tree: HtmlElement) -> Iterator[Claim]:
    headings = [heading for heading in tree.iter("h1") if heading.text_content().strip()]
    for heading in headings[:2]:
        for one in declared_texts("title", heading.text_content(), "heading"):
            yield Claim("title", one.value, "heading", one.confidence / len(headings[:2]))
    for title in tree.xpath("//head/title")[:1]:
        yield from declared_texts("title", title.text_content(), "title_tag")


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
            declared_dates(kind, time.get("datetime") or time.text_content(), "time_tag") if kind == "published" else ()
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
