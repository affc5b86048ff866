"""`revue publish`: a refused run is audited again and published when somebody accepts what failed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pages import BODY, write_page

from tasks.runtime.manifest import find_complete_run
from tasks.runtime.run_folder import RunFolder, find_run
from tasks.runtime.run_plan import RunPlan
from warehouse.errors import GateRefused, UsageError

ACCEPTED = """
    select accepted_by, accepted_because, accepted_until - accepted_at::date from checks
    where check_name = 'no_second' and not success and run_id = ?
"""


def test_a_refused_run_is_published_when_its_failing_check_is_accepted(refused_copy, ingest, rows):
    from flows.publish import publish

    folder, run_id = refused_copy
    warehouse = folder / "revue.duckdb"
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
    assert "odile: agreed with the desk" in (folder / "revue.report.html").read_text(encoding="utf-8")
    assert rows(warehouse, "select attempts from rejections") == [(1,)]
    assert rows(warehouse, "select state from runs order by run_id") == [("published",), ("published",)]
    with pytest.raises(UsageError, match="has been published"):
        publish(run_id, warehouse=str(warehouse))
    # b.txt fails in the next run too, and is accepted; another page that fails is not
    run = ingest([write_page(folder / "c.txt", "Une page de plus", BODY[1:])], warehouse)
    assert rows(warehouse, ACCEPTED, [run.run_id]) == [("odile", "agreed with the desk", 90)]
    check = (folder / "revue.checks" / "no_second.sql").read_text()
    (folder / "revue.checks" / "no_second.sql").write_text(check.replace("uri = 'b.txt'", "uri in ('b.txt', 'd.txt')"))
    with pytest.raises(GateRefused, match="no_second"):
        ingest([write_page(folder / "d.txt", "La page qui manquait", BODY[2:])], warehouse)


@pytest.mark.slow
def test_a_run_published_late_replaces_nothing_a_later_run_published(refused_copy, ingest, rows):
    from flows.publish import publish

    folder, run_id = refused_copy
    warehouse = folder / "revue.duckdb"
    (folder / "revue.checks" / "no_second.sql").unlink()
    later = ingest([folder / "in"], warehouse, source_min_documents=7)  # other rules, and a later run
    assert rows(warehouse, "select state from runs where run_id = ?", [run_id]) == [("refused",)]
    run = publish(run_id[:-2], warehouse=str(warehouse))
    assert (run.count_read, run.count_published, run.count_unchanged) == (2, 0, 2)
    assert rows(warehouse, "select run_id from documents where uri = 'b.txt'") == [(later.run_id,)]
    assert rows(warehouse, "select state from runs where run_id = ?", [run_id]) == [("unchanged",)]


def test_a_run_is_found_by_the_beginning_of_its_id(tmp_path):
    for name in ("20260101T080000-aaaa", "20260101T090000-bbbb"):
        RunFolder.create(tmp_path, name).write_plan(RunPlan(name, datetime(2026, 1, 1, 8, tzinfo=UTC), ("in",)))
    assert find_run(tmp_path, "20260101T09").run_id == "20260101T090000-bbbb"
    for name, said in (("20260101", "2 runs begin with"), ("2027", "20260101T080000-aaaa"), ("", "no run")):
        with pytest.raises(UsageError, match=said):
            find_run(tmp_path, name)
    with find_run(tmp_path, "20260101T08").hold(), pytest.raises(UsageError, match="still running"):
        find_run(tmp_path, "20260101T08")


def test_an_unfinished_run_is_not_published_and_its_command_is_named(tmp_path):
    plan = RunPlan("20260101T080000-aaaa", datetime(2026, 1, 1, 8, tzinfo=UTC), ("in",))
    RunFolder.create(tmp_path, plan.run_id).write_plan(plan)
    with pytest.raises(UsageError, match="revue run in"):
        find_complete_run(tmp_path, "2026")
