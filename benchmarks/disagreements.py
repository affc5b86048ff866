"""How well contradictions are found and distinguished from other pairs: `python -m benchmarks.facts disagreements`.

`gold/disagreements.jsonl` holds pairs of invented articles, each a contradiction, an update, a range or an approximation that holds
the other value, two different things, or one value in other words. All articles of a half lie in one warehouse. Recall counts
the contradictions that v_disagreements shows as such; precision counts the rows shown that are right in pair, values and kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks.copies import add_documents, open_empty
from benchmarks.facts_gold import GOLD
from tasks.extract import read_facts
from tasks.resolve import resolve_corpus
from warehouse.facts import FACT_KINDS, SENTENCE, Facts
from warehouse.store import fetch_rows, insert_rows

if TYPE_CHECKING:
    import duckdb

Pair = dict[str, Any]


def read_pairs(half: int | None) -> list[Pair]:
    """Return the pairs of a half, or all."""
    rows = (GOLD / "disagreements.jsonl").read_text(encoding="utf-8").splitlines()
    pairs: list[Pair] = [json.loads(row) for row in rows]
    return [pair for pair in pairs if half in (None, pair["half"])]


def fill(connection: duckdb.DuckDBPyConnection, articles: Mapping[str, Mapping[str, Any]]) -> None:
    """Add articles (`text`, `source`, `published` as an ISO date) by name to a warehouse, with their facts, and resolve it."""
    texts = {name: article["text"] for name, article in articles.items()}
    days = [date.fromisoformat(article["published"]) for article in articles.values()]
    add_documents(connection, texts, "run")
    found = read_facts(list(texts.values()), published_at=days)
    for (name, article), day, facts in zip(articles.items(), days, found, strict=True):
        connection.execute(
            "update documents set source_id = ?, published_on = ?, published_method = 'record' where uri = ?",
            [article["source"], day, name],
        )
        [(doc_id,)] = connection.execute("select doc_id from documents where uri = ?", [name]).fetchall()
        for table, rows in rows_of(doc_id, facts).items():
            insert_rows(connection, table, rows)
    resolve_corpus(connection)


def rows_of(doc_id: str, facts: Facts) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the facts of a document, whose text is its raw text."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for kind in (SENTENCE, *FACT_KINDS):
        ordered = sorted(getattr(facts, kind.table), key=lambda fact: (fact.start_char, fact.end_char))
        tables[kind.table] = [
            asdict(fact)
            | {"doc_id": doc_id, kind.number: no, "raw_start": fact.start_char, "raw_end": fact.end_char}
            | ({} if kind is SENTENCE else {"sentence_no": sentence_no(facts, fact.start_char)})
            for no, fact in enumerate(ordered, 1)
        ]
    for row in tables["sentences"]:
        row["language"] = row["language"] or "und"
    for row in tables["mentions"]:
        row["label_extracted"] = row["label"]
    return tables


def sentence_no(facts: Facts, position: int) -> int:
    """Return the number of the sentence at a position."""
    return max(1, sum(sentence.start_char <= position for sentence in facts.sentences))


def is_right(row: Mapping[str, Any], pairs: Mapping[str, Pair]) -> bool:
    """Whether a row of the view is that of a pair which contradicts or updates, with its values and kind."""
    one, _, other = row["uri"].partition("/")[0], "", row["other_uri"].partition("/")[0]
    pair = pairs[one]
    wanted = pair["values"] and {str(value) for value in pair["values"]}
    return one == other and wanted == {row["value"], row["other_value"]} and row["kind"] == pair["class"]


def find_disagreements(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the rows of the view with the names of their documents."""
    return fetch_rows(
        connection,
        "select one.uri, two.uri as other_uri, shown.* from v_disagreements as shown "
        "join documents as one on one.doc_id = shown.doc_id join documents as two on two.doc_id = shown.other_doc_id",
    )


def measure_pairs(pairs: Sequence[Pair], misses: list[str]) -> tuple[int, int, int, int]:
    """Return the contradictions found, all contradictions, the rows that are right, and all rows."""
    by_id = {pair["id"]: pair for pair in pairs}
    articles = {f"{pair['id']}/{no}": article for pair in pairs for no, article in enumerate(pair["articles"])}
    with open_empty() as connection:
        fill(connection, articles)
        rows = find_disagreements(connection)
    right = [row for row in rows if is_right(row, by_id)]
    misses += [
        f"wrong: {row['uri']} {row['other_uri']} {row['question']} {row['kind']} {row['value']} {row['other_value']}"
        for row in rows
        if row not in right
    ]
    found = {row["uri"].partition("/")[0] for row in right if row["kind"] == "contradiction"}
    wanted = {pair["id"] for pair in pairs if pair["class"] == "contradiction"}
    updates = {pair["id"] for pair in pairs if pair["class"] == "update"} - {
        row["uri"].partition("/")[0] for row in right
    }
    misses += [f"not found: {name} {by_id[name]['values']}" for name in sorted((wanted - found) | updates)]
    return len(found), len(wanted), len(right), len(rows)


def measure_disagreements(half: int | None, misses: dict[str, list[str]]) -> dict[str, float]:
    """Measure the pairs of each half, in per cent, and print the figures."""
    measured: dict[str, float] = {}
    for one in (0, 1) if half is None else (half,):
        found, wanted, right, shown = measure_pairs(read_pairs(one), misses.setdefault("disagreements", []))
        measured[f"disagreements_recall_{one}"] = 100 * found / max(1, wanted)
        measured[f"disagreements_precision_{one}"] = 100 * right / max(1, shown)
        print(f"disagreements, half {one}: {found} of {wanted} contradictions found, {right} of {shown} rows right")
    return measured
