"""Publishing a candidate: one file replaces another, and only the one it was made from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tasks.load.candidate import make_candidate
from tasks.publish import BaseChanged, prune_previous, publish_candidate
from tasks.runtime.published_file import fingerprint


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
