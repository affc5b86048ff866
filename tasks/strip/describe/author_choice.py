"""Authors and agency chosen among credits, markup and the record."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache

from tasks.strip.describe.claims import Choice, Claim, choose, confidences, rank_choices
from tasks.strip.describe.credit_candidates import CreditCandidate
from tasks.strip.describe.layout import PROSE_WORDS, Layout
from tasks.strip.describe.person_names import agencies_in, byline_words, list_separator
from tasks.text.phrases import alternation
from tasks.text.words import word_key

LEAST_SHOWN = 0.05
NEXT_TO_BEST = 0.6  # a name with less than this share of the best probability is from another credit
MOST_AUTHORS = 8
BESIDE = 3  # lines between two names of one credit, blank lines and "et" between them
LONG_KEY = 6  # letters: a longer name that begins with so many of the publisher is the publisher too ("Euronews Actu")
SHORT_LINE = 12  # words: an agency on a longer line is mentioned, not credited


def given_authors(text: str | None) -> list[Claim]:
    """The authors that the record gives."""
    return [Claim("author", name, "record", 1.0) for name in list_separator().split(text or "") if name]


def credit_claims(candidates: Sequence[CreditCandidate], layout: Layout) -> list[Claim]:
    """The names of each credit as claims; the credit's probability is each name's."""
    claims = []
    for candidate in candidates:
        if candidate.probability >= LEAST_SHOWN:
            line, position = layout.lines[candidate.line_index], candidate.start
            for name in candidate.names:
                start = max(line.text.find(name, position), 0)
                position = start + len(name)
                claims.append(Claim("author", name, "line", candidate.probability, line, start, position))
    return claims


def choose_authors(claims: Sequence[Claim], publishers: Set[str]) -> list[Choice]:
    """The names above the threshold, most probable first; those of the record when it gives any, and never an agency.

    `publishers` are the keys of the names under which the page names its publisher, who signs only where nobody else does.
    Once lines and markup agree on one name, a name only one of them gives is of another person, unless it stands on the
    same line or in the same declaration.
    """
    given = [one for one in claims if one.method == "record"]
    ranked = rank_choices(given or claims, lambda one: _name_key(one.value))
    sure = [choice for choice in ranked if choice.confidence >= confidences()["thresholds"]["author"]]
    if given:
        return sure
    sure = [choice for choice in sure if not is_agency(choice.best.value)]
    if not sure:
        return []
    agreed = [choice for choice in sure if len({one.line is None for one in choice.claims}) == 2]
    if agreed:
        lines = {one.line.row.line_no for choice in agreed for one in choice.claims if one.line}
        sure = [
            choice
            for choice in sure
            if any(one.method == "json_ld" or (one.line and one.line.row.line_no in lines) for one in choice.claims)
        ]
    sure = [
        choice
        for choice in sure
        if choice.confidence >= NEXT_TO_BEST * sure[0].confidence and _is_beside(choice, sure[0])
    ]
    people = [choice for choice in sure if not _is_publisher(choice.best.value, publishers)]
    return _without_parts(people or sure)[:MOST_AUTHORS]


def _is_beside(choice: Choice, best: Choice) -> bool:
    """Whether a name only lines give stands on or next to a line of the best: otherwise both are uncertain."""
    lines = [one.line.row.line_no for one in choice.claims if one.line]
    best_lines = [one.line.row.line_no for one in best.claims if one.line]
    if len(lines) < len(choice.claims) or not best_lines:
        return True
    return any(abs(line - other) <= BESIDE for line in lines for other in best_lines)


def _without_parts(choices: Sequence[Choice]) -> list[Choice]:
    """Without "Martin" beside "Anne Martin": one name given twice, once in part or followed by a role."""
    keys = [set(word_key(choice.best.value).split()) for choice in choices]
    return [
        choice
        for i, choice in enumerate(choices)
        if not any(
            keys[i] and (keys[i] < keys[j] or (keys[i] > keys[j] and j < i)) for j in range(len(choices)) if j != i
        )
        or any(one.method == "json_ld" for one in choice.claims)
    ]


def _name_key(name: str) -> str:
    return word_key(name).replace(" ", "")


def _is_publisher(name: str, publishers: Set[str]) -> bool:
    key = _name_key(name)
    return key in publishers or any(key.startswith(publisher) for publisher in publishers if len(publisher) >= LONG_KEY)


def is_agency(name: str) -> bool:
    """Whether a name is that of an agency alone: "AFP", "Agence France-Presse"."""
    return any(start == 0 and end == len(name) for _, start, end in agencies_in(name))


def declared_agencies(authors: Sequence[Claim]) -> list[Claim]:
    """Agencies among the authors the markup or the record gives."""
    return [
        Claim("agency", agencies_in(one.value)[0][0], one.method, one.confidence)
        for one in authors
        if is_agency(one.value)
    ]


def agency_claims(layout: Layout, title: int | None) -> list[Claim]:
    """Agencies named on credit lines near the title and after the body, and in the dateline that opens the body."""
    first = max(0, (title if title is not None else layout.body_start) - 1)
    claims = []
    for i in range(first, min(layout.body_end + 6, len(layout.lines))):
        line = layout.lines[i]
        is_opening = layout.body_start <= i <= layout.body_start + 1
        is_prose = line.row.is_kept and line.count_words >= PROSE_WORDS
        for name, start, end in agencies_in(
            line.text[:300] if is_opening else line.text if line.count_words <= SHORT_LINE else ""
        ):
            before, after = line.text[:start], line.text[end : end + 3]
            if is_prose or line.count_words > SHORT_LINE:
                if start < 60 and before.rstrip().endswith("(") and after.startswith(")"):
                    claims.append(Claim("agency", name, "dateline", 0.9, line, start, end))
            elif not _is_picture(line.text, start):
                is_credit = _before_agency().search(before) is not None or not before.strip()
                claims.append(Claim("agency", name, "credit", 0.8 if is_credit else 0.3, line, start, end))
    return claims


@cache
def _before_agency() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(byline_words('before_agency'))}|[(©|/&,])\s*$", re.IGNORECASE)


def _is_picture(text: str, start: int) -> bool:
    low = text.lower()
    return (
        any(mark in low for mark in byline_words("credit_marks"))
        or (start > 0 and text[start - 1] in "/@.")
        or ("©" in text and "/" in text)
    )


def choose_agency(claims: Sequence[Claim]) -> Choice | None:
    """The most probable agency, None when none is credited."""
    return choose(claims, lambda one: one.value, 0.5)
