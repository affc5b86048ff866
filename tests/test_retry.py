"""Dead letters: what is turned away is listed, tried again, and a refused run is published when somebody answers for it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import SEEDS
from pages import BODY, write_page

from tasks.discover.replay import GONE, count_outcomes, describe_outcomes, describe_plan, plan_retry
from tasks.runtime.history import open_rejections
from tasks.runtime.run_folder import RunFolder, find_run
from tasks.runtime.run_plan import RunPlan
from warehouse.browse import rejected
from warehouse.companions import Companions
from warehouse.errors import GateRefused, UsageError
from warehouse.rows import Place

BEES = "Les abeilles, elles, ont été aperçues dès lundi sur les toits de la mairie de Port-Aubry."


def list_rejected(warehouse, **options):
    """What `revue rejected` lists."""
    with open_rejections(warehouse, Companions(warehouse).runs) as connection:
        return rejected.list_rejected(connection, **options)


def write_check(folder: Path, name: str, sql: str, *, scope: str = "document") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.sql"
    path.write_text(
        f"-- name: {name}\n-- severity: critical\n-- scope: {scope}\n-- sentence: All is well with {name}.\n"
        f"-- id: doc_id\n{sql}\n"
    )
    return path


def forbid_bees(folder: Path) -> Path:
    return write_check(folder, "no_bees", "select doc_id, title as detail from documents where text ilike '%abeilles%'")


def retry(ingest, warehouse: Path, names: Sequence[str] = (), **filters: str):
    companions = Companions(warehouse)
    replay = plan_retry(companions, names, **filters)
    run = ingest(replay.inputs, warehouse, retried=[tuple(place) for place in replay.places])
    return run, describe_outcomes(*count_outcomes(companions, replay))


@pytest.fixture(scope="module")
def quarantined(ingest, tmp_path_factory):
    """A folder with a published page, one in quarantine in a folder of its own, and one that is empty."""
    folder = tmp_path_factory.mktemp("quarantined")
    forbid_bees(folder / "revue.checks")
    write_page(folder / "in" / "good.txt")
    write_page(folder / "in" / "sub" / "bees.txt", "Les abeilles reviennent", (*BODY[:2], BEES, *BODY[2:]))
    (folder / "in" / "empty.txt").touch()
    ingest([folder / "in"], folder / "revue.duckdb")
    return folder


@pytest.fixture
def mended(quarantined, tmp_path):
    """A copy of it, to be changed."""
    shutil.copytree(quarantined, tmp_path / "copy")
    return tmp_path / "copy"


def test_the_rejected_are_listed_by_reason_stage_and_source(quarantined):
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


def test_a_retry_publishes_what_passes_now_and_leaves_the_rest(mended, ingest, rows):
    warehouse = mended / "revue.duckdb"
    replay = plan_retry(Companions(warehouse))
    assert describe_plan(replay) == "2 records would be read again, from 2 inputs."
    run, said = retry(ingest, warehouse)
    assert (run.count_read, run.count_published, run.count_rejected, run.count_quarantined) == (2, 0, 1, 1)
    assert said == "0 of 2 records published; 2 stay: 1 empty, 1 no_bees."
    assert rows(warehouse, "select uri, attempts from rejections order by uri") == [
        ("empty.txt", 2),
        ("sub/bees.txt", 2),
    ]
    (mended / "revue.checks" / "no_bees.sql").unlink()
    run, said = retry(ingest, warehouse)
    assert said == "1 of 2 records published; 1 stay: 1 empty."
    assert rows(warehouse, "select uri from documents order by uri") == [("good.txt",), ("sub/bees.txt",)]
    assert rows(warehouse, "select uri, attempts from rejections") == [("empty.txt", 3)]
    assert rows(warehouse, "select count(*) from checks where severity = 'critical' and not success") == [(0,)]


def test_a_retry_takes_names_and_says_what_is_gone(mended, ingest, rows):
    companions = Companions(mended / "revue.duckdb")
    [(doc_id,)] = rows(companions.path, "select doc_id from rejections where reason = 'no_bees'")
    for name in (doc_id, doc_id[:8], "sub/bees.txt", "sub/bees.txt#1", "bees.txt"):
        assert plan_retry(companions, [name]).places == (Place("sub/bees.txt", 1),)
    assert plan_retry(companions, reason="empty").places == (Place("empty.txt", 1),)
    assert plan_retry(companions, reason="nothing_of_the_kind").rows == ()
    with pytest.raises(UsageError, match="revue rejected"):
        plan_retry(companions, ["nobody"])
    with pytest.raises(UsageError, match="revue rejected"):
        plan_retry(companions, ["good.txt"])


def test_inputs_are_found_from_the_folder_of_the_warehouse_and_missed_when_gone(ingest, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_page(tmp_path / "in" / "good.txt")
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "void.txt").touch()
    ingest(["in"], Path("revue.duckdb"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    companions = Companions(Path("..") / "revue.duckdb")
    assert plan_retry(companions).inputs == ("../in",)
    (tmp_path / "in" / "void.txt").unlink()
    replay = plan_retry(companions)
    assert (replay.places, replay.gone) == ((Place("empty.txt", 1),), (Place("void.txt", 1),))
    assert describe_plan(replay) == f"1 record would be read again, from 1 input; 1 cannot be: {GONE}."
    assert describe_outcomes(*count_outcomes(companions, replay)).startswith(
        "0 of 2 records published; 2 stay: 1 empty"
    )


@pytest.fixture(scope="module")
def refused(ingest, tmp_path_factory):
    """A folder with a published page and a run of two more, refused by a check of the whole."""
    folder = tmp_path_factory.mktemp("refused")
    ingest([write_page(folder / "a.txt")], folder / "revue.duckdb")
    write_check(
        folder / "revue.checks",
        "no_second",
        "select doc_id, uri as detail from documents where uri = 'b.txt'",
        scope="run",
    )
    write_page(folder / "in" / "b.txt", "Une autre page", BODY[::-1])
    (folder / "in" / "empty.txt").touch()
    with pytest.raises(GateRefused, match="no_second") as refusal:
        ingest([folder / "in"], folder / "revue.duckdb")
    assert f"revue publish {refusal.value.run_id} --accept no_second" in str(refusal.value)
    return folder, refusal.value.run_id


def copy_refused(refused, target: Path) -> tuple[Path, str]:
    shutil.copytree(refused[0], target)
    return target / "revue.duckdb", refused[1]


def test_what_a_refused_run_turned_away_is_listed_and_tried_again(refused, ingest, tmp_path, rows):
    warehouse, _ = copy_refused(refused, tmp_path / "copy")
    assert rows(warehouse, "select count(*) from rejections") == [(0,)]
    assert [row[0] for row in list_rejected(warehouse)[1]] == ["empty.txt"]
    write_page(refused[0] / "in" / "empty.txt", "Une page écrite après coup", tuple(reversed(BODY[:3])))
    try:
        _, said = retry(ingest, warehouse)
    finally:
        (refused[0] / "in" / "empty.txt").write_text("")
    assert said == "1 of 1 record published."
    assert rows(warehouse, "select uri from documents order by uri") == [("a.txt",), ("empty.txt",)]


def test_a_refused_run_is_published_when_somebody_answers_for_it(refused, ingest, server_url, tmp_path, rows):
    from flows.publish import publish

    warehouse, run_id = copy_refused(refused, tmp_path / "copy")
    before = warehouse.read_bytes()
    with pytest.raises(GateRefused, match="no_second"):
        publish(run_id, warehouse=str(warehouse))
    assert warehouse.read_bytes() == before
    begun = datetime.now(UTC)
    run = publish(run_id, warehouse=str(warehouse), accept=["no_second"], because="agreed with the desk", by="odile")
    assert (run.run_id, run.state, run.count_read, run.count_published, run.count_rejected) == (
        run_id, "published", 2, 1, 1,
    )  # fmt: skip
    found = rows(
        warehouse,
        "select success, accepted_by, accepted_because, accepted_at >= $begun from checks "
        "where check_name = 'no_second' order by checked_at",
        {"begun": begun},
    )
    assert found == [(False, None, None, None)] * 2 + [(False, "odile", "agreed with the desk", True)]
    assert rows(warehouse, "select count(*) from checks where accepted_by is not null") == [(1,)]
    assert "odile: agreed with the desk" in (warehouse.parent / "revue.report.html").read_text(encoding="utf-8")
    assert rows(warehouse, "select attempts from rejections") == [(1,)]
    assert rows(warehouse, "select state from runs order by run_id") == [("published",), ("published",)]
    with pytest.raises(UsageError, match="has been published"):
        publish(run_id, warehouse=str(warehouse))


@pytest.mark.slow
def test_a_run_published_late_takes_nothing_back(refused, ingest, tmp_path, rows):
    from flows.publish import publish

    warehouse, run_id = copy_refused(refused, tmp_path / "copy")
    (warehouse.parent / "revue.checks" / "no_second.sql").unlink()
    later = ingest([refused[0] / "in"], warehouse, source_min_documents=7)  # other rules, and a later run
    assert rows(warehouse, "select state from runs where run_id = ?", [run_id]) == [("refused",)]
    run = publish(run_id[:-2], warehouse=str(warehouse))
    assert (run.count_read, run.count_published, run.count_unchanged) == (2, 0, 2)
    assert rows(warehouse, "select run_id from documents where uri = 'b.txt'") == [(later.run_id,)]
    assert rows(warehouse, "select state from runs where run_id = ?", [run_id]) == [("unchanged",)]


def test_a_run_is_named_by_the_beginning_of_its_id(tmp_path):
    for name in ("20260101T080000-aaaa", "20260101T090000-bbbb"):
        RunFolder.create(tmp_path, name).write_plan(RunPlan(name, datetime(2026, 1, 1, 8, tzinfo=UTC), ("in",)))
    assert find_run(tmp_path, "20260101T09").run_id == "20260101T090000-bbbb"
    for name, said in (("20260101", "2 runs begin with"), ("2027", "20260101T080000-aaaa"), ("", "no run")):
        with pytest.raises(UsageError, match=said):
            find_run(tmp_path, name)
    with find_run(tmp_path, "20260101T08").hold(), pytest.raises(UsageError, match="still running"):
        find_run(tmp_path, "20260101T08")


def test_an_unfinished_run_is_to_be_continued_not_published(tmp_path):
    from tasks.runtime.manifest import find_complete_run

    plan = RunPlan("20260101T080000-aaaa", datetime(2026, 1, 1, 8, tzinfo=UTC), ("in",))
    RunFolder.create(tmp_path, plan.run_id).write_plan(plan)
    with pytest.raises(UsageError, match="revue run in"):
        find_complete_run(tmp_path, "2026")


def test_the_samples_are_listed_by_source(published):
    assert SEEDS.is_dir()
    assert sum(row[1] for row in list_rejected(published, by="source")[1]) == 4
