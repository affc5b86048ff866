"""`revue retry`: rejected records are found, read again, and published when they pass."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from pages import BODY, write_page

from tasks.discover.replay import GONE, count_outcomes, describe_outcomes, describe_plan, plan_retry
from tasks.runtime.history import open_rejections
from warehouse.browse.rejected import list_rejected
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.rows import Place
from warehouse.uris import normalize_name


def retry(ingest, warehouse: Path, names: Sequence[str] = (), **filters: str):
    companions = Companions(warehouse)
    replay = plan_retry(companions, names, **filters)
    run = ingest(replay.inputs, warehouse, retried=[tuple(place) for place in replay.places])
    return run, describe_outcomes(*count_outcomes(companions, replay))


def test_a_retry_publishes_what_passes_now_and_keeps_the_rest_rejected(quarantined_copy, ingest, rows):
    warehouse = quarantined_copy / "revue.duckdb"
    replay = plan_retry(Companions(warehouse))
    assert describe_plan(replay) == "2 records would be read again, from 2 inputs."
    run, said = retry(ingest, warehouse)
    assert (run.count_read, run.count_published, run.count_rejected, run.count_quarantined) == (2, 0, 1, 1)
    assert said == "0 of 2 records published; 2 stay: 1 empty, 1 no_bees."
    assert rows(warehouse, "select uri, attempts from rejections order by uri") == [
        ("empty.txt", 2),
        ("sub/bees.txt", 2),
    ]
    (quarantined_copy / "revue.checks" / "no_bees.sql").unlink()
    run, said = retry(ingest, warehouse)
    assert said == "1 of 2 records published; 1 stay: 1 empty."
    assert rows(warehouse, "select uri from documents order by uri") == [("good.txt",), ("sub/bees.txt",)]
    assert rows(warehouse, "select uri, attempts from rejections") == [("empty.txt", 3)]
    assert rows(warehouse, "select count(*) from checks where severity = 'critical' and not success") == [(0,)]


def test_a_retry_takes_every_name_of_a_record_and_refuses_unknown_ones(quarantined, rows):
    companions = Companions(quarantined / "revue.duckdb")
    [(doc_id,)] = rows(companions.path, "select doc_id from rejections where reason = 'no_bees'")
    for name in (doc_id, doc_id[:8], "sub/bees.txt", "sub/bees.txt#1", "bees.txt"):
        assert plan_retry(companions, [name]).places == (Place("sub/bees.txt", 1),)
    assert plan_retry(companions, reason="empty").places == (Place("empty.txt", 1),)
    assert plan_retry(companions, reason="nothing_of_the_kind").rows == ()
    with pytest.raises(UsageError, match="revue rejected"):
        plan_retry(companions, ["nobody"])
    with pytest.raises(UsageError, match="revue rejected"):
        plan_retry(companions, ["good.txt"])


def test_inputs_are_found_from_the_folder_of_the_warehouse_and_reported_when_gone(ingest, tmp_path, monkeypatch):
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


def test_a_record_rejected_by_a_refused_run_is_listed_and_retried(refused_copy, ingest, rows):
    folder, _ = refused_copy
    warehouse = folder / "revue.duckdb"
    assert rows(warehouse, "select count(*) from rejections") == [(0,)]
    companions = Companions(warehouse)
    with open_rejections(warehouse, companions.runs) as connection:
        assert [row[0] for row in list_rejected(connection)[1]] == ["empty.txt"]
    write_page(folder / "in" / "empty.txt", "Une page écrite après coup", tuple(reversed(BODY[:3])))
    _, said = retry(ingest, warehouse)
    assert said == "1 of 1 record published."
    assert rows(warehouse, "select uri from documents order by uri") == [("a.txt",), ("empty.txt",)]


def test_an_input_that_could_not_be_opened_is_named_escaped_and_found_again(ingest, tmp_path, rows, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_page(tmp_path / "in" / "good.txt")
    raw = os.fsdecode(b"in/caf\xe9\n.txt")
    os.mkfifo(raw)
    given = [normalize_name(raw), "in/good.txt"]
    run = ingest(given, tmp_path / "revue.duckdb")
    assert (run.count_published, run.count_rejected, list(run.inputs)) == (1, 1, given)
    assert rows(tmp_path / "revue.duckdb", "select uri, reason from rejections") == [("caf\\xe9\\n.txt", "not_a_file")]
    os.remove(raw)
    write_page(Path(raw), title="Le café de la gare rouvre")
    for name in (raw[3:], "caf\\xe9\\n.txt"):
        assert plan_retry(Companions(tmp_path / "revue.duckdb"), [name]).places == (Place("caf\\xe9\\n.txt", 0),)
    _, said = retry(ingest, tmp_path / "revue.duckdb")
    assert said == "1 of 1 record published."
    assert rows(tmp_path / "revue.duckdb", "select uri from documents order by uri") == [
        ("caf\\xe9\\n.txt",),
        ("good.txt",),
    ]
    assert rows(tmp_path / "revue.duckdb", "select count(*) from rejections") == [(0,)]
