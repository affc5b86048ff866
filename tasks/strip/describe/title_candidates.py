"""Lines that may be the title: they stand above the body, share words with it, and are repeated elsewhere on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from tasks.strip.describe.candidate_model import bucket, weigh
from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import agencies, lexicon
from tasks.strip.describe.printed_dates import PrintedDate
from tasks.strip.describe.title_lookalikes import (
    TITLE_WORDS,
    is_date_line,
    is_foreign,
    is_menu,
    is_person,
    is_section,
    is_site_name,
)
from tasks.text.phrases import alternation
from tasks.text.remembered import remember_short

ABOVE, BELOW, TOP = 80, 4, 5  # lines above and below the body's start, and at the top of the page, that are candidates
REACH, FAR = 9, 99  # lines below a title in which its date and byline are looked for; the value that means "not there"
MOST_WORDS = 45
SHORT_KEY = 12  # characters: lines that short are alike by chance
LABEL = 25  # characters: "Crédits photographiques : "
SENTENCE_ENDS = (".", "…", ":")  # a line that ends with one is a standfirst or a label
SHARE_OF_TITLE = 0.6  # of a line's longer words in the body, from which it is a title though it speaks of the site
CLOCK = re.compile(r"(?<!\d)[012]?\d\s?[:h]\s?[0-5]\d(?!\d)")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
EMAIL = re.compile(r"\w@[\w-]+\.\w")
CREDIT_MARKS = re.compile(r"[/©—–|(]")


# Lines that were removed for words like these, and are as far from the article as this, are menus and the like.
NEVER_TITLE = frozenset(("menu", "most_read", "share_line", "newsletter", "cookie_banner", "legal", "accessibility"))
LEAST_SCORE = 0.02
CRUMBS = (" > ", " » ", " › ", " / ", "»", "›")  # a breadcrumb repeats the title after the way to it


class TitleCandidate(NamedTuple):
    """One line that could be the title; `text` is the line without the name of the site after a separator."""

    line_index: int
    text: str
    features: frozenset[str] = frozenset()
    probability: float = 0.0


def title_candidates(
    layout: Layout, dated: Mapping[int, list[PrintedDate]], language: str | None = None
) -> list[TitleCandidate]:
    """Lines above the body, at the top of the page, or marked as headings, with their features; `language` is the page's."""
    lines = layout.lines
    indices = set(layout.near_body(ABOVE, BELOW)) | set(range(min(TOP, len(lines))))
    indices |= {i for i, line in enumerate(lines[:2000]) if line.marks == "#"}
    fitting = [
        i
        for i in sorted(indices)
        if lines[i].row.kind != "embed"
        and 2 <= lines[i].count_words <= MOST_WORDS
        and len(lines[i].text) <= 300
        and len(layout.keys[i]) > 2
    ]
    bylines = {
        i
        for i in {j for i in fitting for j in range(max(0, i - 1), min(i + REACH, len(lines)))}
        if is_byline(lines[i].text)
    }
    days = {i for i, dates in dated.items() if any(printed.granularity != "month" for printed in dates)}
    if not any(i in days for i in layout.near_body(ABOVE, REACH)):
        days = set()
    words = {i: layout.keys[i].split() for i in fitting}
    shared = {i: len(layout.body_words.intersection(words[i])) for i in fitting}
    most = max(shared.values(), default=0)
    possible = [i for i in fitting if not _is_something_else(layout, i, words[i])]
    titles = [i for i in possible if not _is_lookalike(layout, i, possible, days, language)]
    return [
        TitleCandidate(
            i,
            lines[i].text,
            frozenset(
                _shape(layout, i, words[i])
                | _place(layout, i, days, bylines)
                | _echoes(layout, i)
                | ({"is_most_shared"} if shared[i] == most > 0 else set())
            ),
        )
        for i in titles
    ]


def _is_lookalike(layout: Layout, i: int, others: Sequence[int], days: Set[int], language: str | None) -> bool:
    """Whether a line is a menu, or the title stands below it and it is the site's name, the text of a picture, a person's name, or in another language."""
    text = layout.lines[i].text
    if is_menu(text):
        return True
    below = layout.lines[i + 1].text if i + 1 < len(layout.lines) else ""
    if is_site_name(layout, i) or is_foreign(text, language) or is_picture_opening(below):
        last = layout.body_start  # a long headline is the first paragraph for the layout
    elif is_person(text) or is_picture_credit(below):
        last = layout.body_start - 1
    else:
        return False
    return any(
        layout.lines[other].count_words >= TITLE_WORDS
        and other not in days
        and not layout.lines[other].text.endswith(SENTENCE_ENDS)
        and not is_picture_credit(layout.lines[other].text)
        and not is_byline(layout.lines[other].text)
        and not is_foreign(layout.lines[other].text, language)
        for other in others
        if i < other <= last
    )


