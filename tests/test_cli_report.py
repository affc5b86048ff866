"""`revue report`: the page of a published warehouse, written again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from planted import build_warehouse

from flows.cli import main
from tasks.report.page import write_page


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = build_warehouse(tmp_path / "revue.duckdb", documents_per_source=1)
    return path


def run(arguments: Sequence[str | Path]) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_the_page_is_written_beside_the_warehouse_or_where_asked(warehouse, tmp_path, capsys):
    assert run(["report", "--warehouse", warehouse]) == 0
    assert capsys.readouterr().out == f"Report  {tmp_path / 'revue.report.html'}\n"
    assert "3 articles of 3 sources" in (tmp_path / "revue.report.html").read_text(encoding="utf-8")
    assert run(["report", "--warehouse", warehouse, "--output", tmp_path / "monday.html", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"report": str(tmp_path / "monday.html")}
    assert (tmp_path / "monday.html").read_bytes() == (tmp_path / "revue.report.html").read_bytes()


def test_one_warehouse_gives_one_page(warehouse, tmp_path):
    """DuckDB's threads give rows and lists without `order by` in any order."""
    pages = set()
    for _ in range(12):
        write_page(warehouse, tmp_path / "revue.report.html")
        pages.add((tmp_path / "revue.report.html").read_bytes())
    assert len(pages) == 1


@pytest.mark.parametrize("output", [".", "revue.duckdb", "no/such/folder.html"])
def test_an_output_that_cannot_be_written_is_refused_and_nothing_changes(warehouse, tmp_path, capsys, output):
    before = warehouse.read_bytes()
    assert run(["report", "--warehouse", warehouse, "--output", tmp_path / output]) == 2
    said = capsys.readouterr().err
    assert said.startswith("revue: ") and str(tmp_path) in said
    assert warehouse.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["revue.duckdb"]


def test_a_missing_warehouse_is_said(tmp_path, capsys):
    assert run(["report", "--warehouse", tmp_path / "none.duckdb"]) == 2
    assert "none.duckdb" in capsys.readouterr().err
