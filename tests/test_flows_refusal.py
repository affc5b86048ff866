"""Runs that do not publish: every record rejected, a failing check, a check that cannot be read; and quarantine."""

from __future__ import annotations

import pytest
from pages import BODY, clean, write_check, write_page, write_records

from warehouse.errors import GateRefused, RevueError, UsageError


def test_a_run_of_rejections_only_publishes_nothing_and_is_recorded_by_the_next_run(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    (tmp_path / "empty.txt").touch()
    with pytest.raises(RevueError, match="Every record was rejected"):
        ingest([tmp_path / "empty.txt"], warehouse)
    assert not warehouse.exists()
    ingest([write_page(tmp_path / "a.txt")], warehouse)
    assert rows(warehouse, "select state from runs order by run_id") == [("failed",), ("published",)]
    assert rows(warehouse, "select uri, reason from rejections") == [("empty.txt", "empty")]


def test_a_refused_run_changes_nothing_and_is_recorded_by_the_next_run(ingest, page_copy, rows):
    warehouse = page_copy / "revue.duckdb"
    before = warehouse.read_bytes()
    check = write_check(
        page_copy / "revue.checks",
        "no_second",
        "select doc_id, title as detail from documents where uri = 'b.txt'",
        scope="run",
    )
    second = write_page(page_copy / "b.txt", "Une autre page", BODY[::-1])
    with pytest.raises(GateRefused, match="no_second") as refusal:
        ingest([second], warehouse)
    assert refusal.value.checks == ("no_second",)
    assert warehouse.read_bytes() == before
    check.unlink()
    ingest([second], warehouse)
    assert rows(warehouse, "select state, count_published from runs order by run_id") == [
        ("published", 1),
        ("refused", 1),
        ("published", 1),
    ]
    assert rows(warehouse, "select success from checks where check_name = 'no_second'") == [(False,)]


def test_a_check_that_cannot_be_read_stops_the_run_before_any_work(ingest, tmp_path):
    page = write_page(tmp_path / "a.txt")
    checks = tmp_path / "revue.checks"
    checks.mkdir()
    for name, text in (
        ("mine.sql", "select 1"),
        ("thresholds.toml", "[counts.words_plausible"),
        ("thresholds.toml", "[counts.words]\nlow = 1"),
    ):
        (checks / name).write_text(text)
        with pytest.raises(UsageError, match=name):
            ingest([page], tmp_path / "revue.duckdb")
        (checks / name).unlink()
    assert list((tmp_path / "revue.duckdb.runs").rglob("plan.json")) == []


def test_a_refused_run_is_refused_again_each_time_it_is_repeated(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    early = [clean(f"{' '.join(BODY)} Page {number}.", date="2031-01-01") for number in range(5)]
    file = write_records(tmp_path / "future.jsonl", [*early, clean(" ".join(BODY))])

    def is_refused() -> None:
        with pytest.raises(GateRefused, match="quarantined_share"):
            ingest([file], warehouse)

    is_refused()
    is_refused()
    ingest([write_page(tmp_path / "a.txt")], warehouse)
    is_refused()
    assert rows(warehouse, "select uri from documents") == [("a.txt",)]
    assert rows(warehouse, "select distinct attempts from rejections where reason = 'not_in_future'") == [(2,)]


def test_a_document_that_fails_a_check_is_quarantined_and_the_rest_published(quarantined, rows):
    warehouse = quarantined / "revue.duckdb"
    assert rows(
        warehouse, "select state, count_read, count_published, count_quarantined, count_rejected from runs"
    ) == [("published", 3, 1, 1, 1)]
    assert rows(warehouse, "select uri, outcome, stage, reason from rejections order by uri") == [
        ("empty.txt", "rejected", "read", "empty"),
        ("sub/bees.txt", "quarantined", "screen", "no_bees"),
    ]
    assert rows(warehouse, "select uri from documents") == [("good.txt",)]
    assert rows(warehouse, "select count(*) from mentions anti join documents using (doc_id)") == [(0,)]
