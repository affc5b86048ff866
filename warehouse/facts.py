"""The registry of fact kinds: each kind of fact is declared here once, and everything that handles facts follows from it.

Making and storing rows (`tasks/extract`), merging shards (`tasks/load`), the view `facts` with the checks that read it,
`revue explain` and the totals of the report iterate over `FACT_KINDS`. `docs/adding-a-fact.md` is the way to add one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from warehouse.rows import DateMention, Figure, Mention, Quote, Role, Sentence


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
