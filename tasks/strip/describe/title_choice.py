"""Title and subtitle chosen among the claims of lines, markup and record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tasks.strip.describe.claims import Choice, Claim, confidences, rank_choices
from tasks.strip.describe.layout import Layout
from tasks.strip.describe.lexicon import TITLE_SEPARATORS
from tasks.strip.describe.other_dates import is_prose
from tasks.strip.describe.printed_dates import PrintedDate
from tasks.strip.describe.publisher_claims import without_site
from tasks.strip.describe.sources import Sources
from tasks.strip.describe.title_candidates import TOP, TitleCandidate, is_byline, is_picture_credit
from tasks.text.words import word_key

LEAST_SHOWN = 0.03  # a line less probable than this is not worth a row of evidence
SUBTITLE_REACH, SUBTITLE_WORDS = 4, (8, 90)  # lines below the title, words


def title_claims(
    candidates: Sequence[TitleCandidate], layout: Layout, sources: Sources, site_names: frozenset[str]
) -> list[Claim]:
    """The candidate lines as claims, each without the name of the site after it."""
    keys = {layout.keys[candidate.line_index] for candidate in candidates if candidate.probability >= LEAST_SHOWN}
    claims = []
    for candidate in candidates:
        if candidate.probability >= LEAST_SHOWN:
            text = without_site(candidate.text, sources, site_names)
            if text == candidate.text and candidate.line_index < TOP:
                text = _head_met_elsewhere(text, keys)
            claims.append(
                Claim("title", text, "line", candidate.probability, layout.lines[candidate.line_index], 0, len(text))
            )
    return claims


def _head_met_elsewhere(text: str, keys: set[str]) -> str:
    """ "Titre - Rubrique - Site" cut down to the "Titre" that is a line of its own."""
    for separator in TITLE_SEPARATORS:
        head, found, _ = text.partition(separator) if separator.strip() != ":" else ("", "", "")
        if found and len(head) > 12 and word_key(head) in keys:
            return head
    return text


def titles_without_site(claims: Iterable[Claim], sources: Sources, site_names: frozenset[str]) -> list[Claim]:
    """Titles the markup gives, each without the name of the site after it."""
    return [replace(claim, value=without_site(claim.value, sources, site_names)) for claim in claims]


def choose_title(claims: Iterable[Claim], sources: Sources, site_names: frozenset[str]) -> Choice | None:
    """The most probable title, None below the threshold; spelled as the page shows it when a line or heading is among those that agree."""
    articles = [
        claim
        for claim in claims
        if claim.method == "record" or not (word_key(claim.value) in site_names or sources.by_name(claim.value))
    ]
    ranked = rank_choices(articles, lambda claim: word_key(claim.value))
    if not ranked or ranked[0].confidence < confidences()["thresholds"]["title"]:
        return None
    best = ranked[0]
    if best.best.method == "record":
        return best
    shown = [claim for claim in best.claims if claim.method == "line"] or [
        claim for claim in best.claims if claim.method == "heading"
    ]
    return Choice((*shown, *(claim for claim in best.claims if claim not in shown)), best.confidence)


def subtitle_claim(
    layout: Layout, title: int | None, dated: Mapping[int, Sequence[PrintedDate]], declared: frozenset[str]
) -> Claim | None:
    """The standfirst: a line the markup declares as such (`declared` keys), or one between the title and its byline or date."""
    low, high = SUBTITLE_WORDS
    if title is None:
        return None
    days = {i for i, dates in dated.items() if not is_prose(layout, i) and any(p.granularity != "month" for p in dates)}
    for i in range(title + 1, min(title + 1 + SUBTITLE_REACH, len(layout.lines))):
        line = layout.lines[i]
        if (
            not low <= line.count_words <= high
            or i in days
            or is_byline(line.text)
            or layout.keys[i] == layout.keys[title]
        ):
            continue
        if layout.keys[i] in declared:
            return Claim("subtitle", line.text, "line", 0.9, line, 0, len(line.text))
        if i > layout.body_start:
            break  # further paragraphs of the body, even if dates stand below them
        below = range(i + 1, min(i + 4, max(layout.body_end, layout.body_start + 1)))
        is_above_byline = any(j in days or is_byline(layout.lines[j].text) for j in below) and not any(
            j in days for j in range(title, i)
        )
        captions = [line.text, *(layout.lines[j].text for j in range(i + 1, min(i + 2, len(layout.lines))))]
        if is_above_byline and line.text[-1] in ".!?…»" and not any(map(is_picture_credit, captions)):
            return Claim("subtitle", line.text, "line", 0.7, line, 0, len(line.text))
    return _above_picture(layout, title)


def _above_picture(layout: Layout, title: int) -> Claim | None:
    """A paragraph below title and byline that a picture's caption separates from the body.

    The standfirst of a page without markup.
    """
    below = range(title + 1, min(title + 1 + SUBTITLE_REACH + 2, len(layout.lines) - 2))
    first = next((i for i in below if is_prose(layout, i)), None)
    if first is None or layout.lines[first].count_words > SUBTITLE_WORDS[1]:
        return None
    line, next_below = layout.lines[first], layout.lines[first + 1]
    if (
        is_picture_credit(next_below.text)
        and next_below.count_words <= SUBTITLE_WORDS[1]
        and is_prose(layout, first + 2)
    ):
        return Claim("subtitle", line.text, "line", 0.55, line, 0, len(line.text))
    return None
