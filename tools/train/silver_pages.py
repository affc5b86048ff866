"""Silver-standard pages: development pages without an annotated body, labelled where two extractions agree.

trafilatura's precise and generous extractions are right about most lines of most pages (0.97 and 0.95 of F on French
ones). What both take is article, what neither takes is not, the rest is free; snippets that must or must not stand in
the text are certain. These pages come from half as many publishers again as the annotated pages, and carry errors of
trafilatura's too: such a page weighs half of what an annotated one does, and is never scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

import numpy as np
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from tasks.page.parse import UnreadableMarkupError, parse
from tasks.page.render import render_marked
from tools.train.development_data import Page, read_markup, read_pages
from tools.train.shingles import covered, shingles, tokens

LEAST_WORDS = 80  # of an extraction that is learned from
LEAST_AGREEMENT = 0.8  # words of the precise extraction in those of the generous one
LEAST_TAKEN, MOST_LEFT = 0.8, 0.1  # share of a block's words in an extraction from which, to which it is sure
SHORTEST = 4  # words of a block that can be sure to be article
MOST_READ = 50_000  # elements
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "title"})


class Silver(NamedTuple):
    """One page in one style: its raw text and the text of the two extractions."""

    page: Page
    style: str
    raw: str
    precise: str
    generous: str


def read_silver() -> Iterator[Silver]:
    """Yield the pages without an annotated body, each content once, as text in three styles made from its markup."""
    pages = read_pages()
    seen = {page["page_sha"] for page in pages if page.get("body_ok")}
    for page in pages:
        if page["page_sha"] in seen:
            continue
        seen.add(page["page_sha"])
        tree = _parse(page)
        if tree is None or sum(1 for _ in tree.iter()) > MOST_READ:
            continue
        precise, generous = _extract(tree, is_precise=True), _extract(tree, is_precise=False)
        count = len(precise.split())
        if count < LEAST_WORDS or count < LEAST_AGREEMENT * len(generous.split()):
            continue
        rendered, is_beside = render_marked(tree)
        lines = rendered.split("\n")
        lite = [line for line, beside in zip(lines, is_beside, strict=False) if not beside]
        for style, raw in (("inner", rendered), ("lite", "\n".join(lite)), ("bs4", "\n".join(_nodes(tree)))):
            yield Silver(page, style, raw, precise, generous)


def render_page(page: Page) -> str | None:
    """Return the visible text of a page's markup as revue renders it; None without readable markup."""
    tree = _parse(page)
    return None if tree is None else render_marked(tree)[0]


def _parse(page: Page) -> HtmlElement | None:
    markup = read_markup(page)
    if markup is None:
        return None
    try:
        return parse(markup)
    except UnreadableMarkupError:
        return None


def label(texts: Sequence[str], silver: Silver) -> tuple[np.ndarray, np.ndarray]:
    """Return what each block should be (1 article, 0 not, -1 either) and its number of words."""
    split = [tokens(text) for text in texts]
    flat = [word for words in split for word in words]
    precise = covered(flat, shingles(tokens(silver.precise), 4), 4)
    generous = covered(flat, shingles(tokens(silver.generous), 4), 4)
    whole = {" ".join(tokens(line)) for line in silver.generous.split("\n")}
    snippets = [(" ".join(snippet.split()), 1) for snippet in silver.page.get("with") or []]
    snippets += [(" ".join(snippet.split()), 0) for snippet in silver.page.get("without") or []]
    wanted = np.full(len(texts), -1)
    at = 0
    for number, words in enumerate(split):
        end = at + len(words)
        if len(words) >= SHORTEST and precise[at:end].mean() >= LEAST_TAKEN:
            wanted[number] = 1
        elif words and generous[at:end].mean() <= MOST_LEFT and " ".join(words) not in whole:
            wanted[number] = 0
        text = " ".join(texts[number].split())
        wanted[number] = next((sure for snippet, sure in snippets if snippet in text), wanted[number])
        at = end
    return wanted, np.array([len(words) for words in split])


def _extract(tree: HtmlElement, *, is_precise: bool) -> str:
    try:
        document = bare_extraction(
            deepcopy(tree),
            include_comments=False,
            with_metadata=False,
            favor_precision=is_precise,
            favor_recall=not is_precise,
        )
    except Exception:  # as in tasks/strip/html.py: markup its authors have not seen
        return ""
    found = document if document is None or isinstance(document, dict) else document.as_dict()
    return str((found or {}).get("text") or "")


def _nodes(tree: HtmlElement) -> Iterator[str]:
    """Yield every visible text node, white space folded, as the plainest dumps write a page."""
    for node in tree.xpath("//text()"):
        above = node.getparent().getparent() if node.is_tail else node.getparent()
        chain = () if above is None else (above, *above.iterancestors())
        if node.strip() and not any(element.tag in _UNSEEN for element in chain):
            yield " ".join(node.split())
