"""Warehouses of every earlier schema version are upgraded to the present one, and later runs publish into them."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from pages import write_page

from tasks.load.candidate import make_candidate
from warehouse.errors import UsageError
from warehouse.store import SCHEMA_VERSION, connect, create_tables
from warehouse.upgrades import upgrade_tables

FROZEN = Path(__file__).parent / "schemas"
VERSIONS = range(1, SCHEMA_VERSION + 1)
COLUMNS = (
    "select table_name, column_name, data_type, is_nullable from duckdb_columns() where not internal "
    "and table_name in (select table_name from duckdb_tables()) order by all"
)
CONSTRAINTS = "select table_name, constraint_type, constraint_text from duckdb_constraints() order by all"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def thaw(version: int, target: Path) -> Path:
    """The frozen warehouse of a version."""
    target.write_bytes(gzip.decompress((FROZEN / f"{version}.gz").read_bytes()))
    return target


def describe(path: Path) -> tuple[list, list]:
    with connect(path, read_only=True) as connection:
        return connection.execute(COLUMNS).fetchall(), connection.execute(CONSTRAINTS).fetchall()


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> tuple[list, list]:
    """The tables as this version makes them."""
    path = tmp_path_factory.mktemp("present") / "new.duckdb"
    with connect(path) as connection:
        create_tables(connection)
    return describe(path)


def test_every_version_has_its_step_and_its_frozen_file():
    steps = [path.name for path in files("warehouse").joinpath("sql/upgrades").iterdir()]
    assert sorted(steps) == [f"{version}.sql" for version in VERSIONS[1:]]
    assert sorted(path.name for path in FROZEN.iterdir()) == [f"{version}.gz" for version in VERSIONS]


def test_the_frozen_file_of_the_present_version_has_the_present_tables(present, tmp_path):
    assert describe(thaw(SCHEMA_VERSION, tmp_path / "frozen.duckdb")) == present, (
        "A table has changed: write the next step in warehouse/sql/upgrades/, then run `python -m tools.freeze.schema`."
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_a_candidate_of_an_older_warehouse_has_the_present_tables_and_all_rows(version, present, tmp_path):
    old = thaw(version, tmp_path / "old.duckdb")
    before = old.read_bytes()
    candidate = tmp_path / "candidate.duckdb"
    make_candidate(old, candidate, created_at=NOW)
    assert describe(candidate) == present
    assert old.read_bytes() == before
    with connect(candidate) as connection:
        assert connection.execute("select schema_version from meta").fetchall() == [(SCHEMA_VERSION,)]
        assert connection.execute("select count(*) from documents").fetchall() == [(4,)]
        assert upgrade_tables(connection) == 0


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_a_run_publishes_into_an_older_warehouse(version, ingest, tmp_path, rows):
    warehouse = thaw(version, tmp_path / "revue.duckdb")
    ingest([write_page(tmp_path / "new.txt")], warehouse)
    assert rows(warehouse, "select schema_version from meta") == [(SCHEMA_VERSION,)]
    assert rows(warehouse, "select count(*) from documents") == [(5,)]
    assert rows(warehouse, "select state from runs order by run_id") == [("published",), ("published",)]


def test_a_newer_warehouse_is_refused_and_left_unchanged(ingest, tmp_path):
    warehouse = thaw(SCHEMA_VERSION, tmp_path / "revue.duckdb")
    with connect(warehouse) as connection:
        connection.execute("update meta set schema_version = 99")
    before = warehouse.read_bytes()
    page = write_page(tmp_path / "new.txt")
    with pytest.raises(UsageError, match="newer revue"):
        ingest([page], warehouse)
    with pytest.raises(UsageError, match="newer revue"):
        make_candidate(warehouse, tmp_path / "candidate.duckdb", created_at=NOW)
    assert warehouse.read_bytes() == before
