"""Limits of what reads a warehouse: a file made to use up time, memory or disk, or to read other files, is refused in a sentence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from planted import build_warehouse
from small_warehouse import write_warehouse

from flows.cli import main
from tasks.report.page import write_page
from tasks.runtime.history import open_rejections
from warehouse.browse.diff import compare_document
from warehouse.browse.limits import Deadline, limit_time
from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.store import connect, fetch_rows

ENDLESS = (
    "with recursive n as (select 1 i union all select i + 1 from n) select * exclude (i) from {table} cross join n"
)


def plant_view(path: Path, table: str, query: str) -> None:
    """Put a view in the place of a table; the table is renamed."""
    with connect(path) as connection:
        columns = ", ".join(row[0] for row in connection.execute(f"describe {table}").fetchall())
        connection.execute(f"create table kept as select * from {table}")
        connection.execute(f"drop table {table} cascade")
        connection.execute(f"create view {table} as select {columns} from ({query.format(table='kept')})")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = build_warehouse(tmp_path / "revue.duckdb", documents_per_source=1)
    return path


@pytest.mark.parametrize(
    ("table", "command"),
    [
        ("lines", ["explain", "a.txt"]),
        ("lines", ["report"]),
        ("lines", ["diff", "a.txt", "b.txt"]),
        ("rejections", ["rejected"]),
        ("documents", ["query", "select count(*) from documents"]),
    ],
)
def test_a_command_on_an_endless_view_is_stopped_with_a_sentence(warehouse, capsys, table, command):
    with connect(warehouse) as connection:
        ids = [row[0] for row in connection.execute("select doc_id from documents order by doc_id").fetchall()]
        if table == "rejections":
            connection.execute(
                "insert into rejections by name select 'x.txt' as uri, 1 as record_no, '' as doc_id, '' as recipe, 'rejected' as outcome, 'read' as stage, 'empty' as reason, "
                "'' as detail, 1 as attempts, 'r' as run_id, now() as first_rejected_at, now() as rejected_at"
            )
    endless = (
        ENDLESS.replace("* exclude (i)", "kept.* replace (i::integer as record_no)")
        if table == "rejections"
        else ENDLESS
    )
    plant_view(warehouse, table, endless)
    command = [{"a.txt": ids[0], "b.txt": ids[1]}.get(word, word) for word in command]
    with pytest.raises(SystemExit) as ended:
        main([*command, "--warehouse", str(warehouse), "--seconds", "0.5"])
    assert ended.value.code == 2
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith("revue: This ") and "Traceback" not in said
    assert "longer than 0.5 seconds" in said or "more memory" in said


def test_rejections_that_break_their_keys_are_refused_in_a_sentence(warehouse):
    plant_view(warehouse, "runs", "select kept.* from {table}, range(2)")
    refused = pytest.raises(UsageError, match=r"cannot be read: .*uplicate key.*--warehouse\.$")
    with refused, open_rejections(warehouse, Companions(warehouse).runs):
        pass


def test_a_query_that_starts_after_the_time_is_stopped_too():
    endless = "select sum(a.range * b.range) from range(100000000) a, range(100000) b"
    stopped = pytest.raises(UsageError, match=r"longer than 0\.1 seconds")
    with connect() as connection, stopped, limit_time(connection, seconds=0.1):
        time.sleep(0.3)
        connection.execute(endless).fetchall()


def test_nothing_is_interrupted_without_a_limit_or_within_it():
    for seconds in (None, 60.0, 1e12):
        with connect() as connection, limit_time(connection, seconds=seconds) as deadline:
            deadline.check()
            assert connection.execute("select 1").fetchall() == [(1,)]


def test_a_deadline_ends_loops_over_what_was_read():
    Deadline(None).check()
    with pytest.raises(
        UsageError, match=r"^This took longer than 0 seconds and was stopped\. Allow more with --seconds\.$"
    ):
        Deadline(0.0).check()


def test_more_rows_than_may_be_read_are_refused():
    with connect() as connection:
        assert len(fetch_rows(connection, "select * from range(20000)", most=20000)) == 20000
        with pytest.raises(UsageError, match="more than 19,999 rows"):
            fetch_rows(connection, "select * from range(20000)", most=19999)


def test_texts_too_long_to_compare_are_refused(tmp_path):
    path = write_warehouse(tmp_path / "revue.duckdb", [{"text": "Un."}, {"text": "Deux."}])
    with connect(path) as connection:
        [(one,), (two,)] = connection.execute("select doc_id from documents").fetchall()
        connection.execute(
            "insert into lines by name select ? as doc_id, 1 as line_no, 0 as raw_start, 1 as raw_end, repeat('Non. ', 6000) as line, "
            "0 as text_start, 1 as text_end, 'body' as kind, true as is_kept, 'prose' as reason, 1.0 as score",
            [one],
        )
    with pytest.raises(UsageError, match="more than 5,000 sentences"):
        compare_document(path, one, two)


def test_a_view_in_the_place_of_rejections_reads_no_other_file(warehouse, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("uri\nhidden\n", encoding="utf-8")
    plant_view(
        warehouse,
        "rejections",
        f"select kept.* replace (s.uri as uri) from {{table}} right join read_csv('{secret}') s on true",
    )
    with (
        pytest.raises(UsageError, match="disabled by configuration"),
        open_rejections(warehouse, Companions(warehouse).runs) as connection,
    ):
        connection.execute("from rejections").fetchall()


def test_a_doc_id_that_is_a_path_writes_no_file(warehouse, tmp_path):
    with connect(warehouse) as connection:
        [(doc_id,)] = connection.execute("select min(doc_id) from documents").fetchall()
    plant_view(
        warehouse, "documents",
        f"select * replace (if(doc_id = '{doc_id}', '../../taken', doc_id) as doc_id) from {{table}}",
    )  # fmt: skip
    folder = tmp_path / "reports" / "deep"
    folder.mkdir(parents=True)
    write_page(warehouse, folder / "revue.report.html", most_embedded=0)
    assert not list(tmp_path.rglob("taken*"))
    assert len(list((folder / "revue.report").glob("*.html"))) == 2
