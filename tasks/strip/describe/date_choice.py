"""Publication and update chosen among the dates of lines, markup, address and record, and put into a time zone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from tasks.strip.describe.claims import Choice, Claim, choose, confidences, rank_choices
from tasks.strip.describe.date_candidates import DateCandidate, is_mentioned
from tasks.strip.describe.declared_values import dated_claim
from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import lexicon
from tasks.strip.describe.printed_dates import LAST_PLAUSIBLE_YEAR, PrintedDate, read_clock
from tasks.strip.describe.sources import Source
from tasks.text.phrases import alternation
from warehouse.rows import DateGranularity, PublishedMethod

DEFAULT_ZONE = "Europe/Paris"
BESIDE = 3  # lines between a publication date and the update that belongs to it, or the body it belongs to
DECLARED = frozenset({"json_ld", "meta_tag", "microdata"})

METHODS: dict[str, PublishedMethod] = {
    "record": "record",
    "line": "dateline",
    "month_line": "dateline",
    "opening": "dateline",
    "url": "url",
    "inferred": "inferred",
}


@dataclass(frozen=True, slots=True)
class Published:
    """The publication as `documents` holds it; the default means that the page gives none."""

    on: date | None = None
    at: datetime | None = None
    zone: Literal["given", "source", "default"] | None = None
    granularity: DateGranularity = "none"
    method: PublishedMethod = "none"
    confidence: float = 0.0
    choice: Choice | None = None


def without_updates(claims: Sequence[Claim], updates: Sequence[Claim]) -> list[Claim]:
    """The claims without the days of declared updates.

    A page that declares an earlier publication shows its readers the day of its last change without a label.
    """
    declared = {one.printed.day for one in claims if one.method in DECLARED and one.printed}
    updated = {one.printed.day for one in updates if one.method in DECLARED and one.printed} - declared
    later = {day for day in updated if declared and day > min(declared)}
    return [one for one in claims if one.printed is None or one.method == "record" or one.printed.day not in later]


def without_utc_days(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without a day declared in UTC where the page declares another day for the same moment in its own zone.

    A moment before midnight in UTC is on the next day in Europe: the day that the page means is the local one.
    """
    local: dict[datetime, date] = {}
    for one in claims:
        at = _declared_moment(one)
        if at and at.utcoffset():
            local.setdefault(at, at.date())
    return [one for one in claims if not (at := _declared_moment(one)) or local.get(at, at.date()) == at.date()]


def _declared_moment(one: Claim) -> datetime | None:
    """The moment that markup declares with its zone."""
    is_moment = one.method in DECLARED and one.printed is not None and one.printed.zone is not None
    return moment(one.printed, None)[0] if is_moment else None


def days_beside(candidates: Sequence[DateCandidate], layout: Layout, title: int | None) -> frozenset[date]:
    """The days printed where an article's own date stands: below its title, not below the first lines of its body."""
    below = range(-1 if title is None else title + 1, layout.body_start + BESIDE + 1)
    return frozenset(
        c.printed.day
        for c in candidates
        if c.line_index in below
        and c.label != "other"
        and not is_mentioned(layout, c)
        and "covered<0.15" not in c.features
    )


def choose_published(
    claims: Sequence[Claim], source: Source | None, *, beside: frozenset[date] = frozenset()
) -> Published:
    """The most probable day, with the time that a claim for that day gives.

    A day many years ahead, mostly a typing error, is chosen only when no other one is probable enough.
    What markup declares and the day printed `beside` the title may be two days in a row: one moment in two time zones,
    or an edition announced the evening before. The day is then the printed one, unless the declared one stands there too.
    """
    threshold = confidences()["thresholds"]["published"]
    ranked = rank_choices(without_utc_days(claims), lambda one: one.printed and one.printed.day)
    probable = [one for one in ranked if one.best.printed and one.confidence >= threshold]
    choice = min(probable, key=_is_far_ahead, default=None)
    if choice is None or choice.best.printed is None:
        return Published()
    on = choice.best.printed.day
    if on not in beside and choice.best.method != "record":
        least = max(confidences()["thresholds"]["published_beside"], _seen(choice))
        for other in ranked:
            printed = other.best.printed
            is_near = printed is not None and printed.day in beside and abs(printed.day - on) == timedelta(1)
            if is_near and _seen(other) > least:
                choice = other
                break
    return _published(choice, [one for one in claims if one.method in DECLARED], source)


