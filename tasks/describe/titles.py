"""The page's title among its lines: what stands above the body, speaks of what the body speaks of, and repeats itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tasks.describe.layout import Layout
from tasks.describe.printed import PrintedDate
from tasks.describe.weighing import bucket, weigh
from tasks.describe.words import alternatives, key_of, lexicon, words_of

ABOVE, BELOW, TOP = 90, 4, 5  # blocks above and below the body's start, and at the top of the page, that are candidates
MOST_WORDS = 45


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """One line that could be the title; `text` is the line without the name of the site behind a separator."""

    block: int
    text: str
    features: frozenset[str] = frozenset()
    probability: float = 0.0


def title_candidates(layout: Layout, dated: Mapping[int, list[PrintedDate]]) -> list[TitleCandidate]:
    """Lines above the body, at the top of the page, or marked as headings, with their features."""
    indices = set(layout.near_body(ABOVE, BELOW)) | set(range(min(TOP, len(layout.blocks))))
    indices |= {i for i, block in enumerate(layout.blocks[:2000]) if block.marks == "#"}
    positions: dict[str, list[int]] = {}
    for i, key in enumerate(layout.keys):
        positions.setdefault(key, []).append(i)
    top = [key_of(block.text) for block in layout.blocks[:TOP]]
    candidates = []
    for i in sorted(indices):
        block = layout.blocks[i]
        if block.count_words <= MOST_WORDS and len(block.text) <= 300 and len(layout.keys[i]) > 2:
            features = _features(layout, i, dated) | _echoes(layout, i, positions, top)
            candidates.append(TitleCandidate(i, block.text, frozenset(features)))
    return candidates


def _features(layout: Layout, i: int, dated: Mapping[int, list[PrintedDate]]) -> set[str]:
    block = layout.blocks[i]
    text = block.text
    words = [word for word in words_of(text) if len(word) >= 4]
    shared = sum(word in layout.body_words for word in words) / len(words) if words else 0.0
    features = {
        bucket("words", block.count_words, (2, 3, 5, 8, 16, 26)),
        bucket("above_body", layout.body_start - i, (-1, 0, 1, 2, 3, 5, 9, 17, 40)),
        bucket("shared", shared, (0.01, 0.2, 0.4, 0.6, 0.8)),
        bucket("index", i, (1, 2, 5)),
        f"ends={text[-1] if text[-1] in '.?!:,…;' else 'other'}",
        f"starts={'upper' if text[0].isupper() else 'lower' if text[0].islower() else 'digit' if text[0].isdigit() else 'mark'}",
        f"kept={block.line.is_kept}",
    }
    if is_picture_credit(text):
        features.add("is_picture_credit")
    if block.line.kind in ("caption", "embed", "comment"):
        features.add(f"kind={block.line.kind}")
    features.add(bucket("longest_above", max([0, *(above.count_words for above in layout.blocks[max(0, i - 4) : i])]), (3, 6, 12, 25)))
    features.add(bucket("longest_between", max([0, *(below.count_words for below in layout.blocks[i + 1 : max(i + 1, layout.body_start)][:40])]), (1, 4, 8, 15, 30)))
    if block.marks.startswith("#"):
        features.add("is_top_heading" if block.marks == "#" else "is_heading")
    if any(crumb in text for crumb in lexicon()["titles"]["crumbs"]) or "|" in text:
        features.add("has_separator")
    if _opener_pattern().match(text):
        features.add("is_opener")
    if i in dated:
        features.add("has_date")
    features.add(bucket("date_below", next((j - i for j in range(i + 1, i + 9) if j in dated), 99), (2, 3, 5, 9)))
    features.add(bucket("byline_below", next((j - i for j in range(i + 1, min(i + 9, len(layout.blocks))) if is_byline(layout.blocks[j].text)), 99), (2, 3, 5, 9)))
    if i and (i - 1 in dated or is_byline(layout.blocks[i - 1].text)):
        features.add("date_or_byline_above")
    if i + 1 < len(layout.blocks):
        features.add(bucket("words_below", layout.blocks[i + 1].count_words, (3, 8, 15, 30)))
    return features


def _echoes(layout: Layout, i: int, positions: Mapping[str, Sequence[int]], top: Sequence[str]) -> set[str]:
    """How the line repeats: as itself above or below, at the top with the site's name behind, behind a breadcrumb."""
    key, same = layout.keys[i], positions[layout.keys[i]]
    features = {bucket("same_lines", len(same), (2, 3, 5))}
    if same[0] < i:
        features.add("is_again")
    if any(j != i and len(key) > 12 and head.startswith(key) for j, head in enumerate(top)):
        features.add("opens_top_line")
    if any(j != i and len(layout.keys[j]) > 12 and key.endswith(" " + layout.keys[j]) for j in range(i + 1, min(i + 6, len(layout.keys)))):
        features.add("ends_in_line_below")
    if any(layout.keys[j].startswith(key + " ") for j in range(i + 1, min(i + 4, len(layout.keys)))):
        features.add("opens_line_below")
    if any(len(key) > 12 and layout.keys[j].endswith(" " + key) for j in range(max(0, i - 5), i)):
        features.add("ends_line_above")
    return features


@cache
def _opener_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(lexicon()['titles']['openers'])})", re.IGNORECASE)


@cache
def _picture_pattern() -> re.Pattern[str]:
    houses = alternatives([*lexicon()["agencies"], "getty", "sipa", "istock", "shutterstock", "picture alliance", "imago", "maxppp", "epa", "pool", "archives"])
    marks = alternatives(lexicon()["bylines"]["picture_marks"])
    return re.compile(rf"(?:{marks})\s*:?\s|(?:[/—–|,]\s?|\()(?:{houses})\)?\W*$|(?:{houses})\s?/\s?\w|©|\(c\)", re.IGNORECASE)


def is_picture_credit(text: str) -> bool:
    """Whether a line credits a picture: "Le pont, hier. — J. Martin / AFP", "Photo : …", "© …"."""
    return _picture_pattern().search(text) is not None


@cache
def _byline_pattern() -> re.Pattern[str]:
    sure = set(lexicon()["bylines"]["starters"]) - set(lexicon()["bylines"]["weak"])
    return re.compile(rf"(?:{alternatives(sure)})\s*:?\s*(?=[A-ZÀ-Ý]|$)(?-i:)", re.IGNORECASE)


def is_byline(text: str) -> bool:
    """Whether a short line opens like a byline ("Par Jeanne Martin")."""
    return len(text) <= 120 and _byline_pattern().match(text) is not None


def weigh_titles(candidates: Sequence[TitleCandidate]) -> list[TitleCandidate]:
    """The candidates with the probability that they are the title."""
    chances = weigh("title", [candidate.features for candidate in candidates])
    return [TitleCandidate(c.block, c.text, c.features, chance) for c, chance in zip(candidates, chances, strict=True)]
