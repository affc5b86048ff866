"""Measures with usual bounds: a source is compared with its values in earlier runs."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from planted import EARLIER_RUN_ID, RULED_LANGUAGES, RUN_ID, SOURCES, add_history, build_warehouse
from planted_checks import failing_checks, find_check
from planted_faults import ALSO, SHIFTS

from expectations.bounds import THRESHOLDS, read_bounds
from expectations.measures import list_measured
from expectations.prepared import prepare_checks
from warehouse.store import connect


@pytest.fixture(scope="module")
def past_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = build_warehouse(tmp_path_factory.mktemp("with_past") / "past.duckdb", documents_per_source=22, guarded=False)
    connection = connect(add_history(path), threads=1)
    connection.execute("set variable run_id = $run_id", {"run_id": RUN_ID})
    yield connection
    connection.close()


@pytest.fixture
def with_past(past_file: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A clean warehouse with twenty earlier runs; changes of a test are rolled back."""
    past_file.execute("begin")
    yield past_file
    past_file.execute("rollback")


@pytest.mark.parametrize("shift", SHIFTS)
def test_a_source_is_compared_with_its_own_past(with_past: duckdb.DuckDBPyConnection, shift: str) -> None:
    source_id, statements, name, said = SHIFTS[shift]
    assert failing_checks(with_past) == set()
    for statement in statements:
        with_past.execute(statement)
    assert failing_checks(with_past) == {name, *ALSO.get(shift, set())}
    check = find_check(name)
    outside = [one for one in list_measured(with_past, check) if not one.is_within]
    assert [one.source_id for one in outside] == [source_id]
    assert said in (outside[0].detail or check.sentence)


def test_four_earlier_runs_are_not_compared_with(with_past: duckdb.DuckDBPyConnection) -> None:
    with_past.execute(
        "delete from runs where run_id like '%-h' and run_id not in (select run_id from runs where run_id like '%-h' limit 4)"
    )
    for shift in ("no document", "articles of twice the length", "chrome left in"):
        for statement in SHIFTS[shift][1]:
            with_past.execute(statement)
    assert failing_checks(with_past) & {"source_silent", "length_jumped", "removed_jumped"} == set()


def test_a_source_with_fewer_than_twenty_earlier_runs_is_compared_with_the_thresholds(
    with_past: duckdb.DuckDBPyConnection,
) -> None:
    _, statements, name, _ = SHIFTS["a third more names"]
    check = find_check(name)
    with_past.execute("delete from runs where run_id = (select max(run_id) from runs where run_id like '%-h')")
    for statement in statements:
        with_past.execute(statement)
    assert failing_checks(with_past) == set()
    bounds = {(one.low, one.high) for one in list_measured(with_past, check)}
    assert bounds == {(15, 150)}


def test_small_refused_and_later_runs_are_not_part_of_the_past(with_past: duckdb.DuckDBPyConnection) -> None:
    def count_runs() -> int:
        prepare_checks(with_past, RUN_ID, read_bounds(THRESHOLDS), RULED_LANGUAGES)
        return with_past.execute("select max(count_runs) from usual where check_name = 'median_words'").fetchall()[0][0]

    first, second, third = [
        row[0] for row in with_past.execute("select run_id from runs where run_id like '%-h' limit 3").fetchall()
    ]
    assert count_runs() == 20
    with_past.execute(f"update runs set state = 'refused' where run_id = '{first}'")
    with_past.execute(f"update checks set value = 19 where check_name = 'documents_published' and run_id = '{second}'")
    with_past.execute(f"update runs set run_id = '2030' where run_id = '{third}'")
    with_past.execute(f"update checks set run_id = '2030' where run_id = '{third}'")
    assert count_runs() == 17


def test_a_run_with_few_of_the_regular_sources_reports_none_missing(with_past: duckdb.DuckDBPyConnection) -> None:
    with_past.execute(f"update documents set run_id = '{EARLIER_RUN_ID}' where source_id <> '{SOURCES[0]}'")
    assert "source_silent" not in failing_checks(with_past)
