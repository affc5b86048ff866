"""Publishing a candidate: one file replaces another, and only the one it was made from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tasks.load.candidate import make_candidate
from tasks.publish import BaseChanged, finish_published, prune_previous, publish_candidate
from tasks.runtime.published_file import fingerprint
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.run_plan import RunPlan


def test_the_last_two_published_files_are_kept(tmp_path):
    warehouse = tmp_path / "revue.duckdb"
    for number in range(5):
        candidate = tmp_path / "candidate.duckdb"
        make_candidate(warehouse, candidate, created_at=datetime(2025, 1, 1, tzinfo=UTC))
        publish_candidate(candidate, warehouse, tmp_path / "runs" / str(number), fingerprint(warehouse))
        prune_previous(tmp_path / "runs")
    assert [path.parent.name for path in sorted(tmp_path.glob("runs/*/previous.duckdb"))] == ["3", "4"]
    assert not candidate.exists()


def test_a_candidate_made_from_another_base_is_not_published(tmp_path):
    warehouse, candidate = tmp_path / "revue.duckdb", tmp_path / "candidate.duckdb"
    make_candidate(warehouse, candidate, created_at=datetime(2025, 1, 1, tzinfo=UTC))
    base = fingerprint(warehouse)
    warehouse.write_bytes(b"somebody else's")
    with pytest.raises(BaseChanged):
        publish_candidate(candidate, warehouse, tmp_path / "runs", base)
    assert warehouse.read_bytes() == b"somebody else's"


def test_what_a_run_left_that_was_killed_right_after_it_had_published_is_removed(tmp_path):
    folders = {}
    for name in ("published", "marked", "unpublished", "at work"):
        folder = folders[name] = RunFolder.create(tmp_path, name)
        folder.write_plan(RunPlan(name, datetime(2026, 1, 1, tzinfo=UTC), ("in",)))
        (folder.path / "strip").mkdir()
    (folders["marked"].path / "published").touch()
    with folders["at work"].hold():
        finish_published(tmp_path, {"published", "marked", "at work"})
    assert [name for name, folder in folders.items() if (folder.path / "strip").exists()] == ["unpublished", "at work"]
    assert folders["published"].is_published
