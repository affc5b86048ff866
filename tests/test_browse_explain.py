"""`revue explain` of what was rejected: records, and inputs that were rejected as a whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from planted import build_warehouse

from tasks.runtime.history import open_rejections, record_history
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.run_plan import RunPlan
from warehouse.browse.explain import UnknownDocumentError, explain_document, explain_rejection
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.store import connect, insert_rows

NOW = datetime(2026, 1, 2, tzinfo=UTC)
RUN_ID = "20260102T030405-00ff"


def rejection(uri, record_no=0, reason="broken_archive", doc_id=""):
    return {
        "uri": uri, "record_no": record_no, "doc_id": doc_id, "source_id": None, "outcome": "rejected", "stage": "read",
        "reason": reason, "detail": f"The reason of {uri}.", "attempts": 1, "recipe": "r", "run_id": RUN_ID,
        "first_rejected_at": NOW, "rejected_at": NOW,
    }  # fmt: skip


@pytest.fixture
def warehouse(tmp_path):
    path = build_warehouse(tmp_path / "revue.duckdb")
    with connect(path) as connection:
        uris = ("broken.zip", "a/twice.zip", "b/twice.zip", "caf\\xe9.zip")
        insert_rows(connection, "rejections", [rejection(uri) for uri in uris])
    return path


@pytest.mark.parametrize("name", ["broken.zip", "in/broken.zip", "broken.zip#0"])
def test_an_input_rejected_as_a_whole_is_explained(warehouse, name):
    found = explain_document(warehouse, name)
    assert (found.uri, found.is_published, found.doc_id) == ("broken.zip", False, "")
    assert found.outcome == "rejected by read: broken_archive. The reason of broken.zip."


@pytest.mark.parametrize("name", ["caf\\xe9.zip", "caf\udce9.zip"])
def test_an_escaped_name_is_found_as_it_is_and_as_it_is_shown(warehouse, name):
    assert explain_document(warehouse, name).uri == "caf\\xe9.zip"


def test_rejected_inputs_of_one_name_are_told_apart_by_their_uri(warehouse):
    with pytest.raises(UsageError, match=r"2 documents.*a/twice\.zip#0.*b/twice\.zip#0"):
        explain_document(warehouse, "twice.zip")
    assert explain_document(warehouse, "b/twice.zip").uri == "b/twice.zip"


def test_an_unknown_name_says_where_the_names_are_listed(warehouse):
    with pytest.raises(UnknownDocumentError, match="revue rejected"):
        explain_document(warehouse, "nobody.zip")


def test_what_a_run_that_published_nothing_rejected_is_explained(tmp_path):
    companions = Companions(tmp_path / "revue.duckdb")
    folder = RunFolder.create(companions.runs, RUN_ID)
    plan = RunPlan(RUN_ID, NOW, ("a.txt",))
    folder.write_plan(plan)
    rows = [rejection("a.txt", 1, "too_short", "0" * 32), rejection("b.zip")]
    record_history(folder, plan.make_run("failed", flow_run_id=None), rejections=rows)
    with open_rejections(companions.path, companions.runs) as connection:
        assert explain_rejection(connection, "0000").outcome.startswith("rejected by read: too_short. ")
        assert explain_rejection(connection, "b.zip").outcome.startswith("rejected by read: broken_archive. ")
