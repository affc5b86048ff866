"""The values that the steps exchange, facts left out: inputs and records, stripped pages, rejections and runs.

Positions are code points, half open `[start, end)`. `start_char` and `end_char` are positions in a document's `text`,
`raw_start` and `raw_end` in the page's raw text; `text_start` and `text_end` are the positions of a line in `text`.
A class whose values become rows of a table has the table's column names; the step that writes the rows adds `doc_id`
and the row's number. The classes of facts are in `warehouse/facts.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from warehouse.uris import split_uri

# Inputs: what is read.


@dataclass(frozen=True, slots=True)
class Input:
    """One input file (or standard input, kept in a file): its path, its uri, the SHA-256 of its bytes and their number.

    A folder without inputs and a file that cannot be read are inputs too: `problem` is the reason why one yields no
    record, `detail` the reason in a sentence.
    """

    path: str
    uri: str
    content_hash: str = ""
    count_bytes: int = 0
    problem: str | None = None
    detail: str | None = None


class Place(NamedTuple):
    """Where a record was read: its uri, and its number in its input."""

    uri: str
    record_no: int

    @property
    def input_uri(self) -> str:
        """The uri of the input the record is in: for a member of an archive, the archive."""
        return split_uri(self.uri)[0]


@dataclass(frozen=True, slots=True)
class Record:
    """One page as it was read: decoded and with its id, not yet stripped.

    `content` is the decoded text (kind `text`) or markup (kind `html`). `given` is the metadata of the record itself
    (JSONL fields `title`, `date`, `author`, `source`; WARC headers), which takes precedence over what the page shows.
    `source_key` is what repetition groups by, known before the page is described: the source given, else the domain or
    the folder. `is_clean` marks a record that is article text already.
    """

    doc_id: str
    uri: str
    record_no: int
    kind: Literal["text", "html"]
    content: str
    encoding: str = "utf-8"
    url: str | None = None
    source_key: str = ""
    is_clean: bool = False
    given: dict[str, str] = field(default_factory=dict)


# Pages: what is stripped.

# The kinds in `text`; those in columns of their own; those that are removed.
LineKind = Literal[
    "body", "heading", "caption", "embed",
    "title", "subtitle", "byline", "dateline",
    "chrome", "teaser", "comment", "blank",
]  # fmt: skip
KINDS_IN_TEXT = frozenset({"body", "heading", "caption", "embed"})

PublishedMethod = Literal["record", "metadata", "dateline", "url", "inferred", "none"]
DateGranularity = Literal["minute", "day", "month", "year", "none"]
EvidenceField = Literal["title", "subtitle", "author", "published", "updated", "source", "url", "language", "agency"]


class Line(NamedTuple):
    """One line of a page's raw text, kept or removed. `line` includes its line end.

    It is a tuple because a page has hundreds of lines and a frozen dataclass takes seven times as long to create.
    """

    line_no: int
    raw_start: int
    raw_end: int
    line: str
    kind: LineKind
    is_kept: bool
    reason: str
    score: float
    text_start: int | None = None
    text_end: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate for a field of a page's description, chosen or not, with its position when it is in the raw text."""

    field: EvidenceField
    value: str
    method: str
    confidence: float
    line_no: int | None = None
    raw_start: int | None = None
    raw_end: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """The metadata a page shows: title, authors, dates, source and so on; a field is null when the page does not show it."""

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    published_at: datetime | None = None
    published_zone: Literal["given", "source", "default"] | None = None
    published_granularity: DateGranularity = "none"
    published_method: PublishedMethod = "none"
    published_confidence: float = 0.0
    updated_at: datetime | None = None
    source_name: str | None = None
    source_domain: str | None = None
    url: str | None = None
    language: str | None = None
    agency: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A stripped page: its `raw` text cut into `lines`, the article's `text` made of the kept ones, and its description.

    `reason` is null for an article, else the reason why the page is not published as one word (`too_short`,
    `not_an_article` …) and `detail` the reason in a sentence.
    """

    raw: str
    text: str
    lines: tuple[Line, ...]
    description: Description
    is_truncated: bool = False
    reason: str | None = None
    detail: str | None = None

    @property
    def title(self) -> str | None:
        return self.description.title

    @property
    def subtitle(self) -> str | None:
        return self.description.subtitle

    @property
    def authors(self) -> tuple[str, ...]:
        return self.description.authors

    @property
    def published_on(self) -> date | None:
        return self.description.published_on

    @property
    def published_at(self) -> datetime | None:
        return self.description.published_at

    @property
    def language(self) -> str | None:
        return self.description.language


# Runs: the outcomes.


@dataclass(frozen=True, slots=True)
class Rejection:
    """The reason why one record is not in `documents`. A rejection is a row, never an exception."""

    uri: str
    record_no: int
    stage: str
    reason: str
    detail: str
    doc_id: str | None = None
    source_id: str | None = None
    outcome: Literal["rejected", "quarantined"] = "rejected"


@dataclass(frozen=True, slots=True)
class Run:
    """A run with the outcomes of its records, a row of `runs`. `count_read` is the sum of the other five counts."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    state: str
    inputs: tuple[str, ...]
    flow_run_id: str | None = None
    count_read: int = 0
    count_published: int = 0
    count_unchanged: int = 0
    count_duplicates: int = 0
    count_rejected: int = 0
    count_quarantined: int = 0
