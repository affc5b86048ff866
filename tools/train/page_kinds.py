"""The development pages as articles and as pages that are not, to learn and measure the page verdict.

Every page is taken as it is, with its body cut to the first paragraphs (a brief), and in ways in which it holds no
article: without its body, only what stands above the body, only what stands below, and with the openings of
other articles in the body's place (an index). It is an article still with two others below it (endless scrolling).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from lxml import html as lxml_html

from tasks.page.lines import cut_lines
from tools.train.development_data import Page, covers_body, read_dump, read_markup, read_pages
from tools.train.shingles import covered, shingles, tokens
from tools.train.strip import fold_of
from tools.train.strip_examples import label_blocks, read_blocks

STYLES = ("inner", "lite", "bs4", "html")
ARTICLES = ("article", "brief", "several")
INDEXES = ("index_whole", "index_broken_off", "index_headlines", "index_bare")
OTHERS = ("no_body", "above", "below", *INDEXES)
_LONGEST_OTHER = 8  # paragraphs of an article below another
_BRIEF_WORDS = 40  # a brief is the first two paragraphs, and more until it has so many words


class Case(NamedTuple):
    """One page as one `kind` of page; `content` is markup where `style` is html."""

    page_id: str
    domain: str
    language: str
    style: str
    kind: str
    content: str
    body: str  # the article text of the page; '' for a page that is not an article

    @property
    def fold(self) -> int:
        """The fold of the page's publisher."""
        return fold_of(self.domain)

    @property
    def is_article(self) -> bool:
        """Whether the page is an article or a brief."""
        return self.kind in ARTICLES


def read_cases() -> Iterator[Case]:
    """Yield every page in every style as every kind of page it can be made into."""
    pages = read_pages()
    openings = read_openings(pages)
    for page in pages:
        for style in STYLES:
            content = read_markup(page) if style == "html" else read_dump(page, style)
            if content is None:
                continue
            has_body = page.get("body_ok") and page.get("gold_text")
            if style != "html" and has_body and not covers_body(page, style):
                continue
            if not has_body and (style == "html" or not _shows(page, content)):
                continue
            about = (page["id"], page["domain"], page["lang"], style)
            yield Case(*about, "article", content, page["gold_text"] if has_body else "\n".join(page["with"]))
            if not has_body:
                continue
            made = cut_markup(content, page) if style == "html" else cut_dump(content, page, openings)
            for kind, text, body in made:
                yield Case(*about, kind, text, body)
            yield Case(*about, "several", append_articles(content, page, pages, style), page["gold_text"])


def append_articles(content: str, page: Page, pages: Sequence[Page], style: str) -> str:
    """Return a page with two other articles of its language below its own."""
    others = [
        other
        for other in pages
        if other["lang"] == page["lang"] and other["domain"] != page["domain"] and other.get("body_ok")
    ]
    chance = random.Random(page["id"])
    chosen = chance.sample(others, 2) if len(others) > 1 else [page, page]
    articles = [[other["gold_title"] or "", *other["gold_text"].split("\n")[:_LONGEST_OTHER]] for other in chosen]
    if style != "html":
        return "\n\n".join([content, *("\n\n".join(article) for article in articles)])
    blocks = "".join(
        f"<article><h1>{escape(title)}</h1>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</article>"
        for title, *lines in articles
    )
    end = content.rfind("</body>")
    return content[:end] + blocks + content[end:] if end >= 0 else content + blocks


def _shows(page: Page, content: str) -> bool:
    """Return whether the dump of a page without an annotated body holds the snippets that its annotation requires."""
    text = " ".join(tokens(content))
    wanted = [" ".join(tokens(snippet)) for snippet in page.get("with") or []]
    return bool(wanted) and sum(snippet in text for snippet in wanted) >= 0.7 * len(wanted)


