"""`revue export`: every format holds every row, a spreadsheet runs nothing, and a folder of the user's is never replaced."""

from __future__ import annotations

import csv
import importlib.util
import json
from datetime import date

import pytest
from pyarrow import parquet
from small_warehouse import write_warehouse

from warehouse.browse.export import FORMATS, export
from warehouse.errors import UsageError
from warehouse.store import attach_lake, connect, load_extension

TITLES = [
    "=1+2",
    "+33 1 23",
    "-5 degrés",
    "@maire",
    " =cmd|'/C calc'!A0",
    "\t=1",
    "Élu à 50 %",
    "＝1+2",
    'Il dit "non"\net part',
    "'=1",
]
needs_lake = pytest.mark.skipif(
    importlib.util.find_spec("duckdb_extension_ducklake") is None, reason="duckdb-extension-ducklake is not installed"
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    texts = [
        {"text": f"Texte {number}.\n\nSuite.", "title": title, "authors": ["A B", "C"]}
        for number, title in enumerate(TITLES)
    ]
    texts.append(
        {"text": "Sans date.", "published_on": None, "published_method": "none", "published_granularity": "none"}
    )
    texts.append({"text": "Ancien.", "published_on": date(1998, 12, 31)})
    return write_warehouse(tmp_path_factory.mktemp("export") / "revue.duckdb", texts)


def write(warehouse, target, format_, *tables):
    return export(warehouse, target, format_, tables=tables, progress=lambda table: None)


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(warehouse, tmp_path):
    counts = write(warehouse, tmp_path / "out", "csv")
    raw = (tmp_path / "out" / "documents.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfdoc_id,") and counts["documents"] == len(TITLES) + 2
    with open(tmp_path / "out" / "documents.csv", encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["uri"].split(".")[0]))
    assert [row["title"] for row in rows[: len(TITLES)]] == [
        "'=1+2", "'+33 1 23", "'-5 degrés", "'@maire", "' =cmd|'/C calc'!A0", "'\t=1", "Élu à 50 %", "'＝1+2",
        'Il dit "non"\net part', "'=1",
    ]  # fmt: skip
    assert rows[0]["authors"] == "A B; C" and rows[0]["published_on"] == "2025-03-01" and rows[0]["published_at"] == ""
    assert rows[10]["published_on"] == ""


def test_numbers_stay_numbers_in_csv(tmp_path):
    from warehouse.browse.export_formats import _write_cell

    assert [_write_cell(value) for value in (-5, -0.25, True, None)] == [-5, -0.25, True, None]


def test_parquet_and_json_hold_the_rows_unchanged(warehouse, tmp_path):
    write(warehouse, tmp_path / "p", "parquet", "documents", "v_sources_daily")
    write(warehouse, tmp_path / "j", "json", "documents", "sentences")
    assert {path.name for path in (tmp_path / "p").iterdir()} == {
        "documents.parquet",
        "v_sources_daily.parquet",
        "export.json",
    }
    table = parquet.read_table(tmp_path / "p" / "documents.parquet")
    assert set(TITLES) <= set(table.column("title").to_pylist())
    rows = json.loads((tmp_path / "j" / "documents.json").read_text(encoding="utf-8"))
    assert set(TITLES) <= {row["title"] for row in rows} and rows[0]["authors"] == ["A B", "C"]
    assert len(json.loads((tmp_path / "j" / "sentences.json").read_text(encoding="utf-8"))) == 2 * len(TITLES) + 2


def test_months_are_folders_and_what_has_no_date_is_kept(warehouse, tmp_path):
    counts = write(warehouse, tmp_path / "m", "months", "documents", "sentences", "sources")
    assert {path.name for path in (tmp_path / "m" / "sentences").iterdir()} == {
        "month=2025-03",
        "month=1998-12",
        "month=none",
    }
    with connect() as connection:
        for table, count in counts.items():
            query = f"select count(*) from read_parquet('{tmp_path}/m/{table}/**/*.parquet', hive_partitioning = true)"
            assert connection.execute(query).fetchall() == [(count,)]
        query = f"select uri from read_parquet('{tmp_path}/m/documents/**/*.parquet') where month = '1998-12'"
        assert connection.execute(query).fetchall() == [("12.txt",)]


@needs_lake
def test_a_lake_is_attached_as_any_other_and_where_it_was_moved(warehouse, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    counts = write(warehouse, tmp_path / "lake", "lake", "documents", "sentences")
    assert [path.name for path in tmp_path.iterdir()] == ["lake"]
    with connect() as connection:
        assert load_extension(connection, "ducklake")
        connection.execute(f"attach 'ducklake:{tmp_path}/lake/catalog.ducklake' as lake")
        assert connection.execute("select count(*), count(title) from lake.documents").fetchall() == [
            (counts["documents"],) * 2
        ]
        connection.execute("detach lake")
        (tmp_path / "lake").rename(tmp_path / "moved")
        attach_lake(connection, tmp_path / "moved" / "catalog.ducklake", "moved")
        assert connection.execute("select count(surface) from moved.sentences").fetchall() == [(counts["sentences"],)]


@pytest.mark.parametrize("format_", [one for one in FORMATS if one != "lake"])
def test_an_earlier_export_is_replaced_and_anything_else_is_not(warehouse, tmp_path, format_):
    write(warehouse, tmp_path / "out", format_, "sources")
    write(warehouse, tmp_path / "out", format_, "sources")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    with pytest.raises(UsageError, match="no earlier export"):
        write(warehouse, tmp_path / "mine", format_, "sources")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    with pytest.raises(UsageError, match="no table nothing"):
        write(warehouse, tmp_path / "new", format_, "nothing")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]


def test_a_view_of_a_hostile_warehouse_reads_no_file(tmp_path):
    hostile = write_warehouse(tmp_path / "hostile.duckdb", [{"text": "Le maire parle."}])
    with connect(hostile) as connection:
        connection.execute("drop table evidence")
        connection.execute("create view evidence as select content as value from read_text('/etc/hostname')")
    with pytest.raises(Exception, match=r"disabled by configuration|file system operations"):
        write(hostile, tmp_path / "out", "json", "evidence")
    assert not (tmp_path / "out").exists()
