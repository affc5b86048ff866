"""Screening: documents that fail a check are quarantined before anything is counted across documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from planted import CHECKED_AT, EARLIER_RUN_ID, RUN_ID, build_warehouse, name_document

from expectations.checks import USER_SUITE, document_checks
from tasks.runtime.candidate import attach_scratch
from tasks.screen import screen_documents
from warehouse.browse.explain import explain_document
from warehouse.errors import UsageError
from warehouse.store import TABLES, connect, insert_rows

OLD, NEW = name_document(0, 0), name_document(0, 5)
CHECKS = document_checks()
TEXT_PRESENT = next(check for check in CHECKS if check.name == "text_present")


@contextmanager
def open_faulty(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new warehouse with a document without words in the run, and one in the run before; its scratch database is attached."""
    with connect(build_warehouse(path)) as connection:
        connection.execute(f"update documents set count_words = 0 where doc_id in ('{OLD}', '{NEW}')")
        attach_scratch(connection)
        connection.execute(
            "create table scratch.earlier_attempts as select uri, record_no, attempts, run_id, first_rejected_at from rejections"
        )
        yield connection


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_faulty(tmp_path / "faulty.duckdb") as connection:
        yield connection


def apply_all_before(connection: duckdb.DuckDBPyConnection) -> None:
    """Record that the run before applied every check."""
    insert_rows(connection, "checks", [
        {"run_id": EARLIER_RUN_ID, "suite": check.suite, "check_name": check.name, "source_id": "", "scope": check.scope,
         "severity": check.severity, "success": True, "count_unexpected": 0, "failing_ids": [], "sentence": check.sentence,
         "checked_at": CHECKED_AT}
        for check in CHECKS
    ])  # fmt: skip


def quarantine(connection: duckdb.DuckDBPyConnection, checks=CHECKS) -> list[str]:
    screen_documents(connection, checks, run_id=RUN_ID, recipe="1", screened_at=CHECKED_AT)
    return [row[0] for row in connection.execute("select doc_id from rejections order by doc_id").fetchall()]


def test_a_check_applied_before_reads_the_documents_of_the_run_alone(faulty: duckdb.DuckDBPyConnection) -> None:
    apply_all_before(faulty)
    assert quarantine(faulty) == [NEW]
    assert faulty.execute("select reason, outcome, stage, attempts from rejections").fetchall() == [
        ("text_present", "quarantined", "screen", 1)
    ]
    assert faulty.execute("select count(*) from documents").fetchall() == [(35,)]
    assert faulty.execute(f"select count(*) from mentions where doc_id = '{NEW}'").fetchall() == [(0,)]
    assert faulty.execute(f"select count(*) > 0 from lines where doc_id = '{NEW}'").fetchall() == [(True,)]


def test_a_new_check_reads_every_document(faulty: duckdb.DuckDBPyConnection) -> None:
    assert quarantine(faulty) == sorted([OLD, NEW])


def test_a_check_of_the_user_reads_every_document(faulty: duckdb.DuckDBPyConnection) -> None:
    apply_all_before(faulty)
    assert quarantine(faulty, [replace(TEXT_PRESENT, suite=USER_SUITE)]) == sorted([OLD, NEW])


def test_the_reason_of_a_quarantine_says_what_the_check_found(tmp_path: Path) -> None:
    path = tmp_path / "future.duckdb"
    with open_faulty(path) as connection:
        connection.execute("update documents set count_words = 300 where count_words = 0")
        connection.execute(f"update documents set published_on = date '2093-03-12' where doc_id = '{NEW}'")
        connection.execute(f"update evidence set value = '2093-03-12' where doc_id = '{NEW}' and field = 'published'")
        assert quarantine(connection) == [NEW]
    explained = explain_document(path, NEW)
    assert explained.outcome.startswith(
        "quarantined by screen: not_in_future. No document is published more than a day after the start of the run "
        "that read it. Published on 2093-03-12 (dateline), read on "
    )
    assert [row["value"] for row in explained.facts["evidence"] if row["field"] == "published"] == ["2093-03-12"]


@pytest.mark.parametrize("column", ["", ", 'no words' as detail", ", count_words as detail"])
def test_a_check_may_return_any_detail_or_none(faulty: duckdb.DuckDBPyConnection, column: str) -> None:
    sql = f"select doc_id{column} from documents where count_words = 0"
    assert quarantine(faulty, [replace(TEXT_PRESENT, sql=sql)]) == sorted([OLD, NEW])
    details = {text for (text,) in faulty.execute("select detail from rejections").fetchall()}
    ending = {"": "", ", 'no words' as detail": " No words.", ", count_words as detail": " 0."}[column]
    assert details == {TEXT_PRESENT.sentence + ending}


def test_checks_of_other_severity_quarantine_nothing(faulty: duckdb.DuckDBPyConnection) -> None:
    assert quarantine(faulty, [replace(TEXT_PRESENT, severity="warning")]) == []


def test_a_check_that_cannot_be_run_is_named_and_leaves_no_view_over_the_tables(
    faulty: duckdb.DuckDBPyConnection,
) -> None:
    apply_all_before(faulty)
    with pytest.raises(UsageError, match="text_present cannot be run"):
        quarantine(faulty, [replace(TEXT_PRESENT, sql="select nothing from documents")])
    assert faulty.execute("select count(*) from documents").fetchall() == [(36,)]


def test_every_local_check_finds_the_same_in_the_run_alone_as_among_all_documents(tmp_path: Path) -> None:
    found = []
    for name in ("all", "run"):
        with open_faulty(tmp_path / f"{name}.duckdb") as connection:
            connection.execute(
                f"update lines set line_no = line_no + 1 where doc_id = '{name_document(1, 6)}' and line_no = 7"
            )
            connection.execute(
                "update mentions set raw_start = raw_start + 1, raw_end = raw_end + 1 "
                f"where doc_id = '{name_document(2, 6)}'"
            )
            if name == "run":
                apply_all_before(connection)
            found.append(quarantine(connection))
    among_all, in_run = found
    assert in_run == [doc_id for doc_id in among_all if doc_id != OLD] and len(in_run) == 3


def test_tables_between_queries_are_not_left_in_the_warehouse(faulty: duckdb.DuckDBPyConnection) -> None:
    quarantine(faulty)
    tables = {
        name
        for (name,) in faulty.execute(
            "select table_name from duckdb_tables() where database_name = 'faulty'"
        ).fetchall()
    }
    assert tables == set(TABLES)
    assert faulty.execute("select count(*) from scratch.failing_documents").fetchall() == [(2,)]
