"""Texts as tokens and shingles (runs of tokens), as scrapinghub's article-extraction-benchmark compares them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np

_TOKEN = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]|[^\\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]+"
)


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case; a Chinese, Japanese, Korean or Thai character is a word of its own."""
    return _TOKEN.findall(re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", unicodedata.normalize("NFKC", text)).lower())


def shingles(words: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    """Return the runs of `size` words and how often each occurs."""
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def covered(words: Sequence[str], gold: Counter[tuple[str, ...]], size: int) -> np.ndarray:
    """Return for each word whether it stands in a run of `size` words that the gold text contains too."""
    hit = np.zeros(len(words), dtype=bool)
    for at in range(len(words) - size + 1):
        if tuple(words[at : at + size]) in gold:
            hit[at : at + size] = True
    return hit