def _is_something_else(layout: Layout, i: int, words: Sequence[str]) -> bool:
    """Lines that look like titles and never are.

    A picture's credit, a notice on cookies, an address to write to, the topic that opens the title below, a sentence of the body.
    """
    line = layout.lines[i]
    text, row = line.text, line.row
    if _is_never_title(text) or (row.reason in NEVER_TITLE and row.score < LEAST_SCORE):
        return True
    if row.kind == "caption" and any(mark in text for mark in lexicon()["titles"]["photo_marks"]):
        return True
    if row.is_kept and row.reason in ("prose", "given_clean") and text.endswith("."):
        return True  # a sentence of the body
    if not _chrome_words().isdisjoint(words) and not _speaks_for_title(layout, i, words):
        return True
    below = [line.text for line in layout.lines[i + 1 : i + 4]]
    return any([other.startswith(text) and other[len(text) :].lstrip().startswith(":") for other in below])


@remember_short
def _is_never_title(text: str) -> bool:
    """Whether a line is a date, a section's name, an address to write to, a picture's credit or a copyright notice, whatever stands around it."""
    return (
        is_date_line(text)
        or is_section(text)
        or EMAIL.search(text) is not None
        or (":" in text[:LABEL] and is_picture_opening(text))
        or (YEAR.search(text) is not None and text.lower().startswith(tuple(lexicon()["copyright"]["marks"])))
        or (CREDIT_MARKS.search(text) is not None and _agency_credit_pattern().search(text) is not None)
    )


def _speaks_for_title(layout: Layout, i: int, words: Sequence[str]) -> bool:
    """Whether a line is the title though it speaks of the site: an article about cookies has a title too."""
    return (
        layout.lines[i].marks == "#" or _opens_top_line(layout, i) or _share_in_body(layout, words)[1] >= SHARE_OF_TITLE
    )


def _share_in_body(layout: Layout, words: Sequence[str]) -> tuple[int, float]:
    """How many of a line's longer words the body has, and their share of all its longer words."""
    topics = [word for word in words if len(word) >= 4]
    count = len([word for word in topics if word in layout.body_words])
    return count, count / len(topics) if topics else 0.0


def _shape(layout: Layout, i: int, words: Sequence[str]) -> set[str]:
    """The form of the line, and how many of its words the body shares."""
    line = layout.lines[i]
    count_shared, shared = _share_in_body(layout, words)
    features = {
        bucket("words", line.count_words, (2, 3, 5, 8, 16, 26)),
        bucket("shared", shared, (0.01, 0.2, 0.4, SHARE_OF_TITLE, 0.8)),
        bucket("count_shared", count_shared, (1, 2, 3, 5)),
        bucket("shared_with_lede", len(layout.lede_words.intersection(words)), (1, 2, 3, 5)),
        f"kept={line.row.is_kept}",
        *_form(line.text),
    }
    if line.row.kind in ("caption", "embed", "comment"):
        features.add(f"kind={line.row.kind}")
    if line.marks.startswith("#"):
        features.add("is_top_heading" if line.marks == "#" else "is_heading")
    if not _chrome_words().isdisjoint(words):
        features.add("speaks_of_site")
    return features


@remember_short
def _form(text: str) -> tuple[str, ...]:
    """The features of a line that its characters alone give."""
    first = text[0]
    features = [
        f"ends={text[-1] if text[-1] in '.?!:,…;' else 'other'}",
        f"starts={'upper' if first.isupper() else 'lower' if first.islower() else 'digit' if first.isdigit() else 'mark'}",
    ]
    if is_picture_credit(text):
        features.append("is_picture_credit")
    if "|" in text or any(crumb in text for crumb in CRUMBS):
        features.append("has_separator")
    if _opener_pattern().match(text):
        features.append("is_opener")
    if CLOCK.search(text):
        features.append("has_clock")
    return tuple(features)


def _place(layout: Layout, i: int, days: Set[int], bylines: Set[int]) -> set[str]:
    """Where the line stands: above the body, and above its date and byline."""
    lines, counts = layout.lines, layout.counts
    above, between = counts[max(0, i - 4) : i], counts[i + 1 : min(layout.body_start, i + 41)]
    features = {
        bucket("index", i, (1, 2, 5)),
        bucket("above_body", layout.body_start - i, (-8, -3, -1, 0, 1, 2, 3, 5, 9, 17, 40)),
        bucket("longest_above", max(above, default=0), (3, 6, 12, 25)),
        bucket("long_between", _count_between(layout, i), (0, 1, 2, 3, 6, 12)),
        bucket("longest_between", max(between, default=0), (1, 4, 8, 15, 30)),
    }
    if days:  # on a page without dates, having none below is no evidence
        features.add(
            bucket("date_below", next((j - i for j in range(i + 1, i + REACH) if j in days), FAR), (2, 3, 5, 9))
        )
    if bylines:
        features.add(
            bucket("byline_below", next((j - i for j in range(i + 1, i + REACH) if j in bylines), FAR), (2, 3, 5, 9))
        )
    if i in days:
        features.add("has_date")
    if i - 1 in days or i - 1 in bylines:
        features.add("date_or_byline_above")
    if i + 1 < len(lines):
        features.add(bucket("words_below", lines[i + 1].count_words, (3, 8, 15, 30)))
    return features


