"""Posts of social networks quoted whole inside an article: found by their signature line, kept as `embed`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tasks.strip.blocks import Block
from tasks.strip.lexicon import tables_by_language
from tasks.text.words import split_folded_words

# "— Name (@handle) August 17, 2025": what the embed codes of the networks end in.
_SIGNATURE = re.compile(r"[—–-]\s?[^\n]{1,80}\(@\w{2,30}\)[^\n]{0,40}$")
_ADDRESS = re.compile(r"\b(?:pic\.twitter\.com|pic\.x\.com|t\.co)/\w+")
_MENTION = re.compile(r"(?<![\w.])@\w{3,}")
_LONGEST_POST = 5  # blocks


def find_embeds(blocks: Sequence[Block], is_kept: Sequence[bool]) -> set[int]:
    """The numbers of the blocks that are posts, between the first kept block and the last (or right beside them)."""
    kept = [number for number, keep in enumerate(is_kept) if keep]
    reach = range(max(kept[0] - 1, 0), min(kept[-1] + 2, len(blocks))) if kept else range(0)
    posts = [number for number in reach if _is_end_of_post(blocks[number].text)]
    page_language = _language(" ".join(blocks[number].text for number in kept[:12])) if posts else None
    found = set(posts)
    for number in posts:
        for before in range(number - 1, max(number - _LONGEST_POST, kept[0] - 1, -1), -1):
            language = _language(blocks[before].text)
            is_foreign = language is not None and page_language is not None and language != page_language
            if not is_foreign and not _MENTION.search(blocks[before].text):
                break
            found.add(before)
    return found


def _is_end_of_post(text: str) -> bool:
    return ("(@" in text and _SIGNATURE.search(text) is not None) or ("/" in text and _ADDRESS.search(text) is not None)


def _language(text: str) -> str | None:
    """The language whose telling words stand most often in a text, None when several do."""
    words = split_folded_words(text)
    counts = [(sum(word in telling for word in words), language) for language, telling in _telling_words().items()]
    best, second = sorted(counts, reverse=True)[:2]
    return best[1] if best[0] > second[0] else None


@cache
def _telling_words() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(tables["posts"]["telling_words"])
        for language, tables in tables_by_language().items()
        if "posts" in tables
    }
