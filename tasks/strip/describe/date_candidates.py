"""Publication and update dates seen on the page's lines: every printed date with its features.

A label ("Publié le"), a time, a place below the title or beside a byline are evidence for a date; a place in prose, in
a list of dated teasers, far from the article, or after "consulté le" is evidence against it.
`candidate_model` turns that into a probability for each day and for "the page does not say".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from functools import cache
from typing import Literal

from tasks.strip.describe.candidate_model import bucket, weigh
from tasks.strip.describe.date_labels import Label, label_of
from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.other_dates import (
    comment_lines,
    first_teasers,
    frame_of,
    is_beside_body,
    is_of_post,
    is_of_site,
    is_prose,
    is_wordy,
)
from tasks.strip.describe.printed_dates import PrintedDate, read_dates
from tasks.strip.describe.title_candidates import is_byline
from tasks.text.phrases import alternation

SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?:20)?\d\d(?!\d)")
MONTH_FIRST_COUNTRIES = frozenset({"US", "PH"})
PLACE = re.compile(
    r"(?:[A-ZÀ-Ý][\w'’\-]*+[,\s]*+){1,4}(?:\([^()]{2,30}\)[,\s]*)?(?:le\s+)?$"
)  # what stands before the date of a dateline
LONGEST_PLACE = 80  # characters, agency included
DASH = re.compile(r"\s*(?:\([^()]{2,30}\)\s*)?[-–—]\s")  # and after it, agency included
MOST_DATES = 12  # of one line
LONG_WORDS = 25  # a line this long, kept or not, that holds a date mentions it
LABEL_REACH = 5  # lines above the title from which a label announces the article's own date
LABELLED_UNTIL = 60  # characters of a paragraph; further on "publié le" is said of a report or a law
DATED_REACH = 6  # lines up and down in which other dates make a list of teasers


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One printed date on the page: where (index of its line), as what, and its probability of being the day of publication."""

    line_index: int
    printed: PrintedDate
    label: Label
    features: frozenset[str] = frozenset()
    probability: float = 0.0


def find_dates(layout: Layout, *, month_first: bool = False) -> dict[int, list[PrintedDate]]:
    """Line index → the first dates printed on it; on a page of very many dates those nearest to the body's start."""
    dated = {
        i: dates[:MOST_DATES]
        for i, line in enumerate(layout.lines)
        if line.has_date_digits and (dates := read_dates(line.text, month_first=month_first))
    }
    return {i: dated[i] for i in layout.nearest(dated)}


def day_order(layout: Layout, language: str | None, country: str | None) -> Literal["day", "month", "unknown"]:
    """Whether the page writes day or month first in 05/06/2025.

    Known from another date of the page, its country, or the zone of the date (American clocks are earlier than
    Greenwich).

    English without any of these stays unknown; every other language writes the day first.
    """
    if language != "en":
        return "day"
    slashed = [line.text for line in layout.lines if SLASHED.search(line.text)]
    for first, second in (pair for text in slashed for pair in SLASHED.findall(text)):
        if int(first) > 12 >= int(second) or int(second) > 12 >= int(first):
            return "day" if int(first) > 12 else "month"
    if country:
        return "month" if country in MONTH_FIRST_COUNTRIES else "day"
    for printed in (printed for text in slashed for printed in read_dates(text)):
        if printed.is_ambiguous and printed.zone and (moment := printed.at(UTC)):
            return "month" if (moment.utcoffset() or timedelta()) < timedelta() else "day"
    return "unknown"


