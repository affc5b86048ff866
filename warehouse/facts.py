"""Facts: the row class of each kind, and the registry in which each kind is declared once.

What handles facts iterates over `FACT_KINDS`: making and storing rows (`tasks/extract`), merging shards (`tasks/load`),
the view `facts` with the checks that read it, `revue explain` and the totals of the report. `docs/adding-a-fact.md`
describes how to add a kind.

Positions are code points, half open `[start, end)`, in a document's `text`. Row classes have the column names of their
tables; `doc_id`, the number, the positions in the raw text and the sentence are added where rows are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text, cut by rule."""

    start_char: int
    end_char: int
    surface: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in a text. `label` is PER, LOC, ORG or MISC; `label_extracted` is the label of the pipeline.

    Its number, to which other facts refer, is its 1-based place among the document's mentions ordered by `start_char`
    and `end_char`.
    """

    start_char: int
    end_char: int
    surface: str
    label: str
    label_extracted: str
    extractor: str
    is_demonym: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """One temporal expression with the interval it denotes; unresolved when its anchor is not known.

    `timex` is ISO 8601 / TIMEX3 (`2025-08`, `2025-W34-2`, `XXXX-WXX-2`); `last_on` is inclusive. `question` is the event it
    is the date of, such as `created`, and `thing` what began then.
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
    question: str | None = None
    thing: str | None = None
    thing_kind: str | None = None
    thing_mention_no: int | None = None
    state: Literal["expected"] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that states an amount or a count; `value` in full (2.4 million is 2400000), a percentage as printed.

    `subject` is the surface of the mention it is about, `subject_mention_no` its number. `question` is what the figure answers,
    such as `count_dead`, `aspect` the noun counted where it narrows the question, `thing` what it describes, and `state`
    how it is given; null as it is now.
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
    question: str | None = None
    aspect: str | None = None
    thing: str | None = None
    thing_kind: str | None = None
    thing_mention_no: int | None = None
    thing_start: int | None = None
    thing_date_no: int | None = None
    thing_place_no: int | None = None
    state: Literal["expected", "former", "part", "revised"] | None = None


# How the speaker of a quote was found: a name beside the verb, a pronoun, an office or description in place of the name,
# a group or a speaker without a name, the subject of the sentence that introduces it, the speaker of the quote before, who
# goes on, or that of a quote whose words it repeats.
SpeakerMethod = Literal["name", "pronoun", "office", "group", "subject", "continued", "repeated"]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said: words in quotation marks, or the clause that reports them without marks (`is_reported`).

    `speaker` is a name of the text, or the words for a speaker without a name ("une habitante", "la mairie");
    `speaker_mention_no` is the number of the mention it was taken from, null for such words. `verb` is as printed.
    `speaker_method` says how the speaker was found, `speaker_confidence` how sure that is, from 0 to 1.
    """

    start_char: int
    end_char: int
    surface: str
    speaker: str | None = None
    verb: str | None = None
    speaker_mention_no: int | None = None
    speaker_method: SpeakerMethod | None = None
    speaker_confidence: float | None = None
    is_reported: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A statement that a person holds a role: name, role, and the organisation or place the role is held in.

    `mention_no` and `organisation_mention_no` are the numbers of the mentions the two names were taken from. `office` is what
    roles of one kind have in common: the code of one that one person holds at a time, such as `mayor`, else the role as of a
    man in lower case; `is_new` is null for these other roles, and where the organisation is one that many places have.
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
    office: str | None = None
    is_new: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The sentences and facts of one text, in the order of the text: one field for each kind, named like its table."""

    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact: its name in the singular, its row class, its table, and the column of that table that numbers it.

    `Facts` holds its rows in the field named like the table. The row class has `start_char`, `end_char` and `surface`;
    the table has these, `doc_id`, the number, `raw_start`, `raw_end` and `sentence_no`. `shown` are the columns that
    `revue explain` shows; a kind with an empty `shown` has a query of its own, `browse/sql/explain/<table>.sql`.
    """

    name: str
    row: type[Any]
    table: str
    number: str
    shown: tuple[str, ...] = ()


FACT_KINDS = (
    FactKind("mention", Mention, "mentions", "mention_no"),
    FactKind(
        "date",
        DateMention,
        "dates",
        "date_no",
        ("surface", "timex", "starts_on", "last_on", "granularity", "anchor"),
    ),
    FactKind("figure", Figure, "figures", "figure_no"),
    FactKind("quote", Quote, "quotes", "quote_no", ("speaker", "verb", "surface")),
    FactKind("role", Role, "roles", "role_no", ("name", "role", "organisation", "is_former")),
)

# Sentences are stored like facts. They are no kind of fact: every fact refers to the sentence it starts in.
SENTENCE = FactKind("sentence", Sentence, "sentences", "sentence_no")


def select_facts() -> str:
    """The query of the view `facts`: the columns that all kinds have, one `select` for each kind."""
    return "\n    union all\n".join(
        f"    select doc_id, '{kind.name}' as kind, {kind.number} as no, surface, start_char, end_char, raw_start, raw_end, "
        f"sentence_no from {kind.table}"
        for kind in FACT_KINDS
    )
