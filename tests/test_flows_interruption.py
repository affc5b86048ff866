"""Runs that were interrupted or met another run: nothing is lost, nothing is done twice."""

from __future__ import annotations

import pytest
from pages import BODY, write_page

from tasks.runtime.workers import Workers
from warehouse.errors import RevueError


def test_what_another_run_publishes_meanwhile_is_kept(ingest, tmp_path, rows, monkeypatch):
    import flows.ingest as flow

    warehouse, other = tmp_path / "revue.duckdb", tmp_path / "other" / "revue.duckdb"
    first, second = write_page(tmp_path / "a.txt"), write_page(tmp_path / "b.txt", "Une autre page", BODY[::-1])
    audit = flow.audit

    def publish_between(*arguments, **options):
        monkeypatch.setattr(flow, "audit", audit)
        ingest([second], other)  # what another program does, while this run is at its audit
        other.rename(warehouse)
        return audit(*arguments, **options)

    monkeypatch.setattr(flow, "audit", publish_between)
    ingest([first], warehouse)
    assert rows(warehouse, "select uri from documents order by uri") == [("a.txt",), ("b.txt",)]
    assert rows(warehouse, "select count_read, count_published from runs") == [(1, 1), (1, 1)]


def test_a_killed_run_is_continued_without_reading_its_shards_again(ingest, tmp_path, rows, monkeypatch):
    import flows.ingest as flow

    warehouse = tmp_path / "revue.duckdb"
    page = write_page(tmp_path / "a.txt")

    def stop(*arguments, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(flow, "audit", stop)
        with pytest.raises(BaseException):  # noqa: B017 (Prefect has its own name for an interrupt)
            ingest([page], warehouse)
    assert not warehouse.exists()
    calls = []
    guarded = Workers.run_guarded
    monkeypatch.setattr(
        Workers, "run_guarded", lambda self, function, *rest: calls.append(function) or guarded(self, function, *rest)
    )
    ingest([page], warehouse)
    assert calls == []
    assert rows(warehouse, "select state from runs order by run_id") == [("failed",), ("published",)]


def test_a_left_over_wal_stops_the_run_with_one_sentence(ingest, page_copy, monkeypatch):
    warehouse = page_copy / "revue.duckdb"
    before = warehouse.read_bytes()
    (page_copy / "revue.duckdb.wal").write_bytes(b"left over")
    monkeypatch.setattr("tasks.runtime.published_file._WAITS_SECONDS", (0.01,))
    with pytest.raises(RevueError, match=r"revue\.duckdb\.wal lies beside it"):
        ingest([write_page(page_copy / "b.txt", "Autre")], warehouse)
    assert warehouse.read_bytes() == before
