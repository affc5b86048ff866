"""The values that travel between the steps: one class per noun, the same noun everywhere.

Positions are code points, half open `[start, end)`. `start_char`/`end_char` count in a document's `text`,
`raw_start`/`raw_end` in the page's raw text, `text_start`/`text_end` say where a line stands in `text`.
Classes that are rows of a table carry the table's column names; what the table adds (`doc_id`, numbers,
raw positions) is added where rows are made, `tasks/shards.py` and `tasks/facts/table.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

LineKind = Literal[
    "body",
    "heading",
    "caption",
    "embed",  # in `text`
    "title",
    "subtitle",
    "byline",
    "dateline",  # in columns of their own
    "chrome",
    "teaser",
    "comment",
    "blank",  # removed
]
KINDS_IN_TEXT = frozenset({"body", "heading", "caption", "embed"})

PublishedMethod = Literal["record", "metadata", "dateline", "url", "inferred", "none"]
DateGranularity = Literal["minute", "day", "month", "year", "none"]
EvidenceField = Literal["title", "subtitle", "author", "published", "updated", "source", "url", "language", "agency"]


@dataclass(frozen=True, slots=True)
class Input:
    """One input file (or standard input, kept in a file): where it is, what it is called, its bytes' SHA-256 and size.

    A folder without inputs, or a file that cannot be read, is an input too: `problem` says why it yields no record.
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
        """The input it lies in: of a member of an archive, the archive."""
        return self.uri.split("!/", 1)[0]


@dataclass(frozen=True, slots=True)
class Record:
    """One page as it was read: decoded, identified, nothing judged yet.

    `content` is the decoded text (kind `text`) or markup (kind `html`); `given` is what the record itself says
    (JSONL fields `title`, `date`, `author`, `source`; WARC headers), which wins over every guess.
    """

    doc_id: str
    uri: str
    record_no: int
    kind: Literal["text", "html"]
    content: str
    encoding: str = "utf-8"
    url: str | None = None
    source_key: str = (
        ""  # what repetition groups by, known before the page is described: source given, domain or folder
    )
    is_clean: bool = False
    given: dict[str, str] = field(default_factory=dict)


class Line(NamedTuple):
    """One line of a page's raw text, kept or removed. `line` holds its own line end.

    A tuple, since a page has hundreds of them: a frozen dataclass takes seven times as long to make.
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
    """One candidate for a description of the page, chosen or not, with the place it was seen (if it has one)."""

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
    """What a page says about itself; every field null when the page does not say it."""

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
    """A stripped page: `raw` cut into `lines`, the article's `text` made of the kept ones, and its description.

    `reason` is null for an article, else the word why this page is not published
    (`too_short`, `not_an_article` …), with `detail` in a sentence.
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text, cut by rule."""

    start_char: int
    end_char: int
    surface: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in a text. `label` is PER, LOC, ORG or MISC; `label_extracted` what the pipeline itself said."""

    start_char: int
    end_char: int
    surface: str
    label: str
    label_extracted: str
    extractor: str
    is_demonym: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """One temporal expression as the interval it means; unresolved when its anchor is not known.

    `timex` is ISO 8601 / TIMEX3 (`2025-08`, `2025-W34-2`, `XXXX-WXX-2`); `last_on` is inclusive.
    """

    start_char: int
    end_char: int
    surface: str
    timex: str
    granularity: str
    starts_on: date | None = None
    last_on: date | None = None
    starts_at: datetime | None = None
    is_resolved: bool = False
    is_relative: bool = False
    anchor: Literal["publication", "article"] | None = None
    anchor_on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that says how much or how many; `value` in full (2.4 million is 2400000), a percentage as printed.

    `subject` is the surface of the mention it is about, `subject_mention_no` its number.
    """

    start_char: int
    end_char: int
    surface: str
    value: float
    kind: Literal["count", "money", "percent", "measure", "rank"]
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    currency: str | None = None
    qualifier: Literal["about", "more_than", "less_than", "at_least", "at_most", "between"] | None = None
    counted: str | None = None
    subject: str | None = None
    subject_mention_no: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, with the name and the verb that attribute them (both null when nobody is named).

    `speaker_mention_no` is the number of the mention the name was taken from.
    """

    start_char: int
    end_char: int
    surface: str
    speaker: str | None = None
    verb: str | None = None
    speaker_mention_no: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What a text says somebody is: name, role, and the organisation or place the role is held in.

    `mention_no` and `organisation_mention_no` are the numbers of the mentions the two names were taken from.
    """

    start_char: int
    end_char: int
    surface: str
    name: str
    role: str
    organisation: str | None = None
    is_former: bool = False
    mention_no: int | None = None
    organisation_mention_no: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one text, each list in the order of the text."""

    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why one record is not among the documents: a row, never an exception."""

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
    """The row of `runs`: what one run met and what became of it. read = the sum of the other five counts."""

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
