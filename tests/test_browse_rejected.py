"""What `revue rejected` lists: every record that is not published, by reason, stage and source."""

from __future__ import annotations

from tasks.runtime.history import open_rejections
from warehouse.browse import rejected
from warehouse.companions import Companions


def list_rejected(warehouse, **options):
    """What `revue rejected` lists."""
    with open_rejections(warehouse, Companions(warehouse).runs) as connection:
        return rejected.list_rejected(connection, **options)


def test_rejected_records_are_listed_by_reason_stage_and_source(quarantined):
    warehouse = quarantined / "revue.duckdb"
    columns, rows = list_rejected(warehouse)
    assert [(row[columns.index("reason")], row[columns.index("stage")]) for row in rows] == [
        ("empty", "read"),
        ("no_bees", "screen"),
    ]
    assert [row[0] for row in list_rejected(warehouse, stage="screen")[1]] == ["sub/bees.txt"]
    assert [row[0] for row in list_rejected(warehouse, source="unknown", reason="empty")[1]] == ["empty.txt"]
    assert list_rejected(warehouse, source="nobody")[1] == []
    columns, rows = list_rejected(warehouse, by="stage")
    assert columns[:3] == ["stage", "records", "quarantined"]
    assert [row[:3] for row in rows] == [("read", 1, 0), ("screen", 1, 1)]
    assert [row[0] for row in list_rejected(warehouse, by="reason")[1]] == ["empty", "no_bees"]


def test_rejected_samples_are_counted_by_source(published):
    assert sum(row[1] for row in list_rejected(published, by="source")[1]) == 4
