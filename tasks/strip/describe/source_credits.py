"""Publishers credited with the article: in its signature line, and in the formula that ends its first paragraph.

"Nord Matin - 14 août 2025 01:47"; "…, rapporte Nord Matin."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tasks.strip.describe.claims import Claim, source_claim
from tasks.strip.describe.credit_candidates import line_segments
from tasks.strip.describe.layout import PROSE_WORDS, Layout
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.outlet_names import is_person_name, is_press_name
from tasks.strip.describe.person_names import agencies_in, byline_words, read_names, starter_pattern
from tasks.strip.describe.printed_dates import PrintedDate
from tasks.strip.describe.sources import Sources
from tasks.text.phrases import alternation
from tasks.text.words import split_words

ABOVE, BELOW = 8, 2  # lines above and below the first paragraph where the signature line stands
SIGNATURE_WORDS = 14
TOP = 5  # lines: a page whose publisher is named by no more than two capitalised words has no menu above
COMMA = re.compile(r"(?:(?<!\s)\s+)?,\s*")  # white space is read once
LAST = 120  # characters at the end of a paragraph that are searched for the formula

Dated = Mapping[int, Sequence[PrintedDate]]


def signature_claims(layout: Layout, dated: Dated, sources: Sources) -> Iterator[Claim]:
    """Publishers named beside the date of the article, with a person's name or without."""
    for i in layout.near_body(ABOVE, BELOW):
        line, dates = layout.lines[i], dated.get(i, ())
        if not dates or line.count_words > SIGNATURE_WORDS or starter_pattern().match(line.text):
            continue
        names = list(_names_beside(line.text, dates))
        for start, name in names:
            known = sources.by_name(name)
            if known and sources.is_spelled(name):
                yield source_claim(known.name, "signature_known", line, start, start + len(name))
            elif is_press_name(name):
                yield source_claim(name, "signature", line, start, start + len(name))
            elif (
                i < TOP
                and len(names) == 1
                and start == 0
                and dates[0].clock
                and _is_name_of_nothing_else(layout, i, name)
            ):
                yield source_claim(name, "signature_unsure", line, start, start + len(name))


def _names_beside(text: str, dates: Sequence[PrintedDate]) -> Iterator[tuple[int, str]]:
    """The names in a line, between its separators, commas and dates; none of an agency or a desk."""
    for segment_start, segment in line_segments(text, dates):
        position = segment_start
        for part in COMMA.split(segment):
            start = text.index(part, position)
            position = start + len(part)
            name = part.strip(" :-–—")
            is_address = start > 0 and text[start - 1] == "/"
            if (
                name
                and not is_address
                and not agencies_in(name)
                and byline_words("roles").isdisjoint(split_words(name))
            ):
                yield start + part.index(name), name


def _is_name_of_nothing_else(layout: Layout, i: int, name: str) -> bool:
    """Whether two or three capitalised words are neither a person nor anything the page speaks of: "Chas Novin"."""
    read = read_names(name)
    if read is None or not read.is_all or read.names != (name,) or not 2 <= len(name.split()) <= 3:
        return False
    if is_person_name(name) or not byline_words("not_names").isdisjoint(split_words(name)):
        return False
    above = {word for j in range(min(layout.body_start, len(layout.keys))) if j != i for word in layout.keys[j].split()}
    return (above | layout.body_words).isdisjoint(split_words(name))


def formula_claims(layout: Layout, sources: Sources) -> Iterator[Claim]:
    """The publisher in the formula that ends one of the first two paragraphs.

    A listed publisher is one that others quote ("…, rapporte Le Monde."): it is not claimed, and neither is a name with an
    article or words of its own before it ("rapporte le quotidien …", "selon nos confrères de …").
    """
    body = layout.lines[layout.body_start : layout.body_end]
    for line in [line for line in body if line.row.is_kept and line.count_words >= PROSE_WORDS][:2]:
        found = _formula_pattern().search(line.text, max(0, len(line.text) - LAST))
        if found is None:
            continue
        name = found["name"].strip()
        is_taken = sources.by_name(name) or sources.named_in(name) or agencies_in(name) or is_person_name(name)
        if is_press_name(name) and not is_taken:
            yield source_claim(name, "formula", line, found.start("name"), found.start("name") + len(name))


@cache
def _formula_pattern() -> re.Pattern[str]:
    verbs = alternation(lexicon()["publishers"]["formulas"])
    return re.compile(rf",\s(?:{verbs})\s(?P<name>[A-ZÀ-Ý][^.,;:«»\"()]{{1,50}}(?:\.[a-z]{{2,9}})?)\s?\.?$")
