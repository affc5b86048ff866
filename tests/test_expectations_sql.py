"""Every check in SQL: it passes on a clean warehouse and fails when its fault is planted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from planted import EARLIER_RUN_ID, RULED_LANGUAGES, RUN_ID, SOURCES, build_warehouse
from planted_checks import CHECKS, failing_after, failing_checks, find_check
from planted_faults import DOC, FAULTS, HARMLESS, SHIFTS, on_doc

from expectations.bounds import THRESHOLDS, read_all_bounds, read_bounds
from expectations.checks import document_checks, suite_folder
from expectations.prepared import prepare_checks
from expectations.table_checks import read_table_checks
from warehouse.store import connect


@pytest.fixture(scope="module")
def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = build_warehouse(tmp_path_factory.mktemp("planted") / "clean.duckdb", guarded=False)
    connection = connect(path, threads=1)  # many small queries: more threads make them slower
    connection.execute("set variable run_id = $run_id", {"run_id": RUN_ID})
    assert failing_checks(connection) == set()
    yield connection
    connection.close()


@pytest.fixture
def planted(unguarded: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A clean warehouse without constraints; changes of a test are rolled back."""
    unguarded.execute("set variable run_id = $run_id", {"run_id": RUN_ID})
    unguarded.execute("begin")
    yield unguarded
    unguarded.execute("rollback")


def test_a_clean_warehouse_passes_every_check(tmp_path: Path) -> None:
    connection = connect(build_warehouse(tmp_path / "clean.duckdb"))
    connection.execute("set variable run_id = $run_id", {"run_id": RUN_ID})
    assert failing_checks(connection) == set()
    connection.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_fails_its_check_and_no_other(planted: duckdb.DuckDBPyConnection, fault: str) -> None:
    statements, expected = FAULTS[fault]
    assert failing_after(planted, statements) == expected


@pytest.mark.parametrize("change", HARMLESS)
def test_a_harmless_change_fails_no_check(planted: duckdb.DuckDBPyConnection, change: str) -> None:
    assert failing_after(planted, HARMLESS[change]) == set()


def test_every_check_has_a_planted_fault() -> None:
    planted = [*FAULTS.values(), *((statements, {name}) for _, statements, name, _ in SHIFTS.values())]
    assert {check.name for check in CHECKS} == set().union(*(expected for _, expected in planted))


def test_measures_without_a_run_are_taken_over_all_documents(planted: duckdb.DuckDBPyConnection) -> None:
    median = find_check("median_words")
    planted.execute(f"update documents set count_words = 4 where run_id = '{EARLIER_RUN_ID}'")
    prepare_checks(planted, "none", read_bounds(THRESHOLDS), RULED_LANGUAGES)
    assert len(planted.execute(median.sql).fetchall()) == len(SOURCES)
    planted.execute(f"update documents set count_words = 4 where source_id = '{SOURCES[0]}'")
    prepare_checks(planted, "none", read_bounds(THRESHOLDS), RULED_LANGUAGES)
    assert dict(planted.execute(median.sql).fetchall())[SOURCES[0]] == 4


def test_dates_and_figures_are_measured_in_the_languages_with_rules_alone(planted: duckdb.DuckDBPyConnection) -> None:
    planted.execute(f"update documents set language = 'de' where source_id = '{SOURCES[0]}'")
    for language, sources in (("de", SOURCES[:1]), ("fr", SOURCES[1:])):
        prepare_checks(planted, RUN_ID, read_bounds(THRESHOLDS), [language])
        for table in ("dates", "figures"):
            check = find_check(f"{table}_per_document")
            assert sorted(planted.execute(check.sql).fetchall()) == [(source, 1.0) for source in sorted(sources)]


def test_document_checks_need_no_output_of_resolve(planted: duckdb.DuckDBPyConnection) -> None:
    planted.execute("update mentions set entity_id = null")
    planted.execute("delete from entities")
    planted.execute("delete from entity_names")
    planted.execute("reset variable run_id")
    checks = document_checks()
    assert {check.id_column for check in checks} == {"doc_id"}
    assert [check.name for check in checks if planted.execute(check.sql).fetchall()] == []
    planted.execute(on_doc("documents", "count_words = 0"))
    failing = {check.name: planted.execute(check.sql).fetchall() for check in checks}
    assert [row[0] for row in failing["text_present"]] == [DOC]


def test_every_check_file_follows_the_conventions() -> None:
    for check in CHECKS:
        stem = check.name.replace(check.table, "facts") if check.table else check.name
        path = suite_folder(check.suite).joinpath(f"{stem}.sql")
        assert path.is_file(), f"{check.name} is not in a file of its name"
        assert path.read_text(encoding="utf-8").splitlines()[-1].startswith("select * from ")
        assert check.sentence[0].isupper() and check.sentence.endswith(".")
        assert check.form == "rows" or check.value
        assert check.scope == "run" or "getvariable" not in check.sql


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"low": 20, "high": 30000}, "20 to 30,000 words"),
        ({"low": 20}, "at least 20 words"),
        ({"most": 30000}, "at most 30,000 words"),
        ({"low": 0.5, "high": 0.5}, "0.5 to 0.5 words"),
    ],
)
def test_a_sentence_with_bounds_reads_well_when_an_end_is_open(bounds, words, tmp_path):
    given = "\n".join(f"{name} = {value}" for name, value in bounds.items())
    (tmp_path / "thresholds.toml").write_text(f'[counts.words_plausible]\n{given}\nreason = "a feed"\n')
    [check] = [one for one in read_table_checks("counts") if one.name == "words_plausible"]
    allowed = read_all_bounds(tmp_path)["counts", "words_plausible"]
    assert check.write_sentence(allowed) == f"Every document has the length of an article, {words}."