def date_candidates(layout: Layout, dated: Mapping[int, list[PrintedDate]], title: int | None) -> list[DateCandidate]:
    """Every printed day of the page with its features; a month alone is no day and is left to `date_choice.month_claim`."""
    days = {i: [printed.day for printed in dates] for i, dates in dated.items()}
    count_by_day: dict[date, int] = {}
    for day in (day for found in days.values() for day in found):
        count_by_day[day] = count_by_day.get(day, 0) + 1
    candidates, seen = [], 0
    frames = {i: frame_of(layout.lines[i].text, dates[0]) for i, dates in dated.items()}
    count_by_frame = Counter(frames.values())
    comments = comment_lines(layout, frames)
    teasers = first_teasers(layout, dated, frames, title)
    below = _first_below(layout, dated, title)
    for i, dates in dated.items():
        for rank, printed in enumerate(dates):
            if printed.granularity == "month" or is_of_post(layout, i, printed):
                continue
            label = label_of(layout, i, dates, rank)
            features = _features(layout, i, dates, rank, label, title)
            is_elsewhere = (
                i in comments
                or i >= teasers.get(frames[i], i + 1)
                or (title is not None and is_of_site(layout, i, printed, title))
            )
            is_alone = label == "published" and len(dates) == 1
            is_of_related = is_alone and 0 < layout.body_end < i and is_wordy(layout, i - 1)
            if is_of_related or (label in ("none", "plain") and is_elsewhere):
                label = "other"  # its features are read before: they are part of what the weights were learned from
            features |= _company(days, i, printed.day, count_by_day)
            features.add(bucket("seen", seen, (1, 2, 4)))
            features.add(bucket("series", count_by_frame[frames[i]], (2, 4, 8)))
            if i == below:
                features.add("is_first_below_title")
            candidates.append(DateCandidate(i, printed, label, frozenset(features)))
            seen += 1
    return _without_rivals(layout, candidates, title)


def _without_rivals(layout: Layout, candidates: list[DateCandidate], title: int | None) -> list[DateCandidate]:
    """The candidates, those without a label marked as other dates where the article itself has one day labelled as its publication.

    Such a date below the title is that of an event or a recording; one on the line of a byline stays.
    """
    first = max(0, (layout.body_start if title is None else title) - LABEL_REACH)
    updated = {c.line_index for c in candidates if c.label == "updated"}
    labelled = {
        c.printed.day
        for c in candidates
        if c.label == "published"
        and c.line_index >= first
        and not is_mentioned(layout, c)
        and (is_beside_body(layout, c.line_index) or c.line_index in updated)
    }
    return candidates if len(labelled) != 1 else [_against_label(layout, c, labelled) for c in candidates]


def _against_label(layout: Layout, one: DateCandidate, labelled: Set[date]) -> DateCandidate:
    """A candidate of a page whose one labelled day is known: supported by it, another date, or unchanged."""
    if one.label == "published" and one.printed.day in labelled:
        return replace(one, features=one.features | {"only_labelled"})
    is_unlabelled = one.label in ("none", "plain") and one.printed.day not in labelled
    return replace(one, label="other") if is_unlabelled and not is_byline(layout.lines[one.line_index].text) else one


def _first_below(layout: Layout, dated: Mapping[int, list[PrintedDate]], title: int | None) -> int | None:
    """The first line with a date below the title; a date further below the body than a signature belongs to something else."""
    reach = range(len(layout.lines) if title is None else title + 1, max(layout.body_start, layout.body_end) + 2)
    return next((i for i in dated if i in reach and not is_prose(layout, i)), None)


def is_mentioned(layout: Layout, candidate: DateCandidate) -> bool:
    """Whether a date is never that of publication: one labelled as another date, or a day that a paragraph mentions.

    Such dates stay among the candidates, because the probabilities of all candidates depend on each other.
    """
    line = layout.lines[candidate.line_index]
    if candidate.label == "published":
        return is_prose(layout, candidate.line_index) and candidate.printed.start > LABELLED_UNTIL
    if candidate.label in ("updated", "other"):
        return True
    is_aside = "covered<0.15" in candidate.features
    if not is_prose(layout, candidate.line_index):
        return is_aside and line.count_words >= LONG_WORDS
    return is_aside or line.text[-1] in '.!?…»”"'


