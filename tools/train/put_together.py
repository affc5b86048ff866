"""Pages put together from annotated pages: under an article stands what often stands there, much more of it than usual.

Three kinds: the comment thread (or whatever else follows the article) of other pages; the headlines and first paragraphs of
other articles, as under a brief; a list of names, as under an open letter. The article is often shortened to a few paragraphs,
so that what follows is many times longer. All parts of a page are of one language, style and group of publishers.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from tasks.strip.feature_table import feature_numbers
from tools.train.development_data import Page
from tools.train.shingles import tokens
from tools.train.strip_examples import Example

KINDS = ("thread", "thread", "thread", "briefs", "briefs", "names")  # a kind named twice is as frequent
LONGEST_PAGE = 1_200  # blocks of a page that is put together from
LONGEST_THREAD = 600  # blocks
LEAST_THREAD = 100  # words of prose below an article that make a thread
BARE_SHARE = 0.3  # of the threads: prose without names and times
THREAD_RATIOS = (1, 2, 4, 8, 16)  # length of the thread over that of the article
GAPS = (0, 0, 1, 3, 6)  # blocks of the page itself between its article and what is put under it


class Source(NamedTuple):
    """An annotated page in one style."""

    page: Page
    style: str
    example: Example

    @property
    def article(self) -> range:
        """The blocks from the first to the last of the article."""
        found = np.flatnonzero(self.example.wanted == 1)
        return range(int(found[0]), int(found[-1]) + 1) if len(found) else range(0)

    @property
    def prose(self) -> np.ndarray:
        """The words of each block that is prose."""
        prose: np.ndarray = self.example.features[:, feature_numbers()["prose"]]
        return prose


class Made(NamedTuple):
    """A page put together: its texts, and what each of them should be (1 article, 0 not, -1 either)."""

    source: Source
    kind: str
    texts: list[str]
    wanted: list[int]


def put_together(sources: Sequence[Source], group_of: Callable[[str], int], count: int, seed: int) -> Iterator[Made]:
    """Yield so many pages, each made of pages whose domains are in one group."""
    chance = random.Random(seed)
    groups: dict[tuple[int, str, str], list[Source]] = defaultdict(list)
    for source in sources:
        if source.article:
            groups[group_of(source.page["domain"]), source.page["lang"], source.style].append(source)
    keys = [key for key, group in groups.items() if len({source.page["domain"] for source in group}) > 3]
    weights = [len(groups[key]) * (3 if key[1] == "fr" else 1) for key in keys]
    made = 0
    while made < count and keys:
        group = groups[chance.choices(keys, weights)[0]]
        source = chance.choice(group)
        others = [other for other in group if other.page["domain"] != source.page["domain"]]
        page = _make(source, others, chance)
        if page is not None:
            made += 1
            yield page


def _make(source: Source, others: Sequence[Source], chance: random.Random) -> Made | None:
    blocks = source.example.blocks
    if len(blocks) > LONGEST_PAGE:
        return None
    texts, wanted = [block.text for block in blocks], source.example.wanted.tolist()
    end = source.article.stop
    paragraphs = [n for n in source.article if wanted[n] == 1 and source.prose[n] > 0]
    if len(paragraphs) > 3 and chance.random() < 0.6:
        cut = paragraphs[chance.randint(1, min(6, len(paragraphs) - 1))]
        texts, wanted, end = texts[:cut] + texts[end:], wanted[:cut] + wanted[end:], cut
    if not any(want == 1 for want in wanted):
        return None
    kind = chance.choice(KINDS)
    length = sum(len(tokens(text)) for text, want in zip(texts, wanted, strict=True) if want == 1)
    if kind == "thread":
        added = _thread(others, length * chance.choice(THREAD_RATIOS), chance)
    elif kind == "briefs":
        added = _briefs(others, chance)
    else:
        added = _names(others, texts, chance)
    if not added:
        return None
    at = min(end + chance.choice(GAPS), len(texts))
    if kind == "briefs" and chance.random() < 0.2:  # above the article
        at = max(0, source.article.start - 8)
    texts, wanted = texts[:at] + added + texts[at:], wanted[:at] + [0] * len(added) + wanted[at:]
    if at >= end and chance.random() < 0.3:  # nothing below
        texts, wanted = texts[: at + len(added)], wanted[: at + len(added)]
    return Made(source, kind, texts, wanted)


def _thread(others: Sequence[Source], words: float, chance: random.Random) -> list[str]:
    tails = [(other, other.article.stop) for other in others]
    tails = [(other, start) for other, start in tails if other.prose[start:].sum() >= LEAST_THREAD]
    after_comment = feature_numbers()["after_comment"]
    threads = [(o, start) for o, start in tails if (o.example.features[start:, after_comment] < 99).any()]
    pool = threads if threads and chance.random() < 0.7 else tails
    added: list[str] = []
    is_bare = chance.random() < BARE_SHARE
    for _ in range(6 if pool else 0):
        other, start = chance.choice(pool)
        stop = int(np.flatnonzero(other.prose)[-1]) + 2
        added += _bare(other, start, stop) if is_bare else [block.text for block in other.example.blocks[start:stop]]
        words -= other.prose[start:].sum()
        if words <= 0:
            break
    return added[:LONGEST_THREAD]


def _bare(other: Source, start: int, stop: int) -> list[str]:
    """Return the prose of a thread, and the headings that announce comments, without names, times and buttons."""
    is_heading = other.example.features[:, feature_numbers()["after_comment"]] == 0
    return [
        other.example.blocks[n].text
        for n in range(start, stop)
        if n < len(is_heading) and (other.prose[n] or is_heading[n])
    ]


def _briefs(others: Sequence[Source], chance: random.Random) -> list[str]:
    added: list[str] = []
    for other in chance.sample(others, min(len(others), chance.randint(2, 8))):
        paragraphs = [n for n in other.article if other.example.wanted[n] == 1 and other.prose[n] > 0]
        title = other.page.get("gold_title")
        if title and paragraphs and chance.random() < 0.85:
            added.append(title)
        added += [other.example.blocks[n].text for n in paragraphs[: chance.randint(1, 3)]]
    return added


def _names(others: Sequence[Source], texts: Sequence[str], chance: random.Random) -> list[str]:
    names = [name.split() for other in others for name in other.page.get("gold_authors") or [] if name.split()]
    places = [text for text in texts if text.isalpha() and text[0].isupper()]
    if len(names) < 3:
        return []
    has_places, in_rows = bool(places) and chance.random() < 0.5, chance.random() < 0.5
    added = []
    for _ in range(chance.randint(15, 120)):
        name = f"{chance.choice(names)[0]} {chance.choice(names)[-1]}"
        added.append(f"{name}, {chance.choice(places)}" if has_places else name)
    return [", ".join(added[at : at + 20]) for at in range(0, len(added), 20)] if in_rows else added
