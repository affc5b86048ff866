"""The examples that stripping learns from: pages as blocks, with what each block should be.

Annotated pages come as dumps and as revue renders their HTML; pages without an annotated body (`silver_pages.py`)
follow, at half the weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from tasks.page.lines import cut_lines
from tasks.strip.blocks import Block, join_blocks
from tasks.strip.feature_table import read_features
from tools.train.development_data import Page, covers_body, read_dump, read_pages
from tools.train.shingles import covered, shingles, tokens
from tools.train.silver_pages import label, read_silver, render_page

LEARNED = ("inner", "lite", "h2t", "bs4")  # `insc` differs from `inner` in white space only, and costs as much to learn
FRENCH_WEIGHT = 2.5  # French pages are few and come first
SILVER_WEIGHT = 0.5  # of a page labelled by trafilatura
LEAST_SILVER = 3  # blocks that are surely article


class Example(NamedTuple):
    """One page in one style: its blocks and what each should be (1 article, 0 not, -1 either).

    `words` and `features` have an entry for each block, its number of words and its feature values; `weight` is the
    weight of the example.
    """

    domain: str
    blocks: list[Block]
    wanted: np.ndarray
    words: np.ndarray
    features: np.ndarray
    weight: float


def label_blocks(blocks: Sequence[Block], gold_text: str, optional: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return what each block should be (1 article, 0 not, -1 either) and its number of words.

    Removing an optional passage costs nothing; keeping it a second time does.
    """
    split = [tokens(block.text) for block in blocks]
    counts = np.array([len(words) for words in split])
    flat = [word for words in split for word in words]
    gold_counts = Counter(" ".join(tokens(line)) for line in gold_text.split("\n"))
    optional_counts = Counter(" ".join(tokens(line)) for line in optional)
    optional_shingles: Counter[tuple[str, ...]] = sum((shingles(tokens(part), 4) for part in optional), Counter())
    in_gold, in_optional = covered(flat, shingles(tokens(gold_text), 4), 4), covered(flat, optional_shingles, 4)
    wanted = np.zeros(len(blocks), dtype=np.int64)
    used: Counter[str] = Counter()
    at = 0
    for number, words in enumerate(split):
        end, key = at + len(words), " ".join(words)
        share, optional_share = (in_gold[at:end].mean(), in_optional[at:end].mean()) if words else (0.0, 0.0)
        used[key] += 1
        if not words:
            wanted[number] = -1
        elif key in optional_counts or (optional_share >= 0.5 and optional_share > share):
            is_first = used[key] <= max(1, optional_counts[key])
            wanted[number] = -1 if is_first and len(words) > 12 else 0
        elif share >= 0.5 or key in gold_counts:
            is_sure = len(words) > 3 or key in gold_counts or share == 1
            is_again = used[key] > max(gold_counts[key], 1)
            wanted[number] = 0 if is_again else 1 if is_sure else -1
        elif share > 0.25:
            wanted[number] = -1
        at = end
    return wanted, counts


def read_examples() -> Iterator[Example]:
    """Yield every example: annotated pages as dumps and as revue renders their HTML, then the other pages."""
    for page in read_pages():
        if not page.get("body_ok"):
            continue
        dumps = [read_dump(page, style) for style in LEARNED if covers_body(page, style)]
        for raw in (*dumps, render_page(page)):
            if raw is not None:
                yield annotate(page, raw)
    for silver in read_silver():
        blocks = read_blocks(silver.raw)
        wanted, words = label([block.text for block in blocks], silver)
        if np.count_nonzero(wanted == 1) >= LEAST_SILVER:
            yield _example(silver.page, blocks, wanted, words, SILVER_WEIGHT)


def annotate(page: Page, raw: str) -> Example:
    """Return an annotated page's raw text as an example."""
    blocks = read_blocks(raw)
    wanted, words = label_blocks(blocks, page["gold_text"], page.get("gold_optional") or [])
    return _example(page, blocks, wanted, words, 1.0)


def _example(page: Page, blocks: list[Block], wanted: np.ndarray, words: np.ndarray, weight: float) -> Example:
    features = read_features([block.text for block in blocks])
    weight *= FRENCH_WEIGHT if page["lang"] == "fr" else 1.0
    return Example(page["domain"], blocks, wanted, words, features, weight)


def read_blocks(raw: str) -> list[Block]:
    """Return the blocks of a page's raw text."""
    spans = cut_lines(raw)
    contents = [raw[start:end].strip() for start, end in spans]
    return join_blocks(contents, [not start or raw[start - 1] in "\r\n" for start, _ in spans])
