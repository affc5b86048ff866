"""What `revue rejected` lists: every record that is not published, by reason, stage and source."""

from __future__ import annotations

import pytest
from pages import write_page

from tasks.runtime.history import open_rejections
from warehouse.browse import rejected
from warehouse.browse.explain import explain_document
from warehouse.companions import Companions
from warehouse.errors import RevueError, UsageError


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


def test_an_input_rejected_as_a_whole_is_explained(rejected_folder, revue):
    done = revue("explain", "broken.zip", cwd=rejected_folder)
    assert done.returncode == 0
    assert "rejected by read: broken_archive. The zip archive cannot be opened" in done.stdout.decode()
    for name in ("nobody", "other.zip"):
        done = revue("explain", name, cwd=rejected_folder)
        assert done.returncode == 2 and "revue rejected" in done.stderr.decode()


def test_inputs_of_one_name_are_told_apart_by_their_place(ingest, page_copy):
    for name in ("a/broken.zip", "b/broken.zip"):
        (page_copy / "in" / name).parent.mkdir(parents=True)
        (page_copy / "in" / name).write_text("no zip")
    write_page(page_copy / "in" / "c.txt", title="Un autre titre pour la digue")
    ingest([page_copy / "in"], page_copy / "revue.duckdb")
    with pytest.raises(UsageError, match=r"a/broken\.zip#0"):
        explain_document(page_copy / "revue.duckdb", "broken.zip")
    for name in ("a/broken.zip", "a/broken.zip#0"):
        assert explain_document(page_copy / "revue.duckdb", name).outcome.startswith("rejected by read: broken_archive")


@pytest.fixture(scope="module")
def rejected_folder(ingest, tmp_path_factory):
    """The folder of a run that rejected everything, so that nothing was published."""
    folder = tmp_path_factory.mktemp("rejected")
    (folder / "broken.zip").write_text("no zip")
    with pytest.raises(RevueError):
        ingest([folder / "broken.zip"], folder / "revue.duckdb")
    return folder
