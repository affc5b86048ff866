"""Strip: tell the article from the web page around it, line by line, with a reason for every line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tasks.page.lines import PositionMap, cut_lines, line_key
from tasks.strip.assemble import LineVerdict, assemble
from warehouse.rows import Description, Line, LineKind, Page, Record

if TYPE_CHECKING:
    from tasks.strip.describe.sources import Sources

__all__ = ["VERSION", "PositionMap", "line_key", "strip", "strip_html", "strip_text"]

VERSION = 3  # counts up when outcomes change for a reason other than the data files of this folder

_LINE_KINDS: dict[str, LineKind] = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "byline",
    "published": "dateline",
}


def strip_text(content: str, *, url: str | None = None) -> Page:
    """The article on a page dumped as plain text, with everything that was removed and why."""
    return strip(Record(doc_id="", uri="", record_no=1, kind="text", content=content, url=url))


def strip_html(content: str, *, url: str | None = None) -> Page:
    """The article on an HTML page, with everything that was removed and why; `raw` is the page's visible text."""
    return strip(Record(doc_id="", uri="", record_no=1, kind="html", content=content, url=url))


def strip(record: Record, *, repeated: Mapping[int, float] | None = None, sources: Sources | None = None) -> Page:
    """One record as a page: raw text, lines, text, description. Never raises for what a page holds.

    `repeated` maps `line_key(line)` to the share of the source's documents in which the line stands; give it only
    for a source with enough documents; `sources` are the publishers known beforehand. A record that `is_clean` keeps every line and is never too short.
    """
    from tasks.page.render import UnreadableMarkupError
    from tasks.strip.classify import classify
    from tasks.strip.describe import describe
    from tasks.strip.extraction import Markup, read_markup, weigh_extraction
    from tasks.strip.page_verdict import judge

    markup: Markup | None = None
    raw = record.content
    if record.kind == "html":
        try:
            markup = read_markup(record.content, record.url)
        except UnreadableMarkupError as error:
            return Page("", "", (), Description(url=record.url), reason=error.reason, detail=str(error))
        raw = markup.raw
    spans = cut_lines(raw)
    if record.is_clean:
        verdicts = [
            LineVerdict("body", "given_clean", 1.0) if raw[start:end].strip() else LineVerdict("blank", "blank", 0.0)
            for start, end in spans
        ]
    else:
        evidence = None if markup is None else weigh_extraction(markup, spans)
        verdicts = classify(raw, spans, repeated=repeated, evidence=evidence)
    text, lines = assemble(raw, spans, verdicts)
    description = describe(raw, lines, url=record.url, given=record.given, markup=markup, sources=sources)
    if record.is_clean:
        return Page(raw, text, lines, description)
    text, lines = assemble(raw, spans, _set_description_aside(lines, verdicts, description), known=lines)
    judgement = judge(text, lines, description.title)
    return Page(
        raw, text, lines, description,
        is_truncated=judgement.is_truncated, reason=judgement.reason, detail=judgement.detail,
    )  # fmt: skip


def _set_description_aside(
    lines: tuple[Line, ...], verdicts: list[LineVerdict], description: Description
) -> list[LineVerdict]:
    """The verdicts with the lines that hold the chosen title, subtitle, byline and date line taken out of the text."""
    aside: dict[int, LineKind] = {}
    for evidence in description.evidence:
        kind = _LINE_KINDS.get(evidence.field)
        if kind is None or not evidence.is_chosen or evidence.line_no is None:
            continue
        line = lines[evidence.line_no - 1]
        is_only_that = len(line.line.strip()) <= 2 * len(evidence.value) + 40
        is_sentence = kind != "title" or line.line.rstrip().endswith(".")
        is_prose = line.is_kept and line.reason == "prose" and is_sentence
        if is_only_that and not is_prose:  # a standfirst that reads as the first paragraph stays one
            aside[evidence.line_no - 1] = kind
    titles = {line.line.strip().casefold() for index, line in enumerate(lines) if aside.get(index) == "title"}
    for index, line in enumerate(lines) if titles else ():
        if line.is_kept and line.line.strip().casefold() in titles:
            aside[index] = "title"
    verdicts = list(verdicts)
    for index, kind in aside.items():
        verdicts[index] = verdicts[index]._replace(kind=kind, reason=kind)
    return verdicts
