"""Credit lines that may name the authors of the article: their names, and the features of each.

A credit is a run of names somewhere a byline can stand: after a starter ("Par", "By", "Von"), on a line of its own
between title and body, beside the date, or signed under the last paragraph. Names are read by their shape; roles,
towns, agencies and dates are not part of them. `candidate_model` says how probable it is that a credit names the authors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tasks.strip.describe.candidate_model import bucket, weigh
from tasks.strip.describe.layout import PROSE_WORDS, Layout
from tasks.strip.describe.line_contents import LONGEST_CREDIT, has_segments
from tasks.strip.describe.outlet_names import is_person_name, is_press_name
from tasks.strip.describe.person_names import NameRun, agencies_in, byline_words, read_names, starter_pattern
from tasks.strip.describe.printed_dates import PrintedDate
from tasks.strip.describe.title_candidates import is_picture_credit, is_picture_opening
from tasks.text.phrases import alternation
from tasks.text.remembered import remember_short
from tasks.text.words import word_key

BARE_LINE, DATED_LINE = 14, 26  # words in a line with names and no starter, without and with a date
SEPARATOR = re.compile(r"\s*(?:[|•·/\t]|[-–—]\s)")
SEGMENT = re.compile(r"\s*[|•·/]\s*|\s+[-–—]\s+|\t+|\s{3,}")


@dataclass(frozen=True, slots=True)
class CreditCandidate:
    """Names read on one line, with the characters of the line they cover."""

    line_index: int
    names: tuple[str, ...]
    start: int
    end: int
    features: frozenset[str] = frozenset()
    probability: float = 0.0


def credit_candidates(
    layout: Layout, dated: Mapping[int, list[PrintedDate]], title: int | None
) -> list[CreditCandidate]:
    """Every credit of the page with its features."""
    bare = _bare_lines(layout, dated, title)
    candidates = []
    for i in layout.nearest(set(bare) | _starter_lines(layout, dated)):
        least = _least_words(layout, i)
        for names, starter in _credits_of(layout.lines[i].text, dated.get(i, []), i in bare, least):
            features = _features(layout, dated, title, i, names, starter) | {
                bucket("bare_near", sum(abs(j - i) <= 3 for j in bare if j != i), (1, 2, 4))
            }
            candidates.append(CreditCandidate(i, names.names, names.start, names.end, frozenset(features)))
    return candidates


def _starter_lines(layout: Layout, dated: Mapping[int, list[PrintedDate]]) -> set[int]:
    """Lines that open with a starter, and short ones with a date or a separator that hold one."""
    found = set()
    for i, line in enumerate(layout.lines):
        has_parts = line.has_segments or (i in dated and line.count_words <= LONGEST_CREDIT)
        if line.opens_with_starter or (has_parts and starter_pattern().search(line.text)):
            found.add(i)
    return found


@remember_short
def _has_parts(text: str) -> bool:
    """Whether a line without dates has several parts."""
    return has_segments(text) or _glued_label().search(text) is not None


def _bare_lines(layout: Layout, dated: Mapping[int, list[PrintedDate]], title: int | None) -> dict[int, NameRun]:
    """Lines of a few words, made of names alone, near the title, the body's start, its end or a date."""
    last = len(layout.lines)
    near = {
        *layout.near_body(12, 6),
        *range(min(6, last)),
        *range(max(0, layout.body_end - 2), min(layout.body_end + 10, last)),
    }
    if title is not None:
        near.update(range(max(0, title - 6), min(title + 20, last)))
    found = {}
    for i in near:
        line = layout.lines[i]
        if line.count_words > (DATED_LINE if i in dated else BARE_LINE):
            continue
        least = _least_words(layout, i)
        for segment_start, segment in line_segments(line.text, dated.get(i, [])):
            names = read_names(line.text[: segment_start + len(segment)], segment_start)
            if names and names.is_all and (len(names.names[0].split()) >= least or agencies_in(segment)):
                found[i] = names
                break
    return found


def line_segments(text: str, dates: Sequence[PrintedDate]) -> list[tuple[int, str]]:
    """The parts of a line between its dates and separators, each with its place."""
    if not dates and not _has_parts(text):
        return [(0, text)]
    segments, position = [], 0
    cuts = sorted(
        [
            *((date.start, date.end) for date in dates),
            *(glue.span() for glue in _glued_label().finditer(text)),
            (len(text), len(text)),
        ]
    )
    for start, end in cuts:
        piece_start = position
        for separator in [*SEGMENT.finditer(text, position, start), None]:
            piece_end = separator.start() if separator else start
            if text[piece_start:piece_end].strip(" ,:-–"):
                segments.append((piece_start, text[piece_start:piece_end]))
            piece_start = separator.end() if separator else start
        position = end
    return segments


@cache
def _glued_label() -> re.Pattern[str]:
    """The label of a date stuck to the end of a name, or to the date that follows it."""
    stops, openers = alternation(byline_words("glued_stops")), alternation(byline_words("glued_openers"))
    return re.compile(rf"(?<![A-ZÀ-Ý\s])(?:{stops})(?![a-zà-ÿ])|(?<=\s)(?:{openers})(?=[A-Z\d])")


def _least_words(layout: Layout, i: int) -> int:
    """The words a name without a starter has at least: one below a line that is a starter alone ("Par", then "Zoé")."""
    return 1 if i and starter_pattern().fullmatch(layout.lines[i - 1].text + " ") else 2