def opening_date(layout: Layout, dated: Mapping[int, list[PrintedDate]]) -> tuple[int, PrintedDate] | None:
    """The date of a dateline that opens the body: "BRÈZE, 12 juin 2025 (AFP) – …"; the line and the date."""
    for i in range(layout.body_start, min(layout.body_start + 2, len(layout.lines))):
        text = layout.lines[i].text
        for printed in dated.get(i, [])[:1]:
            if (
                printed.start <= LONGEST_PLACE
                and PLACE.fullmatch(text[: printed.start])
                and DASH.match(text, printed.end)
            ):
                return i, printed
    return None


def _features(
    layout: Layout, i: int, dates: Sequence[PrintedDate], rank: int, label: Label, title: int | None
) -> set[str]:
    line, printed = layout.lines[i], dates[rank]
    covered = sum(date.end - date.start for date in dates) / max(1, len(line.text))
    features = {
        f"label={label}",
        bucket("words", line.count_words, (4, 8, 14, 25)),
        bucket("covered", covered, (0.15, 0.4, 0.75)),
        bucket("below_body_start", i - layout.body_start, (-40, -15, -7, -3, -1, 0, 1, 3, 6)),
        f"is_first_in_line={rank == 0}",
    }
    if title is not None:
        features.add(bucket("below_title", i - title, (-20, -5, -2, 0, 1, 2, 4, 7, 12, 25)))
        features.add(f"is_between={title <= i <= layout.body_start + 1}")
    if layout.body_end and i >= layout.body_end:
        features.add(bucket("below_body_end", i - layout.body_end, (2, 5, 12)))
    if is_prose(layout, i):
        features.add("in_prose")
    if i < 6:
        features.add("at_top")
    features |= _beside(line.text, dates, rank, label)
    if printed.clock:
        features.add("has_time")
    if printed.has_weekday:
        features.add("has_weekday")
    if any(mark in line.text for mark in lexicon()["copyright"]["marks"]):
        features.add("in_copyright")
    if _commenter_pattern().search(line.text) or (i and _commenter_pattern().search(layout.lines[i - 1].text[-60:])):
        features.add("in_comment")
    return features


def _beside(text: str, dates: Sequence[PrintedDate], rank: int, label: Label) -> set[str]:
    """What stands right before and after a date on its line: a sentence continues in lower case."""
    before, after = text[: dates[rank].start].rstrip(), text[dates[rank].end :].lstrip()
    features = {f"after={_kind_of(after[:1])}"}
    if label == "none":
        word = before.rpartition(" ")[2]
        features.add(f"before={_kind_of(word[:1])}" if word[-1:].isalnum() else f"before={_kind_of(word[-1:])}")
    return features


def _kind_of(character: str) -> str:
    if not character:
        return "nothing"
    if character.isalpha():
        return "lower" if character.islower() else "upper"
    return "digit" if character.isdigit() else "mark"


@cache
def _commenter_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(lexicon()['bylines']['commenter_marks'])})\b\s*:?\s*|@\w+", re.IGNORECASE)


def _company(days: Mapping[int, Sequence[date]], i: int, day: date, count_by_day: Mapping[date, int]) -> set[str]:
    """How many other days are printed close by, and how this one lies among all of the page."""
    reach = range(i - DATED_REACH, i + DATED_REACH + 1)
    near = {other for j in reach if j != i for other in days.get(j, ()) if other != day}
    features = {bucket("others_near", len(near), (1, 2, 3)), bucket("repeated", count_by_day[day], (2, 3, 5))}
    if len(count_by_day) == 1:
        features.add("only_day")
    elif day == max(count_by_day):
        features.add("latest_day")
    elif day == min(count_by_day):
        features.add("earliest_day")
    return features


def weigh_dates(candidates: Sequence[DateCandidate]) -> list[DateCandidate]:
    """The candidates with the probability that theirs is the day of publication; that of another date is 0, and takes nothing off the rest."""
    possible = [c for c in candidates if c.label != "other"]
    chances = iter(weigh("published", [c.features for c in possible]))
    return [c if c.label == "other" else replace(c, probability=next(chances)) for c in candidates]
