"""An acceptance holds for its run, and for the rows that failed then until its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from expectations.acceptance import Acceptance, Acceptances, check_rows, last_day, list_blocking, read_acceptances
from expectations.results import CheckResult
from warehouse.store import connect, create_tables, insert_rows

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
FAILED = CheckResult(
    "run", "users", "no_second", "", "critical", "run", False, None, None, None, 2, ["a", "b"], "No second page.", AT
)
GIVEN = Acceptance(("no_second",), "odile", AT, "agreed", last_day(AT.date()))


def accept_before(tmp_path, *rows, on=date(2026, 4, 1)):
    """What an acceptance of these failures, in a warehouse, means on a day."""
    warehouse = tmp_path / "revue.duckdb"
    with connect(warehouse) as connection:
        create_tables(connection)
        insert_rows(connection, "checks", check_rows(rows, Acceptances(GIVEN)))
    return read_acceptances(warehouse, None, on=on)


@pytest.mark.parametrize(
    ("change", "is_accepted"),
    [
        ({}, True),
        ({"failing_ids": ["b"], "count_unexpected": 1}, True),
        ({"failing_ids": ["a", "b", "c"], "count_unexpected": 3}, False),
        ({"failing_ids": ["c", "d"]}, False),
        ({"count_unexpected": 3}, False),  # more rows fail than are named
        ({"failing_ids": [], "count_unexpected": 1}, False),
        ({"check_name": "no_third"}, False),
        ({"source_id": "gazette"}, False),
        ({"suite": "counts"}, False),
    ],
)
def test_the_same_rows_may_fail_again_and_no_others(tmp_path, change, is_accepted):
    later = replace(FAILED, run_id="later", **change)
    assert (list_blocking([later], accept_before(tmp_path, FAILED)) == []) is is_accepted


def test_several_acceptances_hold_together_until_the_first_of_them_ends(tmp_path):
    other = replace(FAILED, failing_ids=["c"], count_unexpected=1)
    three = replace(FAILED, failing_ids=["a", "b", "c"], count_unexpected=3)
    accepted = accept_before(tmp_path, FAILED, replace(other, checked_at=AT.replace(hour=13)))
    [row] = check_rows([three], accepted)
    assert (row["accepted_by"], row["accepted_because"]) == ("odile", "agreed")
    assert row["accepted_until"] == date(2026, 5, 30)


def test_an_acceptance_ends_after_its_last_day_and_is_not_prolonged_by_the_runs_it_covers(tmp_path):
    def find(on):
        return accept_before(tmp_path / str(on), FAILED, on=on).find(replace(FAILED, run_id="later"))

    for on in (date(2026, 5, 30), date(2026, 5, 31)):
        (tmp_path / str(on)).mkdir()
    covered = find(date(2026, 5, 30))
    assert covered is not None and covered["accepted_until"] == date(2026, 5, 30)
    assert find(date(2026, 5, 31)) is None


def test_a_measure_is_accepted_in_its_run_alone(tmp_path):
    measured = replace(FAILED, value=0.3, high=0.1, count_unexpected=1, failing_ids=[])
    assert list_blocking([measured], Acceptances(GIVEN)) == []
    assert list_blocking([measured], accept_before(tmp_path, measured)) == [measured]


def test_a_check_that_passes_is_not_marked_as_accepted():
    passed = replace(FAILED, success=True, count_unexpected=0, failing_ids=[])
    assert "accepted_by" not in check_rows([passed], Acceptances(GIVEN))[0]
