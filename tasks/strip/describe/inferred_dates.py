"""The day of publication stated in the text of an article, when the page prints no date: "ce dimanche 17 août".

Said with "ce", "this" or "diesen", day and month are those of publication or close by; the year must stand elsewhere
on the page and its calendar must put that weekday on that day. Without all of these no date is inferred.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import lexicon, months, weekdays
from tasks.strip.describe.printed_dates import FIRST_YEAR, LAST_PLAUSIBLE_YEAR
from tasks.text.phrases import alternation

BEFORE, AFTER = 120, 60  # characters of its sentence in which a verb puts the day in the future
SENTENCE_END = re.compile(r"[.!?…]\s")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@cache
def _pattern() -> re.Pattern[str]:
    this, weekday, month = map(alternation, (lexicon()["labels"]["this_day"], weekdays(), months()))
    return re.compile(
        rf"\b(?:{this})\s+(?P<weekday>{weekday}),?\s+(?:(?P<day>\d{{1,2}})(?:\s?er|\.|st|nd|rd|th)?\s+(?P<month>{month})|(?P<month2>{month})\s+(?P<day2>\d{{1,2}}))\b(?!\s*+(?:,\s*+)?\d{{4}})",
        re.IGNORECASE,
    )


def infer_date(layout: Layout) -> tuple[date, int, int, int] | None:
    """The latest day so named in the body, with the index of its line and the characters there; None if no year fits or several do."""
    found = []
    for i in range(layout.body_start, layout.body_end):
        line = layout.lines[i]
        if line.row.is_kept:
            for match in _pattern().finditer(line.text):
                day = _with_year(match, _years(layout))
                if day and not _is_ahead(line.text, match):
                    found.append((day, i, match.start(), match.end()))
    return max(found) if found else None


@cache
def _ahead_pattern() -> re.Pattern[str]:
    labels = lexicon()["labels"]
    words, endings = alternation(labels["ahead"]), alternation(labels["ahead_endings"])
    return re.compile(rf"\b(?:{words}|[^\W\d_]{{2,}}(?:{endings}))\b", re.IGNORECASE)


def _is_ahead(text: str, match: re.Match[str]) -> bool:
    """Whether the day lies ahead, by a verb in its sentence: "ne sonneront pas ce mercredi 1er mai".

    A word with a number after it gives the time of that day: "ce dimanche 17 août à partir de 15h".
    """
    before = SENTENCE_END.split(text[max(0, match.start() - BEFORE) : match.start()])[-1]
    after = SENTENCE_END.split(text[match.end() : match.end() + AFTER])[0]
    said_after = [one for one in _ahead_pattern().finditer(after) if not after[one.end() :].lstrip()[:1].isdigit()]
    return _ahead_pattern().search(before) is not None or bool(said_after)


def _years(layout: Layout) -> frozenset[int]:
    return frozenset(
        year
        for line in layout.lines
        for year in map(int, YEAR.findall(line.text))
        if FIRST_YEAR <= year <= LAST_PLAUSIBLE_YEAR
    )


def _with_year(match: re.Match[str], years: frozenset[int]) -> date | None:
    month = months()[(match["month"] or match["month2"]).lower()]
    weekday, day = weekdays()[match["weekday"].lower()], int(match["day"] or match["day2"])
    fitting = []
    for year in years:
        try:
            on = date(year, month, day)
        except ValueError:
            continue
        if on.isoweekday() == weekday:
            fitting.append(on)
    return fitting[0] if len(fitting) == 1 else None
