"""Printed dates that belong to something other than the article: the site's head, a quoted post, a related article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from tasks.strip.describe.layout import PROSE_WORDS, Layout
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.printed_dates import PrintedDate
from tasks.strip.describe.title_candidates import is_byline
from tasks.text.phrases import alternation

POST_SIGNATURE = re.compile(r"\(@\w+\)\W*$")  # "— Name (@name) August 16, 2025": the date of a quoted post
HEAD = 6  # lines above a title from which a line belongs to the head of the site
NEAR_HEAD = 3  # lines from which the page's first lines, with a weekday, belong to the head of the site
LISTED = 3  # dates alike, well below the body: those of a list, whatever stands between them
FEW_WORDS = 4  # a line with more below the body begins something else, such as a related article
REACH = 5  # lines below the body in which a label announces the article's own date


def is_prose(layout: Layout, i: int) -> bool:
    """Whether a line is a paragraph of the article rather than a line about it."""
    line = layout.lines[i]
    return line.row.is_kept and line.count_words >= PROSE_WORDS


def is_of_post(layout: Layout, i: int, printed: PrintedDate) -> bool:
    """Whether the date is that of a quoted post or a reader's comment."""
    line = layout.lines[i]
    return line.row.kind in ("embed", "comment") or POST_SIGNATURE.search(line.text[: printed.start]) is not None


def is_of_site(layout: Layout, i: int, printed: PrintedDate, title: int) -> bool:
    """Whether a date is today's, as sites print it in their head, or the day that the title mentions.

    Today's stands alone on its line, far above the title, with a weekday or on one of the first lines; with both, it need
    not be so far.
    """
    share = (printed.end - printed.start) / len(layout.lines[i].text)
    is_far = i < title - (NEAR_HEAD if printed.has_weekday and i < NEAR_HEAD else HEAD)
    is_in_head = is_far and share >= 0.75 and (printed.has_weekday or i < HEAD)
    return is_in_head or (i == title and share < 0.4)


def frame_of(text: str, printed: PrintedDate) -> str:
    """What a line is without its date and figures: equal for the dates of a list of teasers or comments."""
    around = text[max(0, printed.start - 40) : printed.start] + "|" + text[printed.end : printed.end + 40]
    return "".join([character for character in around if not character.isdigit()])


def first_teasers(
    layout: Layout, dated: Mapping[int, Sequence[PrintedDate]], frames: Mapping[int, str], title: int | None
) -> dict[str, int]:
    """For each frame of a line with a date the first line below the body that belongs to a related article.

    Its title stands above it, on its line, or below it where several such lines make a list; what follows in the list is as well.
    """
    count_by_frame, first = Counter(frames.values()), dict[str, int]()
    count_below = Counter(frame for i, frame in frames.items() if 0 < layout.body_end <= i - REACH)
    for i, frame in frames.items():
        is_below = i > layout.body_end and is_wordy(layout, i - 1)
        is_beside = len(dated[i]) == 1 and len(frame.split()) > FEW_WORDS and not is_byline(layout.lines[i].text)
        is_above = count_by_frame[frame] > 1 and i + 1 < len(layout.lines) and is_wordy(layout, i + 1)
        is_of_title = title is not None and title < i <= title + HEAD
        is_listed = layout.body_end <= i - REACH and count_below[frame] >= LISTED and not is_of_title
        if 0 < layout.body_end <= i and (is_below or is_above or is_beside or is_listed):
            first.setdefault(frame, i)
    return first


def is_beside_body(layout: Layout, i: int) -> bool:
    """Whether a line stands above the body's end, or below it with nothing but short lines between."""
    between = range(layout.body_end, i)
    return len(between) <= REACH and not any(is_wordy(layout, j) for j in between)


@cache
def _comment_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The heading of readers' comments ("3 commentaires"), and the end of the line that names a commenter ("Zoé dit :")."""
    headings = alternation(lexicon()["labels"]["comment_headings"])
    marks = alternation(lexicon()["bylines"]["commenter_marks"])
    return (
        re.compile(rf"(?:\d+\s+)?(?:{headings})\s*+(?:\(\d+\)\s*+)?:?$", re.IGNORECASE),
        re.compile(rf"\b(?:{marks})\s*:$", re.IGNORECASE),
    )


def comment_lines(layout: Layout, frames: Mapping[int, str]) -> frozenset[int]:
    """The lines with a date below the body that belong to comments: below the name of a commenter, or one of several below a heading."""
    heading, mark = _comment_patterns()
    below = [i for i in frames if 0 < layout.body_end <= i]
    if not below:
        return frozenset()
    end = below[-1]
    first = next((i for i in range(layout.body_end, end) if heading.match(layout.lines[i].text[:60])), end)
    count_by_frame = Counter(frames[i] for i in below if i > first)
    return frozenset(
        i for i in below if (i > first and count_by_frame[frames[i]] > 1) or mark.search(layout.lines[i - 1].text[-60:])
    )


def is_wordy(layout: Layout, i: int) -> bool:
    """Whether a line may be the title of a related article."""
    line = layout.lines[i]
    return (line.row.kind == "teaser" or line.count_words > FEW_WORDS) and not is_byline(line.text)
