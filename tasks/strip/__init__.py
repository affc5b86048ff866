"""Strip: separate the article from the boilerplate ("chrome") of the web page around it, line by line, with a reason for each.

A page goes one way: rendered once, cut into lines, each line classified, the page described from its lines and their
verdicts, the text assembled from the kept lines, and the page judged as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tasks.page.lines import PositionMap, cut_lines, line_key
from tasks.strip.assemble import LineVerdict, assemble, judged_lines
from warehouse.rows import Description, Line, LineKind, Page, Record

if TYPE_CHECKING:
    from tasks.strip.describe import Sources

__all__ = ["VERSION", "PositionMap", "line_key", "strip", "strip_html", "strip_text"]

_LONGEST_EVENT_DATA = 12  # lines between a title and its text

VERSION = 4  # counts up when outcomes change for a reason other than the data files of this folder

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
    for a source with enough documents; `sources` are the publishers known beforehand. A record that `is_clean` keeps
    every line and is never too short.
    """
    from tasks.page.parse import UnreadableMarkupError
    from tasks.page.render import RenderedPage, render_page
    from tasks.strip.classify import classify
    from tasks.strip.describe import describe
    from tasks.strip.extraction import Extraction, extract_article, weigh_extraction
    from tasks.strip.hard_wraps import find_wraps, unwrap
    from tasks.strip.long_lines import cut_page
    from tasks.strip.page_verdict import judge

    rendered: RenderedPage | None = None
    extraction = Extraction()
    if record.kind == "html":
        try:
            rendered = render_page(record.content)
        except UnreadableMarkupError as error:
            return Page("", "", (), Description(url=record.url), reason=error.reason, detail=str(error))
        extraction = extract_article(rendered.tree, record.url)
    raw = rendered.text if rendered else record.content
    spans = cut_lines(raw) if record.is_clean else cut_page(raw)
    is_wrapped = find_wraps([raw[start:end] for start, end in spans])
    if record.is_clean:
        verdicts = _keep_all(raw, spans, is_wrapped)
    else:
        evidence = weigh_extraction(rendered, extraction, spans) if rendered else None
        verdicts = classify(raw, spans, repeated=repeated, evidence=evidence, is_wrapped=is_wrapped)
    judged = judged_lines(raw, spans, verdicts)
    description = describe(
        judged,
        url=record.url,
        given=record.given,
        tree=rendered.tree if rendered else None,
        metadata=extraction.metadata,
        sources=sources,
        is_wrapped=is_wrapped,
    )
    if not record.is_clean:
        _set_description_aside(judged, unwrap(judged, is_wrapped), description)
        _keep_event_data(judged)
    text, lines = assemble(judged, verdicts)
    if record.is_clean:
        return Page(raw, text, lines, description)
    is_declared = extraction.metadata.get("pagetype") == "article"
    verdict = judge(text, unwrap(lines, is_wrapped), description.title, is_declared=is_declared)
    return Page(
        raw, text, lines, description, is_truncated=verdict.is_truncated, reason=verdict.reason, detail=verdict.detail
    )  # fmt: skip


def _keep_all(raw: str, spans: Sequence[tuple[int, int]], is_wrapped: Sequence[bool]) -> list[LineVerdict]:
    """The verdicts on a text that its record calls clean."""
    kept, blank = LineVerdict("body", "given_clean", 1.0), LineVerdict("blank", "blank", 0.0)
    return [
        kept._replace(is_continued=is_continued) if raw[start:end].strip() else blank
        for (start, end), is_continued in zip(spans, is_wrapped, strict=True)
    ]


def _keep_event_data(lines: list[Line]) -> None:
    """Keep the lines between title and text that give the day, hours and place of an event: of an announcement they are content.

    The line that says when has the day with its hours; that which says where follows it.
    """
    from tasks.strip.describe import has_event_words, is_event_line

    title = next((index for index, line in enumerate(lines) if line.kind == "title"), None)
    body = next((index for index, line in enumerate(lines) if line.is_kept), None)
    if title is None or body is None or body - title > _LONGEST_EVENT_DATA:
        return
    is_after_day = False
    for index in range(title + 1, body):
        line = lines[index]
        content = line.line.strip()
        if not content or line.kind != "chrome":
            continue
        if is_event_line(content) or (is_after_day and has_event_words(content)):
            lines[index] = line._replace(kind="body", reason="event_data", is_kept=True)
            is_after_day = True


def _set_description_aside(lines: list[Line], unwrapped: Sequence[Line], description: Description) -> None:
    """Take the lines that hold the chosen title, subtitle, byline and date line out of the text.

    `unwrapped` are the same lines, those joined that hard wraps separate.
    """
    from tasks.strip.hard_wraps import unwrapped_view

    whole = {line.line_no: line for line in unwrapped}
    aside: dict[int, LineKind] = {}
    for evidence in description.evidence:
        kind = _LINE_KINDS.get(evidence.field)
        if kind is None or not evidence.is_chosen or evidence.line_no is None:
            continue
        line = whole[evidence.line_no]
        content = unwrapped_view(line.line).text.strip()
        is_only_that = len(content) <= 2 * len(evidence.value) + 40
        is_sentence = kind != "title" or content.endswith(".")
        is_prose = line.is_kept and line.reason == "prose" and is_sentence
        if is_only_that and not is_prose:  # a standfirst that reads as the first paragraph stays one
            aside[evidence.line_no] = kind
    titles = {whole[number].line.strip().casefold() for number in aside if aside[number] == "title"}
    for line in unwrapped if titles else ():
        if line.is_kept and line.line.strip().casefold() in titles:
            aside[line.line_no] = "title"
    for number, kind in aside.items():
        for index in range(number - 1, len(lines)):
            if lines[index].raw_start >= whole[number].raw_end:
                break
            lines[index] = lines[index]._replace(kind=kind, reason=kind, is_kept=False)
