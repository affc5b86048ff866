"""Strategies for pages and files: fragments that a parser has a rule for, in unusual combinations."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pyarrow
from backports import zstd
from hypothesis import strategies as st
from pages import BODY
from pyarrow import parquet

# Words, signs and fragments that begin or end something for one of the finders, or that break what assumes clean text.
PIECES = (
    *("«", "»", "« »", "“", "”", "\"", "''", "‹", "›", "’", "–", "—", "…", "...", "(", ")", "[…]", "-", "•", "*", "_", "#", "|", ">"),
    *("a déclaré", "selon", "d'après", "a-t-il dit", "explique", "estime que", "assure-t-elle", "il", "elle", "qui", "que", "et", "ou"),
    *("Jeanne Morel", "M. Le Goff", "Mme", "Dr", "Jean-", "d'", "De La", "Volthène Énergies", "SNCF", "Port-Aubry", "Paris", "l'UE"),
    *("la maire de Port-Aubry", "le ministre de l'Intérieur", "PDG de", "ancien président", "directrice générale", "porte-parole du"),
    *("hier", "demain", "lundi", "le 31 février 2025", "le 29 février", "le 1er mai", "31/12/9999", "00/00/0000", "2025-02-30", "en 2025", "1er"),
    *("il y a 99999999999 ans", "dans trois siècles", "depuis le 3", "du 5 au 3 mars", "entre 2030 et 1990", "de 2025 à 2024", "fin août"),
    *("l'an 0", "au XXIe siècle", "les années 90", "mi-mars", "8 h 75", "25h", "à 24 heures", "minuit", "lundi 32 mars 2025", "vendredi dernier"),
    *("1 000", "1\u202f000", "1.000,5", "1,2,3", "2,4 millions d'euros", "50 %", "½", "²", "٣", "１２", "9" * 40, "-0", "1e309", "zéro virgule"),
    *("une trentaine", "mille cent", "quatre-vingt-onze mille", "entre 10 et 5 euros", "près de", "plus de", "$", "€", "£5m", "km/h", "les deux"),
    *("\n", "\r\n", "\r", "\n\n", "\t", " ", "\u00a0", "\u202f", "\u2028", "\u0085", "\x0b", "\x0c", "\x00", "\x1b[31m", "\u200b", "\u00ad", "\ufeff"),
    *("\u202e", "\u2066", "\u2069", "e\u0301", "\u0301", "ﬁ", "İ", "ß", "ǅ", "\U0001f468\u200d\U0001f469", "漢字。", "\ud800", "\udfff", "العربية", "ﬀ", "K", "ŉ"),
    *("Publié le 14 mars 2025 à 08h15", "Mis à jour le", "Par Claire Lestrade", "AFP", "(Reuters)", "Accueil", "Partager", "Lire aussi :", "Abonnez-vous"),
    *("'; drop table documents; --", "=HYPERLINK(\"x\")", "<script>alert(1)</script>", "{{ x }}", "${x}", "%s", "../../etc/passwd", "\\", "&amp;amp;"),
    *("https://exemple.fr/2025/13/45/x", "http://[::1", "http://xn--", "//", "@", "x@y.fr", "www.", "2025-06-12T10:30:00+99:00", "Ã©Ã¨", "â€™"),
    *BODY,
)  # fmt: skip
_HTML = (
    *("<p>", "</p>", "<div class=menu>", "</div>", "<article>", "</article>", "<h1>", "</h1>", "<br>", "<table><tr><td>", "</table>", "<li>", "<ul>"),
    *("<a href='javascript:x'>", "</a>", "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<pre>", "<template>", "<svg>", "<q>"),
    *("<time datetime='2025-06-12T10:30:00+99:00'>", "<time datetime=''>", "</time>", "<b", "<", ">", "&#0;", "&#xd800;", "&nbsp;", "&lt;p&gt;", "<html>"),
    *("<blockquote>", "</blockquote>", "<figure><figcaption>", "</figure>", "<nav>", "</nav>", "<footer>", "</body>", "<title>", "</title>", "<span hidden>"),
)  # fmt: skip
_VALUES = (
    "", " ", "2025-06-12", "2025-06-12T10:30:00+99:00", "0000-00-00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "null",
    "1749717000", "-1", "9" * 30, "Thu, 32 Jun 2025 25:61:61 GMT", "fr", "fr-FR-x-private", "@", "http://[::1", "https://exemple.fr/a b",
    "Jeanne Morel, Paul", "=1+1", "\x1b]0;x\x07", "<b>", "\ud800", "é" * 300,
)  # fmt: skip
_FIELDS = (
    "article:published_time", "article:modified_time", "og:title", "og:url", "og:locale", "og:site_name", "author", "date", "article:author",
    "dc.date", "description", "og:type",
)  # fmt: skip

pieces = st.sampled_from(PIECES) | st.text(max_size=8) | st.integers(-9999, 99999).map(str)
lines = st.lists(pieces, max_size=12).flatmap(
    lambda some: st.sampled_from(("", " ", ", ")).map(lambda glue: glue.join(some))
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A page of plain text: odd lines, between those of an article or alone."""
    found = draw(st.lists(lines, min_size=1, max_size=8))
    if draw(st.booleans()):
        found = [*found[: len(found) // 2], *BODY, *found[len(found) // 2 :]]
    return draw(st.sampled_from(("\n", "\n\n", "\r\n", " "))).join(found)


@st.composite
def html_pages(draw: st.DrawFn) -> str:
    """An HTML page: metadata with odd values, and a body of markup that does not nest."""
    metas = draw(st.lists(st.tuples(st.sampled_from(_FIELDS), st.sampled_from(_VALUES)), max_size=5))
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in metas)
    if draw(st.booleans()):
        fields = st.sampled_from(
            ("datePublished", "dateModified", "headline", "author", "publisher", "url", "@graph", "inLanguage")
        )
        value = st.recursive(
            st.sampled_from(_VALUES) | st.none() | st.integers() | st.floats(),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(st.sampled_from(("name", "@type", "url")), inner, max_size=2)
            ),
            max_leaves=4,
        )
        data = draw(st.dictionaries(fields, value, max_size=4))
        head += f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **data})}</script>'
    body = "".join(draw(st.lists(st.sampled_from(_HTML) | pieces, max_size=25)))
    if draw(st.booleans()):
        body += "<article><h1>La digue</h1>" + "".join(f"<p>{one}</p>" for one in BODY) + "</article>"
    return f"<html><head>{head}</head><body>{body}"