def _count_between(layout: Layout, i: int) -> int:
    """How many lines of five words and more stand between this one and the body; -1 for one in or below it."""
    long = layout.count_long_above
    return long[layout.body_start] - long[i + 1] if i < layout.body_start else -1


def _echoes(layout: Layout, i: int) -> set[str]:
    """How the line is repeated: alone above or below, at the top followed by the site's name, after a breadcrumb."""
    keys, key = layout.keys, layout.keys[i]
    features = {bucket("same_lines", layout.count_by_key[key], (2, 3, 5))}
    if layout.count_by_key[key] > 1 and layout.first_by_key[key] < i:
        features.add("is_again")
    if i >= TOP and len(layout.top_words) > 2:
        topics = {word for word in key.split() if len(word) >= 4}
        met = len(topics & layout.top_words) / len(topics) if topics else 0.0
        features.add(bucket("met_at_top", met, (0.01, 0.4, 0.7)))
    opening, ending = key + " ", " " + key
    if any([below.startswith(opening) for below in keys[i + 1 : i + 4]]):
        features.add("opens_line_below")
    if any(
        [
            len(below) > SHORT_KEY and key.endswith(below) and key[-len(below) - 1 :][:1] == " "
            for below in keys[i + 1 : i + 6]
        ]
    ):
        features.add("ends_in_line_below")
    if _opens_top_line(layout, i):
        features.add("opens_top_line")
    if len(key) > SHORT_KEY and any([above.endswith(ending) for above in keys[max(0, i - 5) : i]]):
        features.add("ends_line_above")
    return features


def _opens_top_line(layout: Layout, i: int) -> bool:
    """Whether another line at the top of the page begins with this one: the title a browser shows, with the site's name."""
    key = layout.keys[i]
    return len(key) > SHORT_KEY and any([top.startswith(key) for j, top in enumerate(layout.keys[:TOP]) if j != i])


@cache
def _chrome_words() -> frozenset[str]:
    return frozenset(lexicon()["titles"]["chrome_words"])


@cache
def _opener_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(lexicon()['titles']['openers'])})", re.IGNORECASE)


@cache
def _houses() -> str:
    return alternation([*agencies(), *lexicon()["bylines"]["picture_houses"]])


@cache
def _agency_credit_pattern() -> re.Pattern[str]:
    """An agency beside a slash: "REUTERS/Anne Roy", "R. Petit / AFP"."""
    return re.compile(rf"\b(?:{_houses()})\s?/\s?\w|/\s?(?:{_houses()})\)?\W*$|©", re.IGNORECASE)


@cache
def _picture_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What opens a picture's credit, and what marks one elsewhere in the line."""
    marks = alternation(lexicon()["bylines"]["picture_marks"])
    opening = re.compile(rf"(?:{marks})\s*:?\s", re.IGNORECASE)
    further = re.compile(rf"(?:[/—–|]\s?|\()(?:{_houses()})\)?\W*$|\b(?:{_houses()})\s?/\s?\w|©|\(c\)", re.IGNORECASE)
    return opening, further


@remember_short
def is_picture_opening(text: str) -> bool:
    """Whether a text opens with the label of a picture's credit: "Crédit : Shalan Stewart", "Photo Luc Petit"."""
    return _picture_patterns()[0].match(text) is not None


@remember_short
def is_picture_credit(text: str) -> bool:
    """Whether a line credits a picture: "Le pont, hier. — J. Martin / AFP", "Photo : …", "© …"."""
    further = _picture_patterns()[1]
    return is_picture_opening(text) or (CREDIT_MARKS.search(text) is not None and further.search(text) is not None)


@cache
def _byline_pattern() -> re.Pattern[str]:
    sure = set(lexicon()["bylines"]["starters"]) - set(lexicon()["bylines"]["weak"])
    return re.compile(rf"(?:{alternation(sure)})\s*+(?::\s*+)?(?-i:(?=[A-ZÀ-Ý]|$))", re.IGNORECASE)


@remember_short
def is_byline(text: str) -> bool:
    """Whether a short line opens like a byline ("Par Jeanne Martin")."""
    return len(text) <= 120 and _byline_pattern().match(text) is not None


def weigh_titles(candidates: Sequence[TitleCandidate]) -> list[TitleCandidate]:
    """The candidates with the probability that they are the title."""
    chances = weigh("title", [candidate.features for candidate in candidates])
    return [
        TitleCandidate(one.line_index, one.text, one.features, chance)
        for one, chance in zip(candidates, chances, strict=True)
    ]
