"""`revue query`: errors that give the next step, and limits that hold on a warehouse of unknown origin."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from small_warehouse import write_warehouse

from warehouse.browse.query import run_query
from warehouse.errors import UsageError
from warehouse.store import connect


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    return write_warehouse(tmp_path_factory.mktemp("query") / "revue.duckdb", [{"text": "Le maire parle."}])


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("select text from sentences", "Did you mean sentences.surface?"),
        ("select s.text from sentences s", "Did you mean sentences.surface?"),
        ("select checks.name from checks", "Did you mean checks.check_name?"),
        ("select name from checks", "Did you mean checks.check_name?"),
        ("select date from documents", "Did you mean documents.published_on?"),
        ("select author from documents", "Did you mean documents.authors?"),
        ("select published_no from documents", "Did you mean documents.published_on?"),
        ("select body from documents", "Did you mean documents.text?"),
        ("select d.content, d.title from documents as d", "Did you mean documents.text?"),
        ("select kind from entities", "Did you mean entities.label?"),
        ("select subject from v_quotes", "Did you mean v_quotes.about?"),
        ("select speaker_name from quotes", "Did you mean quotes.speaker?"),
        ("select * from document", "Did you mean documents?"),
        ("select title from articles", "Did you mean documents?"),
        ('select * from main."People"', "Did you mean v_people?"),
        ("select * from persons join documents using (doc_id)", "Did you mean v_people?"),
        ("select xyzzy from runs", "Columns of runs: run_id, "),
        ("select from where", "docs/tables.md"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_one(warehouse, sql, answer):
    with pytest.raises(UsageError) as error:
        run_query(warehouse, sql)
    assert answer in str(error.value)
    if answer.startswith("Did"):  # and nothing after it: a list of columns would hide it
        assert str(error.value).endswith(answer)


@pytest.mark.parametrize("sql", ["", " \n", "-- nothing yet", ";"])
def test_a_query_without_a_statement_is_said(warehouse, sql):
    with pytest.raises(UsageError, match=r"^No query was given\. Write one: `revue query "):
        run_query(warehouse, sql)


def test_every_guess_is_a_table_or_column_of_the_warehouse(warehouse):
    guesses = tomllib.loads(files("warehouse.browse").joinpath("name_guesses.toml").read_text(encoding="utf-8"))
    named = "select distinct {} from duckdb_columns() where not internal"
    for kind, column in (("tables", "table_name"), ("columns", "column_name")):
        known = {name for (name,) in run_query(warehouse, named.format(column))[1]}
        assert list(guesses[kind]) == sorted(guesses[kind])
        assert {name for names in guesses[kind].values() for name in names} <= known
    assert not guesses["tables"].keys() & {name for (name,) in run_query(warehouse, named.format("table_name"))[1]}


def test_a_name_that_fits_no_column_is_not_guessed(warehouse):
    with pytest.raises(UsageError) as error:
        run_query(warehouse, "select xyzzy from runs")
    assert "Did you mean" not in str(error.value)


def test_a_query_that_takes_too_long_is_stopped(warehouse):
    with pytest.raises(UsageError, match="took longer"):
        run_query(warehouse, "select sum(a.range * b.range) from range(100000000) a, range(100000) b", seconds=0.2)


def test_a_view_of_the_file_is_stopped_too(warehouse, tmp_path):
    hostile = write_warehouse(tmp_path / "hostile.duckdb", [{"text": "Le maire parle."}])
    with connect(hostile) as connection:
        connection.execute("drop view v_quotes")
        connection.execute(
            "create view v_quotes as with recursive n as (select 1 i union all select i + 1 from n) select * from n"
        )
    with pytest.raises(UsageError, match=r"took longer|more memory"):
        run_query(hostile, "select count(*) from v_quotes", seconds=0.5)


def test_an_endless_answer_is_stopped(warehouse):
    with pytest.raises(UsageError, match="more than 1,000,000 rows"):
        run_query(warehouse, "select * from range(100000000000)")


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/hostname')",
        "select * from '/etc/hostname'",
        "copy documents to '/tmp/revue-test-copy.csv'",
        "attach '/tmp/revue-test-attach.duckdb'",
        "delete from documents",
        "install fts",
        "load fts",
        "set memory_limit = '100GB'",
        "set enable_external_access = true",
        "export database '/tmp/revue-test-export'",
    ],
)
def test_sql_reaches_no_file_and_changes_nothing(warehouse, sql):
    before = warehouse.read_bytes()
    with pytest.raises(UsageError):
        run_query(warehouse, sql)
    assert warehouse.read_bytes() == before


def test_a_file_whose_views_read_files_is_no_warehouse(tmp_path):
    hostile = write_warehouse(tmp_path / "hostile.duckdb", [{"text": "Le maire parle."}])
    with connect(hostile) as connection:
        connection.execute("drop table meta")
        connection.execute(
            "create view meta as select length(content) as schema_version from read_text('/etc/hostname')"
        )
    with pytest.raises(UsageError, match="is not a revue warehouse"):
        run_query(hostile, "select 1")
