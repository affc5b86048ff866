"""Articles of an RSS or Atom feed, one record an item."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from tasks.read.decode import Undecodable, decode
from tasks.read.fields import hash_fields, read_fields
from warehouse.rows import Record, Rejection

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARATION = re.compile(r"""^\s*<\?xml[^>]*?(?:encoding\s*=\s*["']([\w.:-]+)["'][^>]*)?\?>""")
# XML knows five named entities; feeds use those of HTML.
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>")
_ATOM = "{http://www.w3.org/2005/Atom}"
_RSS_1 = "{http://purl.org/rss/1.0/}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
# Of each field the elements that hold it, the best first.
_TITLES = ("title", f"{_ATOM}title", f"{_RSS_1}title")
_TEXTS = (
    "{http://purl.org/rss/1.0/modules/content/}encoded", f"{_ATOM}content",
    "description", f"{_ATOM}summary", f"{_RSS_1}description",
)  # fmt: skip
_DATES = ("pubDate", f"{_ATOM}published", f"{_DUBLIN_CORE}date", f"{_ATOM}updated")
_AUTHORS = (f"{_DUBLIN_CORE}creator", f"{_ATOM}author", "author")
_LANGUAGES = ("language", f"{_DUBLIN_CORE}language")
# RSS names an author as "anne@gazette.example (Anne Roy)".
_MAILED = re.compile(r"[^\s@]++@[^\s(]++\s*+\(([^()]+)\)")


def read_feed(content: bytes, uri: str) -> Iterator[Record | Rejection]:
    """The record of each item of a feed, also of one that is not well-formed; anything else is rejected."""
    root = _parse(content)
    if root is None or _local_name(root) not in ("rss", "RDF", "feed"):
        yield Rejection(uri, 0, "read", "not_a_feed", "The file is no RSS or Atom feed.")
        return
    items = [element for element in root.iter("{*}item", "{*}entry")]
    language = _find_text(root, _LANGUAGES, deep=True) or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    publisher = _find_text(root, _TITLES, deep=True)
    for record_no, item in enumerate(items, 1):
        fields = _read_item(item, publisher, language)
        yield read_fields(fields, hash_fields(fields), uri, record_no)
    if not items:
        yield Rejection(uri, 0, "read", "empty", "The feed holds no item.")


def _parse(content: bytes) -> Element | None:
    from lxml import etree

    head = content[:200].decode("ascii", "replace").lstrip("\ufffd")
    declared = _DECLARATION.match(head)
    decoded = decode(content, declared=declared[1] if declared else None)
    if isinstance(decoded, Undecodable):
        return None
    text = _DECLARATION.sub("", decoded[0].replace("\x00", ""), count=1).lstrip()
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return root


def _read_item(item: Element, publisher: str | None, language: str | None) -> dict[str, str | None]:
    url = _find_address(item)
    text = _find_text(item, _TEXTS) or ""
    author = "; ".join(_list_authors(item)) or None
    return {
        "title": _plain(_find_text(item, _TITLES)),
        "url": url,
        "date": _read_date(_find_text(item, _DATES)),
        "author": author,
        # the name of a feed ("À la une") is seldom that of its publisher, whom the address shows
        "source": None if url else _plain(publisher),
        "language": language,
        "html" if _TAG.search(text) else "text": text,
    }


def _find_text(element: Element, names: tuple[str, ...], *, deep: bool = False) -> str | None:
    """The content of the first child of these names that holds any; with `deep` also of a channel's."""
    for name in names:
        for path in (name, f"{{*}}channel/{name}") if deep else (name,):
            for found in element.findall(path):
                if content := _content(found):
                    return content
    return None


def _content(element: Element) -> str:
    """The text of an element; of XHTML inside it, the markup."""
    from lxml import etree

    if len(element) and element.tag in _TEXTS:
        return "".join([element.text or "", *(etree.tostring(one, encoding="unicode") for one in element)]).strip()
    return "".join(element.itertext()).strip()


def _find_address(item: Element) -> str | None:
    for link in item.findall("{*}link"):
        address = link.get("href") if link.get("rel", "alternate") == "alternate" else None
        address = address or (link.text or "").strip()
        if address.startswith(("http://", "https://")):
            return str(address)
    guid = _find_text(item, ("guid",)) or ""
    return guid if guid.startswith(("http://", "https://")) else None


def _list_authors(item: Element) -> Iterator[str]:
    for name in _AUTHORS:
        found = [one.find(f"{_ATOM}name") if name.startswith(_ATOM) else one for one in item.findall(name)]
        names = [_content(one) for one in found if one is not None]
        if any(names):
            for one in names:
                mailed = _MAILED.fullmatch(one)
                if one and (mailed or "@" not in one):
                    yield mailed[1] if mailed else one
            return


def _read_date(text: str | None) -> str | None:
    """A date as ISO 8601: RSS writes those of mails, Atom writes this."""
    if not text:
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, OverflowError):
        return text


def _plain(text: str | None) -> str | None:
    """A title without the markup that feeds put into it."""
    return " ".join(html.unescape(_TAG.sub("", text)).split()) if text else text


def _local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
