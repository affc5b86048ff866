"""Claims on the day of publication: from the record, the lines, the dateline, the address and the text of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tasks.strip.describe.claims import Claim, claim, confidences
from tasks.strip.describe.date_candidates import DateCandidate, is_mentioned, opening_date
from tasks.strip.describe.date_labels import label_of
from tasks.strip.describe.declared_values import dated_claim
from tasks.strip.describe.inferred_dates import infer_date
from tasks.strip.describe.layout import Layout
from tasks.strip.describe.printed_dates import LAST_PLAUSIBLE_YEAR, PrintedDate, read_dates

LEAST_SHOWN = 0.03
SWAPPED = 0.4  # factor on the confidence of a date whose day and month could be swapped: below the threshold
IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/\-_.]?(0[1-9]|1[0-2])[/\-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def given_date(text: str | None) -> Claim | None:
    """The date that the record gives."""
    printed = read_dates(text) if text else []
    return dated_claim(Claim("published", text or "", "record", 1.0), printed[0]) if printed else None


def line_dates(candidates: Sequence[DateCandidate], layout: Layout, *, is_order_known: bool = True) -> list[Claim]:
    """The printed dates as claims to be the day of publication; not enough to be chosen if day and month may be swapped."""
    return [
        dated_claim(
            Claim(
                "published",
                "",
                "line",
                _believed(c) * (1.0 if is_order_known or not c.printed.is_ambiguous else SWAPPED),
                layout.lines[c.line_index],
                c.printed.start,
                c.printed.end,
            ),
            c.printed,
        )
        for c in candidates
        if _believed(c) >= LEAST_SHOWN and not is_mentioned(layout, c)
    ]


def _believed(candidate: DateCandidate) -> float:
    """The probability of a candidate; that of the article's one labelled day is known without its other features."""
    least: float = confidences()["published"]["labelled"] if "only_labelled" in candidate.features else 0.0
    return max(candidate.probability, least)


def opening_claim(layout: Layout, dated: Mapping[int, list[PrintedDate]]) -> Claim | None:
    """The date of the dateline that opens the body."""
    if (found := opening_date(layout, dated)) is None:
        return None
    i, printed = found
    believed = confidences()["published"]["opening"]
    return dated_claim(
        Claim("published", "", "opening", believed, layout.lines[i], printed.start, printed.end), printed
    )


def address_date(url: str | None) -> Claim | None:
    """The day in the path of an address: `/2025/03/14/`, `-20250314`; a year far ahead is part of a number there."""
    match = IN_ADDRESS.search(url or "")
    printed = read_dates("-".join(match.groups())) if match else []
    is_day = bool(printed) and printed[0].day.year <= LAST_PLAUSIBLE_YEAR
    return dated_claim(claim("published", "", "url"), printed[0]) if is_day else None


def inferred_date(layout: Layout) -> Claim | None:
    """The day of publication that the text of the article states."""
    if (found := infer_date(layout)) is None:
        return None
    on, index, start, end = found
    printed = PrintedDate(start, end, on, "day")
    return Claim(
        "published",
        on.isoformat(),
        "inferred",
        confidences()["published"]["inferred"],
        layout.lines[index],
        start,
        end,
        printed,
    )


def month_claim(layout: Layout, dated: Mapping[int, list[PrintedDate]], title: int | None) -> Claim | None:
    """A month that is all a page prints beside its title, labelled or on a line of its own."""
    for i, dates in dated.items():
        if title is None or not title < i <= layout.body_start + 1:
            continue
        for rank, printed in enumerate(dates):
            is_alone = printed.end - printed.start >= len(layout.lines[i].text) - 3
            if printed.granularity == "month" and (is_alone or label_of(layout, i, dates, rank) == "published"):
                return Claim(
                    "published",
                    f"{printed.day:%Y-%m}",
                    "month_line",
                    confidences()["published"]["month_line"],
                    layout.lines[i],
                    printed.start,
                    printed.end,
                    printed,
                )
    return None
