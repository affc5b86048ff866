"""Screening: documents that fail a check of their own are turned away before anything is counted across documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from planted import CHECKED_AT, EARLIER_RUN_ID, RUN_ID, build_warehouse, name_document

from expectations.checks import USER_SUITE, document_checks
from tasks.screen import screen_documents
from warehouse.errors import UsageError
from warehouse.store import connect, insert_rows

OLD, NEW = name_document(0, 0), name_document(0, 5)
CHECKS = document_checks()
TEXT_PRESENT = next(check for check in CHECKS if check.name == "text_present")


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with a document without words in the run, and one in the run before."""
    with connect(build_warehouse(tmp_path / "faulty.duckdb")) as connection:
        connection.execute(f"update documents set count_words = 0 where doc_id in ('{OLD}', '{NEW}')")
        connection.execute(
            "create table tried as select uri, record_no, attempts, run_id, first_rejected_at from rejections"
        )
        yield connection


def remember(connection: duckdb.DuckDBPyConnection) -> None:
    """Let every check have been in force in the run before."""
    insert_rows(connection, "checks", [
        {"run_id": EARLIER_RUN_ID, "suite": check.suite, "check_name": check.name, "source_id": "", "scope": check.scope,
         "severity": check.severity, "success": True, "count_unexpected": 0, "failing_ids": [], "sentence": check.sentence,
         "checked_at": CHECKED_AT}
        for check in CHECKS
    ])  # fmt: skip


def turn_away(connection: duckdb.DuckDBPyConnection, checks=CHECKS) -> list[str]:
    screen_documents(connection, checks, run_id=RUN_ID, recipe="1", screened_at=CHECKED_AT)
    return [row[0] for row in connection.execute("select doc_id from rejections order by doc_id").fetchall()]


def test_a_check_in_force_before_sees_the_documents_of_the_run_alone(faulty: duckdb.DuckDBPyConnection) -> None:
    remember(faulty)
    assert turn_away(faulty) == [NEW]
    assert faulty.execute("select reason, outcome, stage, attempts from rejections").fetchall() == [
        ("text_present", "quarantined", "screen", 1)
    ]
    assert faulty.execute("select count(*) from documents").fetchall() == [(35,)]
    assert faulty.execute(f"select count(*) from mentions where doc_id = '{NEW}'").fetchall() == [(0,)]
    assert faulty.execute(f"select count(*) > 0 from lines where doc_id = '{NEW}'").fetchall() == [(True,)]


def test_a_new_check_and_one_of_the_users_see_every_document(faulty: duckdb.DuckDBPyConnection) -> None:
    faulty.execute("begin")
    assert turn_away(faulty) == sorted([OLD, NEW])
    faulty.execute("rollback")
    remember(faulty)
    assert turn_away(faulty, [replace(TEXT_PRESENT, suite=USER_SUITE)]) == sorted([OLD, NEW])


def test_checks_of_other_severity_turn_nothing_away(faulty: duckdb.DuckDBPyConnection) -> None:
    assert turn_away(faulty, [replace(TEXT_PRESENT, severity="warning")]) == []


def test_a_check_that_cannot_be_run_is_named_and_leaves_the_tables_seen(faulty: duckdb.DuckDBPyConnection) -> None:
    remember(faulty)
    with pytest.raises(UsageError, match="text_present cannot be run"):
        turn_away(faulty, [replace(TEXT_PRESENT, sql="select nothing from documents")])
    assert faulty.execute("select count(*) from documents").fetchall() == [(36,)]


def test_every_local_check_says_the_same_of_the_run_seen_alone_or_among_others(
    faulty: duckdb.DuckDBPyConnection,
) -> None:
    faulty.execute(f"update lines set line_no = line_no + 1 where doc_id = '{name_document(1, 6)}' and line_no = 7")
    faulty.execute(
        f"update mentions set raw_start = raw_start + 1, raw_end = raw_end + 1 where doc_id = '{name_document(2, 6)}'"
    )
    faulty.execute("begin")
    everywhere = [doc_id for doc_id in turn_away(faulty) if doc_id != OLD]
    faulty.execute("rollback")
    remember(faulty)
    assert turn_away(faulty) == everywhere and len(everywhere) == 3