def _is_far_ahead(choice: Choice) -> bool:
    best = choice.best
    return best.printed is not None and best.printed.day.year > LAST_PLAUSIBLE_YEAR and best.method != "record"


def _seen(choice: Choice) -> float:
    """The confidence of a day from the page's lines alone."""
    return sum(one.confidence for one in choice.claims if one.line)


def _published(choice: Choice, declared: Sequence[Claim], source: Source | None) -> Published:
    """The publication on the day chosen; a time declared for the day before or after counts if it falls on this one here."""
    assert choice.best.printed is not None
    day = choice.best.printed
    timed = sorted(
        (one for one in choice.claims if one.printed and one.printed.clock),
        key=lambda one: (one.method != "record", one.printed is None or one.printed.zone is None, -one.confidence),
    )
    at, zone = moment(timed[0].printed, source) if timed else (None, None)
    here = zone_of(source) or ZoneInfo(DEFAULT_ZONE)
    for one in declared if at is None else ():
        declared_at, declared_zone = moment(one.printed, source)
        if declared_at and declared_at.astimezone(here).date() == day.day:
            at, zone = declared_at, declared_zone
            break
    granularity: DateGranularity = "minute" if at else day.granularity
    return Published(
        day.day, at, zone, granularity, METHODS.get(choice.best.method, "metadata"), round(choice.confidence, 4), choice
    )


def moment(
    printed: PrintedDate | None, source: Source | None
) -> tuple[datetime | None, Literal["given", "source", "default"] | None]:
    """The moment a printed time means, and where its zone comes from."""
    if printed is None or printed.clock is None:
        return None, None
    if printed.zone is not None:
        return printed.at(printed.zone), "given"
    own = zone_of(source)
    return printed.at(own or ZoneInfo(DEFAULT_ZONE)), "source" if own else "default"


@cache
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def zone_of(source: Source | None) -> tzinfo | None:
    """The publisher's time zone; None when it has none or one that does not exist."""
    return _zone(source.time_zone) if source and source.time_zone else None


@cache
def _updated_clock() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternation(lexicon()['labels']['updated'])})\s*+(?::\s*+)?(?:(?:à|at|um|alle)\s*+)?(?=\d{{1,2}}\s?[:hH.])",
        re.IGNORECASE,
    )


def update_claims(
    candidates: Sequence[DateCandidate], layout: Layout, published: Published, title: int | None
) -> list[Claim]:
    """Dates labelled as updates beside the publication date or, when no line shows one, between title and body.

    Also "mis à jour à 21:00" after the publication on its line.
    """
    line = next((one.line for one in published.choice.claims if one.line), None) if published.choice else None
    if line is not None:
        here = layout.lines.index(line)
        near = range(here - BESIDE, here + BESIDE + 1)
    else:
        near = range(layout.body_start if title is None else title, layout.body_start + BESIDE + 1)
    believed = confidences()["updated"]["line"]
    claims = [
        dated_claim(
            Claim("updated", "", "line", believed, layout.lines[c.line_index], c.printed.start, c.printed.end),
            c.printed,
        )
        for c in candidates
        if c.label == "updated" and c.line_index in near
    ]
    if claims or line is None or published.on is None:
        return claims
    match = _updated_clock().search(line.text)
    if match and (read := read_clock(line.text, match.end())):
        clock, zone, end = read
        printed = PrintedDate(match.start(), end, published.on, "minute", clock, zone)
        claims.append(dated_claim(Claim("updated", "", "line", believed, line, match.start(), end), printed))
    return claims


def choose_updated(
    claims: Iterable[Claim], published: Published, source: Source | None
) -> tuple[datetime | None, Choice | None]:
    """The moment of the last update, never before the publication; None when only its day is known."""
    possible = [one for one in claims if one.printed and (published.on is None or one.printed.day >= published.on)]
    choice = choose(possible, lambda one: one.value, confidences()["thresholds"]["updated"])
    if choice is None:
        return None, None
    at, _ = moment(choice.best.printed, source)
    return (None, choice) if at and published.at and at < published.at else (at, choice)
