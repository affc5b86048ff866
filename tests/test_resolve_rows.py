"""Entities are the same however the corpus came to be, and a run writes only the rows that it changes."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from tasks.resolve import _resolve_entities
from warehouse.store import connect, create_tables, insert_rows

TABLES = ("mentions", "entities", "entity_names")
NAMES = [
    ("Jeanne Morel", "PER"), ("Morel", "PER"), ("Paul Morel", "PER"), ("J. Morel", "PER"), ("Lyon", "LOC"), ("Lyon", "ORG"),
    ("Ligue de Lyon", "ORG"), ("la Ligue", "ORG"), ("Paris", "LOC"), ("Paris", "MISC"), ("ONU", "ORG"), ("Nations unies", "ORG"),
    ("Orange", "LOC"), ("Orange", "ORG"), ("ORANGE", "ORG"), ("Anne Loisel", "PER"), ("Loisel", "LOC"),
]  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as connection:
        create_tables(connection, created_at=datetime(2025, 3, 3, tzinfo=UTC))
        yield connection


@pytest.fixture
def connection(tables: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    empty(tables)
    return tables


def empty(connection: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        connection.execute(f"delete from {table}")


def mention(number: int, seed: int) -> list[dict[str, Any]]:
    """The mentions of document `number`, as extract stores them; another `seed` is another text of it."""
    chance = random.Random(1000 * number + seed)
    return [
        {
            "doc_id": f"{number:032x}", "mention_no": mention_no, "label": label, "label_extracted": label, "surface": surface,
            "start_char": 0, "end_char": 1, "raw_start": 0, "raw_end": 1, "sentence_no": 1, "extractor": "model",
            "is_demonym": False,
        }
        for mention_no, (surface, label) in enumerate(chance.choices(NAMES, k=chance.randint(1, 6)), 1)
    ]  # fmt: skip


def replace(connection: duckdb.DuckDBPyConnection, number: int, rows: list[dict[str, Any]]) -> None:
    connection.execute("delete from mentions where doc_id = ?", [f"{number:032x}"])
    insert_rows(connection, "mentions", rows)


def list_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    return {table: connection.execute(f"select * from {table} order by all").fetchall() for table in TABLES}


def test_added_changed_and_removed_documents_leave_the_rows_of_a_resolve_of_all(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    chance, present = random.Random(7), dict.fromkeys(range(12), 0)
    states, left = [dict(present)], []
    for step in range(1, 5):
        for number in chance.sample(range(16), 3):
            if number in present and chance.random() < 0.4:
                del present[number]
            else:
                present[number] = step
        states.append(dict(present))
    before: dict[int, int] = {}
    for state in states:
        for number in before.keys() | state.keys():
            if before.get(number) != state.get(number):
                replace(connection, number, mention(number, state[number]) if number in state else [])
        _resolve_entities(connection, [])
        left.append(list_rows(connection))
        before = state
    for state, rows in zip(states, left, strict=True):
        empty(connection)
        insert_rows(connection, "mentions", [row for number, seed in state.items() for row in mention(number, seed)])
        _resolve_entities(connection, [])
        assert list_rows(connection) == rows
    assert len({len(rows["entities"]) for rows in left}) > 1
    assert any(len(later) < len(earlier) for earlier, later in itertools.pairwise(states))


def test_rows_of_entities_that_did_not_change_are_not_written_again(connection: duckdb.DuckDBPyConnection) -> None:
    def list_written() -> set[tuple[str, int]]:
        return {
            (table, row)
            for table in ("entities", "entity_names")
            for (row,) in connection.execute(f"select rowid from {table}").fetchall()
        }

    for number in range(12):
        replace(connection, number, mention(number, 0))
    _resolve_entities(connection, [])
    first = list_written()
    _resolve_entities(connection, [])
    assert list_written() == first

    added = {"doc_id": "f" * 32, "surface": "Port-Aubry", "label": "LOC", "label_extracted": "LOC"}
    insert_rows(connection, "mentions", [mention(0, 0)[0] | added])
    _resolve_entities(connection, [])
    assert first < list_written()
    assert len(list_written() - first) == 2
    again = {"doc_id": "e" * 32, "surface": "Port-Aubry", "label": "LOC", "label_extracted": "LOC"}
    before = list_written()
    insert_rows(connection, "mentions", [mention(0, 0)[0] | again])
    _resolve_entities(connection, [])
    assert len(before - list_written()) == len(list_written() - before) == 2
    assert connection.execute("select count_documents from entities where name = 'Port-Aubry'").fetchall() == [(2,)]