def _pack_zip(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", content)
        archive.writestr("sub/b.jsonl", JSONL)
    return target.getvalue()


JSONL = (
    json.dumps({"text": " ".join(BODY), "title": "La digue", "date": "2025-03-14", "authors": ["Claire"]}).encode()
    + b"\n"
)
_CSV = b'url;title;text\nhttps://exemple.fr/a;"La ""digue""";"' + " ".join(BODY).encode() + b'"\n'
_RSS = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Gazette</title><item><title>La digue</title>"
    f"<link>https://exemple.fr/a</link><pubDate>Thu, 12 Jun 2025 10:30:00 GMT</pubDate><description>{' '.join(BODY)}</description>"
    "</item></channel></rss>"
).encode()
_ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Gazette</title><entry><title>La digue</title><id>a</id>"
    f"<updated>2025-06-12T10:30:00Z</updated><content type='html'>&lt;p&gt;{' '.join(BODY)}&lt;/p&gt;</content></entry></feed>"
).encode()
_PAGE = f"<html><body><article><p>{'</p><p>'.join(BODY)}</p></article></body></html>".encode()
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n%b\r\n0\r\n\r\n" % (
    len(_PAGE), _PAGE,
)  # fmt: skip
_WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://exemple.fr/a\r\nWARC-Date: 2025-06-12T10:30:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(_HTTP), _HTTP)
)
_TEXT = "\n\n".join(BODY).encode()


def _pack_parquet() -> bytes:
    target = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": [" ".join(BODY)], "title": ["La digue"]}), target)
    return target.getvalue()


# A file of each type that is read, sound but for the cut a.txt.zip.
FILES: dict[str, bytes] = {
    "a.txt": _TEXT, "a.html": _PAGE, "a.jsonl": JSONL * 3, "a.csv": _CSV, "a.rss": _RSS, "a.atom": _ATOM, "a.warc": _WARC * 2,
    "a.txt.gz": gzip.compress(_TEXT, mtime=0), "a.txt.zst": zstd.compress(_TEXT), "a.zip": _pack_zip(_TEXT), "a.jsonl.gz": gzip.compress(JSONL, mtime=0),
    "a.warc.gz": gzip.compress(_WARC, mtime=0) * 2, "a.parquet": _pack_parquet(), "a.txt.zip": _pack_zip(_TEXT)[:-30],
}  # fmt: skip
_INSERTED = (b"", b"\x00", b"\xff", b"\r\n", b"\n", b'"', b"{", b"]", b"<", b"&", b";", b"\xed\xa0\x80", b"PK\x03\x04", b"9" * 20, b"\xef\xbb\xbf", b"[" * 2000)  # fmt: skip


@st.composite
def damaged_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """The name and the bytes of a file of a known type, damaged in up to four places."""
    name = draw(st.sampled_from(sorted(FILES)))
    content = FILES[name]
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(content)))
        length = draw(st.sampled_from((0, 0, 1, 2, 40, 10_000)))
        content = content[:place] + draw(st.sampled_from(_INSERTED) | st.binary(max_size=6)) + content[place + length :]
    return name, content
