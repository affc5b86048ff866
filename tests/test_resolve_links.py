"""Figures, quotes and roles are linked to the entity of the mention they refer to, else to that of the name as printed."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from planted import build_warehouse

from warehouse.store import connect, run_sql


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in which every document also mentions an organisation and a place called like its person, kept apart."""
    with connect(
        build_warehouse(tmp_path_factory.mktemp("links") / "revue.duckdb", documents_per_source=2)
    ) as connection:
        for number, label, is_demonym in ((4, "ORG", False), (5, "LOC", True)):
            connection.execute(
                "insert into mentions by name select * replace (? as mention_no, ? as label, ? as label_extracted, ? as is_demonym) "
                "from mentions where mention_no = 2",
                [number, label, label, is_demonym],
            )
        connection.execute(
            "create temp table resolved_names as select distinct doc_id, label_extracted, surface, surface as spelling, is_demonym, "
            "label_extracted as label, label_extracted || ' ' || surface as entity_id, surface as name from mentions"
        )
        yield connection


@pytest.fixture
def connection(names: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of `names`, as it was again after the test."""
    names.execute("begin transaction")
    yield names
    names.execute("rollback")


# Each link: the name as printed, the number of the mention, the entity, and the label preferred for a name as printed.
LINKS = [
    ("figures", "subject", "subject_mention_no", "subject_entity_id", "ORG"),
    ("quotes", "speaker", "speaker_mention_no", "speaker_entity_id", "PER"),
    ("roles", "name", "mention_no", "entity_id", "PER"),
    ("roles", "organisation", "organisation_mention_no", "organisation_entity_id", "ORG"),
]


@pytest.mark.parametrize(("table", "name", "number", "entity", "preferred"), LINKS)
def test_a_link_follows_the_number_of_the_mention_and_without_one_the_name(
    connection, table, name, number, entity, preferred
):
    for mention_no, label in ((2, "PER"), (4, "ORG"), (5, None), (99, None), (None, preferred)):
        connection.execute(f"update {table} set {name} = 'Odile Kervadec', {number} = ?", [mention_no])
        run_sql(connection, "tasks.resolve", "entities")
        linked = connection.execute(f"select distinct {entity} from {table}").fetchall()
        assert linked == [(label and f"{label} Odile Kervadec",)]


@pytest.mark.parametrize(("table", "name", "number", "entity", "preferred"), LINKS)
def test_a_name_that_no_mention_has_is_linked_to_nothing(connection, table, name, number, entity, preferred):
    connection.execute(f"update {table} set {name} = 'Anne Loisel', {number} = null")
    run_sql(connection, "tasks.resolve", "entities")
    assert connection.execute(f"select count({entity}), count(*) > 0 from {table}").fetchall() == [(0, True)]
