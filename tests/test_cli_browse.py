"""Commands that only read a published warehouse: `revue query`, `explain`, `rejected` and `check`."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict

from expectations.results import CheckResult
from flows.cli.terminal.checks import print_checks
from tasks.report.wording import describe_check
from warehouse.store import connect


def test_query_prints_tables_csv_and_json_and_cannot_write_or_read_files(revue, published_folder):
    assert (
        revue("query", "select 1 as one, null as nothing", "--csv", cwd=published_folder).stdout == b"one,nothing\n1,\n"
    )
    assert json.loads(revue("query", "select count(*) as n from documents", "--json", cwd=published_folder).stdout) == [
        {"n": 19}
    ]
    assert "Volthène" in revue("query", "select title from documents", cwd=published_folder).stdout.decode()
    for sql in (
        "delete from documents",
        "create table x (a int)",
        "select * from read_text('/etc/hostname')",
        "copy documents to 'x.csv'",
        "install httpfs",
        "selekt",
    ):
        done = revue("query", sql, cwd=published_folder)
        assert done.returncode == 2 and b"Traceback" not in done.stderr, sql


def test_explain_shows_lines_description_and_facts_for_every_name_of_a_document(
    revue, published_folder, published, rows
):
    [(doc_id,)] = rows(published, "select doc_id from documents where uri like '01%'")
    texts = {
        revue("explain", name, cwd=published_folder).stdout
        for name in (doc_id, doc_id[:8], "01_crue-ardive-premier-bilan.txt", "x/01_crue-ardive-premier-bilan.txt")
    }
    assert len(texts) == 1
    text = texts.pop().decode()
    for part in ("published by run", "+ body", "- chrome", "La Gazette de l'Estuaire", "mentions", "figures"):
        assert part in text


def test_explain_shows_a_rejected_document_too(revue, published_folder):
    done = revue("explain", "16_index.txt", cwd=published_folder)
    assert done.returncode == 0
    assert "not_an_article" in done.stdout.decode() and "- " in done.stdout.decode()


def test_explain_asks_for_a_doc_id_when_a_name_is_ambiguous_or_unknown(revue, published_folder):
    for name in ("13_records.jsonl", "nobody"):
        done = revue("explain", name, cwd=published_folder)
        assert done.returncode == 2 and "doc_id" in done.stderr.decode()


def test_rejected_lists_reasons_and_filters(revue, published_folder):
    listed = json.loads(revue("rejected", "--json", cwd=published_folder).stdout)
    assert {row["reason"] for row in listed} == {"broken_json", "empty", "not_an_article", "binary"}
    printed = revue("rejected", "--reason", "broken_json", cwd=published_folder).stdout.decode()
    [identity] = [row["doc_id"] for row in listed if row["reason"] == "broken_json"]
    assert "14_broken.jsonl #2" in printed and f" {identity[:8]} " in printed
    assert revue("rejected", "--reason", "binary", "--csv", cwd=published_folder).stdout.decode().count("\n") == 2
    assert (
        revue("rejected", "--by", "stage", "--csv", cwd=published_folder)
        .stdout.decode()
        .splitlines()[1]
        .startswith("read,3,0,")
    )
    assert (
        revue("rejected", "--reason", "nothing_of_the_kind", cwd=published_folder).stdout
        == b"No record is rejected with reason nothing_of_the_kind. `revue rejected` lists them all.\n"
    )


def test_check_passes_on_a_published_warehouse_and_changes_nothing(revue, published_folder):
    before = (published_folder / "revue.duckdb").read_bytes()
    done = revue("check", cwd=published_folder)
    assert done.returncode == 0 and b"checks" in done.stdout
    assert (published_folder / "revue.duckdb").read_bytes() == before


def test_check_exits_1_when_a_published_row_was_altered(revue, published, tmp_path):
    shutil.copy(published, tmp_path / "revue.duckdb")
    with connect(tmp_path / "revue.duckdb") as connection:
        connection.execute("update mentions set surface = 'Nobody' where mention_no = 1")
    done = revue("check")
    assert done.returncode == 1 and "critical" in done.stdout.decode()


def test_failing_checks_are_printed_with_their_source_and_the_most_severe_first(capsys):
    def failed(name: str, severity: str, **changes):
        said = {
            "source_id": "",
            "value": 3.0,
            "low": None,
            "high": 0.0,
            "count_unexpected": 3,
            "sentence": "All is well.",
        }
        fixed = {
            "run_id": "r",
            "suite": "counts",
            "scope": "run",
            "success": False,
            "failing_ids": [],
            "checked_at": None,
        }
        return CheckResult(**{"check_name": name, "severity": severity, **fixed, **said, **changes})

    share = {"source_id": "nord.example", "value": 0.81818, "low": 0.0, "high": 0.2, "count_unexpected": 1}
    print_checks(
        [failed("few", "info"), failed("share", "warning", **share), failed("lost", "critical")],
        quiet=False,
        as_json=False,
    )
    assert capsys.readouterr().out.splitlines() == [
        "3 checks: 0 passed, 3 did not",
        "  critical lost: All is well.",
        "  warning share, nord.example: All is well. (measured 0.818, passes 0 to 0.2)",
        "  info few: All is well.",
    ]
    accepted = {"accepted_by": "odile", "accepted_because": "a test feed"}
    assert (
        describe_check(asdict(failed("lost", "critical")) | accepted)
        == "lost: All is well. Accepted by odile: a test feed"
    )
    assert "measured 1, passes up to 0.1" in describe_check(
        asdict(failed("all", "critical", value=1.0, high=0.1, count_unexpected=1))
    )