def _credits_of(text: str, dates: Sequence[PrintedDate], is_bare: bool, least: int) -> list[tuple[NameRun, str]]:
    """The credits of one line, each with its starter ("" for none): after starters, and bare names."""
    found: list[tuple[NameRun, str]] = []
    for starter in starter_pattern().finditer(text[:300]):
        if any(names.start < starter.end() <= names.end for names, _ in found):
            continue
        ends = min(
            [date.start for date in dates if date.start >= starter.end()]
            + [glue.start() for glue in _glued_label().finditer(text, starter.end())]
            + [len(text)]
        )
        names = read_names(text[:ends], starter.end())
        if names and (len(names.names[0].split()) > 1 or names.is_all or names.end == ends):
            found.append((names, starter["starter"].lower()))
    if is_bare and not found:
        for segment_start, segment in line_segments(text, dates):
            names = read_names(text[: segment_start + len(segment)], segment_start)
            if names and names.is_all and (len(names.names[0].split()) >= least or agencies_in(segment)):
                last = found[-1][0] if found else None
                if last and all(map(is_person_name, (*last.names, *names.names))):
                    found[-1] = (_joined(last, names), "")  # "Anne Roy - Luc Petit - 12 juin": they signed together
                else:
                    found.append((names, ""))
    return found


def _joined(one: NameRun, other: NameRun) -> NameRun:
    return NameRun(
        (*one.names, *other.names), one.start, other.end, is_all=True, has_role=one.has_role or other.has_role
    )


def _features(
    layout: Layout, dated: Mapping[int, list[PrintedDate]], title: int | None, i: int, names: NameRun, starter: str
) -> set[str]:
    line = layout.lines[i]
    first = names.names[0]
    tokens = first.split()
    kind = "none" if not starter else "weak" if starter in byline_words("weak") else "strong"
    at_start = names.start - len(starter) <= 3
    if not starter and _least_words(layout, i) == 1:
        kind = "above"
    features = {
        f"starter={kind}",
        f"starter={kind},at_start={at_start}",
        f"starter={kind},is_all={names.is_all}",
        f"starter={kind},is_one_word={len(tokens) == 1}",
        bucket("tokens", len(tokens), (2, 3, 4)),
        bucket("names", len(names.names), (2, 3)),
        bucket("words", line.count_words, (3, 5, 9, 16, 31)),
        bucket("below_body_start", i - layout.body_start, (-12, -5, -2, -1, 0, 1, 3, 6)),
        bucket("same_lines", layout.count_by_key[word_key(first)], (1, 2, 3)),
        f"near_date={next((k for k in (0, 1, -1, 2, -2) if i + k in dated), 'no')}",
        f"starter={kind},near_date={any(i + k in dated for k in (-1, 0, 1))}",
    }
    if title is not None:
        features.add(bucket("below_title", i - title, (-8, -2, 0, 1, 2, 4, 7, 12, 25)))
        is_between = title < i <= layout.body_start + 1
        features.add(f"starter={kind},is_between={is_between}")
        titled = set(layout.keys[title].split())
        if word_key(tokens[-1]) in titled:
            features.add("in_title")
        if not starter and titled.issuperset(word_key(first).split()):
            features.add("is_part_of_title")
    if layout.body_end and i >= layout.body_end - 1:
        features.add(bucket("below_body_end", i - layout.body_end, (0, 1, 3, 8)))
    features |= _words_around(layout, i, names, tokens)
    return features


def _words_around(layout: Layout, i: int, names: NameRun, tokens: Sequence[str]) -> set[str]:
    line = layout.lines[i]
    low = line.text.lower()
    features = {f"has_role={names.has_role}", f"is_person={is_person_name(names.names[0])}"}
    if is_press_name(names.names[0]):
        features.add("is_press_name")
    if any(token.lower().strip(".,") in byline_words("not_names") for name in names.names for token in name.split()):
        features.add("has_common_word")
    if tokens[-1].lower() in layout.body_words:
        features.add("in_body")
    if agencies_in(line.text):
        features.add("has_agency")
    separator = SEPARATOR.match(line.text, names.end) if names.start == 0 else None
    is_first = separator is not None and is_picture_opening(line.text[separator.end() :].lstrip())
    marks = byline_words("credit_marks") | byline_words("credit_signs")
    if not is_first and (any(mark in low for mark in marks) or is_picture_credit(line.text)):
        features.add("is_picture_credit")  # not in "Anne Roy / Crédit photo : Luc Petit"
    if _commenter_pattern().search(low[names.end : names.end + 14]):
        features.add("is_comment")
    if line.row.is_kept and line.count_words >= PROSE_WORDS:
        features.add("in_prose")
    if line.text.isupper():
        features.add("is_upper")
    return features


@cache
def _commenter_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(byline_words('commenter_marks'))})\b")


def weigh_credits(candidates: Sequence[CreditCandidate]) -> list[CreditCandidate]:
    """The candidates with the probability that they name the article's authors."""
    chances = weigh("author", [candidate.features for candidate in candidates])
    return [
        CreditCandidate(c.line_index, c.names, c.start, c.end, c.features, chance)
        for c, chance in zip(candidates, chances, strict=True)
    ]