def read_openings(pages: Sequence[Page]) -> dict[str, list[tuple[str, str, str]]]:
    """Return page id, headline and first paragraph of articles by language: the material of an index."""
    openings: dict[str, list[tuple[str, str, str]]] = {}
    for page in pages:
        if page.get("gold_text") and page.get("gold_title"):
            first = next((line for line in page["gold_text"].split("\n") if len(line) > 60), "")
            if first:
                openings.setdefault(page["lang"], []).append((page["id"], page["gold_title"], first))
    return openings


def cut_dump(
    content: str, page: Page, openings: dict[str, list[tuple[str, str, str]]]
) -> Iterator[tuple[str, str, str]]:
    """Yield kind, text and body of the pages that a dump can be made into."""
    spans = cut_lines(content)
    blocks = read_blocks(content)
    wanted, words = label_blocks(blocks, page["gold_text"], page.get("gold_optional") or [])
    body = [number for number, want in enumerate(wanted) if want == 1]
    if not body:
        return
    kept, count = [], 0
    for place, number in enumerate(body):
        if place >= 2 and count >= _BRIEF_WORDS:
            break
        kept.append(number)
        count += int(words[number])

    def without(dropped: set[int]) -> str:
        lines = {index for number in dropped for index in blocks[number].indices}
        return "".join(content[start:end] for at, (start, end) in enumerate(spans) if at not in lines)

    everything = set(range(len(blocks)))
    rest = {number for number in everything if wanted[number] != 0}
    above, below = without(rest | set(range(body[0], len(blocks)))), without(rest | set(range(body[-1])))
    if count < sum(int(words[number]) for number in body):
        dropped = {number for number in rest if number > kept[-1] or wanted[number] == 1} - set(kept)
        yield "brief", without(dropped), "\n".join(blocks[number].text for number in kept)
    yield "no_body", without(rest), ""
    yield "above", above, ""
    yield "below", below, ""
    others = [opening for opening in openings.get(page["lang"], []) if opening[0] != page["id"]]
    if len(others) >= 8:
        chance = random.Random(page["id"] + str(len(content)))
        shape = chance.choice(INDEXES)
        yield shape, above + write_index(others, shape, chance) + below, ""


def write_index(openings: list[tuple[str, str, str]], shape: str, chance: random.Random) -> str:
    """Return openings of articles as a home page prints them: with or without headline, time, whole or broken off."""
    count = chance.randint(5, min(20, len(openings)))
    gap = chance.choice(("\n", "\n\n"))
    printed = []
    for _, title, first in chance.sample(openings, count):
        words = first.split()
        length = chance.randint(14, 32)
        if shape == "index_broken_off" and len(words) > length:
            first = " ".join(words[:length]) + chance.choice(("…", "...", " [...]"))
        if shape == "index_headlines":
            printed += [title, f"{chance.randint(7, 22)}:{chance.randint(10, 59)}"]
        else:
            printed += [first] if shape == "index_bare" else [title, first]
    return gap.join(["", *printed, ""])


def cut_markup(content: str, page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield kind, markup and body of a page cut to a brief, and without its body (in its metadata too)."""
    gold = shingles(tokens(page["gold_text"]), 4)
    for kind, least_words in (("brief", _BRIEF_WORDS), ("no_body", 0)):
        tree = lxml_html.fromstring(content.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
        count = paragraphs = 0
        body = []
        for element in list(tree.iter()):
            if not isinstance(element.tag, str) or element.tag in ("script", "style", "head"):
                if element.tag == "script" and element.text and "articleBody" in element.text:
                    element.text = ""
                continue
            for name in ("text", "tail"):
                words = tokens(getattr(element, name) or "")
                is_body = covered(words, gold, 4).mean() >= 0.5 if len(words) > 3 else False
                if not is_body or element.tag in ("h1", "title", "meta"):
                    continue
                if kind == "brief" and (count < least_words or paragraphs < 2):
                    count, paragraphs = count + len(words), paragraphs + (len(words) > 15)
                    body.append(getattr(element, name))
                else:
                    setattr(element, name, " ")
        yield kind, lxml_html.tostring(tree, encoding="unicode"), "\n".join(body)
