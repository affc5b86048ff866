"""Publishers in the warehouse: one met by its name on a text and by its domain on a page is one."""

from __future__ import annotations

from pathlib import Path

from planted import build_warehouse

from tasks.strip.describe import Sources, identify_source
from warehouse.store import connect, insert_rows, run_sql

COUNTS = "select source_id, count(*) from documents group by all"


def _source(source_id: str, name: str, domain: str | None = None) -> dict[str, object]:
    return {"source_id": source_id, "name": name, "domain": domain, "is_listed": False}


def test_a_publisher_met_by_name_and_by_domain_is_one(tmp_path: Path) -> None:
    path = build_warehouse(tmp_path / "w.duckdb")
    with connect(path) as connection:
        before = dict(connection.execute(COUNTS).fetchall())
        first, second, *_ = sorted(before)
        insert_rows(
            connection,
            "sources",
            [
                _source("toptribune.example", "toptribune.example", "toptribune.example"),
                _source("toptribune", "TopTribune"),
                _source("voix-breze.example", "La Voix de Brèze", "voix-breze.example"),
                _source("la_voix_de_breze", "La voix de Breze"),
                _source("one.example", "Matin", "one.example"),
                _source("two.example", "Matin", "two.example"),
                _source("matin", "Matin"),  # two papers have the name: it is neither
            ],
        )
        connection.execute("update documents set source_id = 'toptribune' where source_id = ?", [first])
        connection.execute("update documents set source_id = 'matin' where source_id = ?", [second])
        run_sql(connection, "tasks.load", "same_sources")
        after = dict(connection.execute(COUNTS).fetchall())
        left = {row[0] for row in connection.execute("select source_id from sources").fetchall()}
    assert after["toptribune.example"] == before[first]
    assert after["matin"] == before[second]
    assert not left & {"toptribune", "la_voix_de_breze"}
    assert {"matin", "one.example", "two.example", "voix-breze.example"} <= left


def test_a_publisher_named_by_its_domain_is_known_by_it() -> None:
    by_name = identify_source(Sources([]), "Breze.info", None)
    by_domain = identify_source(Sources([]), None, "breze.info")
    assert by_name["source_id"] == by_domain["source_id"] == "breze.info"
    assert identify_source(Sources([]), "Nord Matin", None)["source_id"] == "nord_matin"
