"""The command line as a user meets it: real processes, exit statuses, what is printed where."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from conftest import SEEDS
from pages import write_page

from expectations.results import CheckResult
from flows.cli.terminal.checks import print_checks
from tasks.report.wording import describe_check

REVUE = Path(sys.executable).with_name("revue")


@pytest.fixture
def revue(tmp_path, server_url):
    """Run revue in an empty folder; what it is given goes to the session's server."""

    def run(*arguments, cwd=tmp_path, stdin=b"", **variables):
        environment = {**os.environ, "PREFECT_API_URL": server_url, **variables}
        return subprocess.run(
            [REVUE, *map(str, arguments)], cwd=cwd, input=stdin, capture_output=True, env=environment, timeout=280
        )

    return run


def test_checks_that_fail_are_told_with_their_source_the_gravest_first(capsys):
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


@pytest.fixture(scope="module")
def folder(published, tmp_path_factory):
    """A folder with a published warehouse in it."""
    target = tmp_path_factory.mktemp("cli")
    shutil.copy(published, target / "revue.duckdb")
    return target


def test_run_publishes_and_says_so(revue, tmp_path):
    write_page(tmp_path / "in" / "page.txt")
    (tmp_path / "in" / "empty.txt").touch()
    done = revue("run", "in")
    out = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for part in (
        "Port-Aubry lance les travaux",
        "2025-03-14",
        "empty.txt",
        "2 records read = 1 published",
        "revue.docs/index.html",
        "explain page.txt",
    ):
        assert part in out
    for name in ("revue.duckdb", "revue.report.html", "revue.docs/index.html", "sources.csv", "aliases.csv"):
        assert (tmp_path / name).exists()
    again = revue("run", "in", "--json")
    assert {key: json.loads(again.stdout)[key] for key in ("count_read", "count_unchanged", "state")} == {
        "count_read": 2,
        "count_unchanged": 2,
        "state": "unchanged",
    }


def test_standard_input_and_its_own_server(revue, tmp_path, prefect_home):
    page = write_page(tmp_path / "page.txt").read_bytes()
    done = revue("run", "-", "--quiet", stdin=page, PREFECT_API_URL="", PREFECT_HOME=str(prefect_home))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert b'"uri": "-"' in revue("query", "select uri from documents", "--json").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("run",), 2, "Nothing to read"),
        (("run", "nowhere.txt"), 2, "nowhere.txt"),
        (("run", "x", "--workers", "many"), 2, "many"),
        (("nonsense",), 2, "nonsense"),
        (("query", "select 1"), 2, "revue.duckdb"),
        (("explain", "x"), 2, "revue.duckdb"),
        (("check",), 2, "revue.duckdb"),
        (("rejected",), 2, "revue.duckdb"),
        (("retry",), 2, "revue.duckdb"),
        (("publish", "2026"), 2, "no run 2026"),
        (("publish", "2026", "--accept", "accounting"), 2, "--because"),
        (("publish", "2026", "--because", "so"), 2, "--accept"),
    ],
)
def test_a_wrong_command_exits_2_with_one_sentence_and_starts_nothing(revue, tmp_path, arguments, status, words):
    done = revue(*arguments)
    assert done.returncode == status
    assert words in done.stderr.decode() and "Traceback" not in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_every_record_rejected_exits_3(revue, tmp_path):
    (tmp_path / "empty.txt").touch()
    done = revue("run", "empty.txt")
    assert done.returncode == 3 and "Every record was rejected" in done.stderr.decode()
    assert not (tmp_path / "revue.duckdb").exists()


def test_the_gate_says_no_with_exit_1(revue, tmp_path):
    write_page(tmp_path / "page.txt")
    (tmp_path / "revue.checks").mkdir()
    (tmp_path / "revue.checks" / "never.sql").write_text(
        "-- name: never\n-- severity: critical\n-- scope: run\n-- sentence: Nothing is ever good enough.\n-- id: doc_id\nselect doc_id, title as detail from documents\n"
    )
    done = revue("run", "page.txt")
    assert done.returncode == 1 and "never" in done.stderr.decode() and "Nothing was published" in done.stderr.decode()
    assert not (tmp_path / "revue.duckdb").exists()
    [folder] = [path for path in (tmp_path / "revue.duckdb.runs").iterdir() if path.is_dir()]
    unknown = revue("publish", folder.name[:8], "--accept", "nevver", "--because", "so")
    assert unknown.returncode == 2 and "There is no check nevver" in unknown.stderr.decode()
    accepted = revue("publish", folder.name[:8], "--accept", "never", "--because", "a trial", "--json")
    assert (accepted.returncode, accepted.stderr) == (0, b"")
    assert json.loads(accepted.stdout)["run_id"] == folder.name
    found = revue("query", "select accepted_because from checks where accepted_by <> ''", "--csv")
    assert found.stdout == b"accepted_because\na trial\n"


def test_settings_come_from_file_variable_and_option_in_rising_order(revue, tmp_path):
    (tmp_path / "revue.toml").write_text("workers = 3\nshard_bytes = 5000\n")
    listed = {
        row["setting"]: (row["value"], row["from"])
        for row in json.loads(revue("settings", "--json", REVUE_SHARD_BYTES="7000").stdout)
    }
    assert listed["workers"] == (3, "revue.toml")
    assert listed["shard_bytes"] == (7000, "environment")
    assert listed["record_bytes"][1] == "default"
    (tmp_path / "revue.toml").write_text("wokers = 3\n")
    wrong = revue("settings")
    assert wrong.returncode == 2 and "wokers" in wrong.stderr.decode()


def test_query_prints_tables_csv_and_json_and_cannot_write_or_read_files(revue, folder):
    assert revue("query", "select 1 as one, null as nothing", "--csv", cwd=folder).stdout == b"one,nothing\n1,\n"
    assert json.loads(revue("query", "select count(*) as n from documents", "--json", cwd=folder).stdout) == [{"n": 19}]
    assert "Volthène" in revue("query", "select title from documents", cwd=folder).stdout.decode()
    for sql in (
        "delete from documents",
        "create table x (a int)",
        "select * from read_text('/etc/hostname')",
        "copy documents to 'x.csv'",
        "install httpfs",
        "selekt",
    ):
        done = revue("query", sql, cwd=folder)
        assert done.returncode == 2 and b"Traceback" not in done.stderr, sql


def test_explain_shows_lines_description_and_facts_under_every_name(revue, folder, published, rows):
    [(doc_id,)] = rows(published, "select doc_id from documents where uri like '01%'")
    texts = {
        revue("explain", name, cwd=folder).stdout
        for name in (doc_id, doc_id[:8], "01_crue-ardive-premier-bilan.txt", "x/01_crue-ardive-premier-bilan.txt")
    }
    assert len(texts) == 1
    text = texts.pop().decode()
    for part in ("published by run", "+ body", "- chrome", "La Gazette de l'Estuaire", "mentions", "figures"):
        assert part in text


def test_explain_shows_a_rejected_document_too(revue, folder):
    done = revue("explain", "16_index.txt", cwd=folder)
    assert done.returncode == 0
    assert "not_an_article" in done.stdout.decode() and "- " in done.stdout.decode()


def test_explain_of_an_ambiguous_or_unknown_name_says_what_to_type(revue, folder):
    for name in ("13_records.jsonl", "nobody"):
        done = revue("explain", name, cwd=folder)
        assert done.returncode == 2 and "doc_id" in done.stderr.decode()


def test_rejected_lists_reasons_and_filters(revue, folder):
    listed = json.loads(revue("rejected", "--json", cwd=folder).stdout)
    assert {row["reason"] for row in listed} == {"broken_json", "empty", "not_an_article", "binary"}
    told = revue("rejected", "--reason", "broken_json", cwd=folder).stdout.decode()
    [identity] = [row["doc_id"] for row in listed if row["reason"] == "broken_json"]
    assert "14_broken.jsonl #2" in told and f" {identity[:8]} " in told
    assert revue("rejected", "--reason", "binary", "--csv", cwd=folder).stdout.decode().count("\n") == 2
    assert (
        revue("rejected", "--by", "stage", "--csv", cwd=folder).stdout.decode().splitlines()[1].startswith("read,3,0,")
    )
    assert revue("rejected", "--reason", "nothing_of_the_kind", cwd=folder).stdout == b"Nothing is rejected.\n"


def test_retry_says_in_one_line_what_became_of_the_records(revue, folder):
    plan = revue("retry", "--stage", "read", "--dry-run", cwd=folder).stdout.decode()
    assert "broken_json" in plan and plan.endswith("3 records would be read again, from 3 inputs.\n")
    listed = json.loads(revue("retry", "17_binary.txt", "--dry-run", "--json", cwd=folder).stdout)
    assert [(row["uri"], row["is_there"]) for row in listed] == [("17_binary.txt", True)]
    shutil.copytree(folder, folder / "copy", ignore=shutil.ignore_patterns("copy"))
    done = revue("retry", "--reason", "empty", cwd=folder / "copy")
    assert (done.returncode, done.stdout) == (0, b"0 of 1 record published; 1 stay: 1 empty.\n")
    none = revue("retry", "--reason", "nothing_of_the_kind", cwd=folder)
    assert (none.returncode, none.stdout) == (0, b"Nothing is rejected.\n")


def test_check_passes_on_what_is_published_and_changes_nothing(revue, folder):
    before = (folder / "revue.duckdb").read_bytes()
    done = revue("check", cwd=folder)
    assert done.returncode == 0 and b"checks" in done.stdout
    assert (folder / "revue.duckdb").read_bytes() == before


def test_check_exits_1_on_a_file_that_was_tampered_with(revue, folder, tmp_path):
    from warehouse.store import connect

    shutil.copy(folder / "revue.duckdb", tmp_path / "revue.duckdb")
    with connect(tmp_path / "revue.duckdb") as connection:
        connection.execute("update mentions set surface = 'Nobody' where mention_no = 1")
    done = revue("check")
    assert done.returncode == 1 and "critical" in done.stdout.decode()


def test_a_newer_warehouse_and_a_foreign_file_are_refused_with_a_sentence(revue, folder, tmp_path):
    from warehouse.store import connect

    shutil.copy(folder / "revue.duckdb", tmp_path / "revue.duckdb")
    with connect(tmp_path / "revue.duckdb") as connection:
        connection.execute("update meta set schema_version = 99")
    newer = revue("query", "select 1")
    assert newer.returncode == 2 and "newer" in newer.stderr.decode()
    with connect(tmp_path / "revue.duckdb") as connection:
        connection.execute("update meta set schema_version = 1")
    older = revue("check")
    assert older.returncode == 2 and "is of schema 1" in older.stderr.decode()
    (tmp_path / "revue.duckdb").write_text("this is no database")
    foreign = revue("run", SEEDS)
    assert foreign.returncode == 2 and "not a revue warehouse" in foreign.stderr.decode()


def test_help_of_every_command_has_an_example(revue):
    import flows.cli

    for name in ("run", "check", "query", "explain", "rejected", "retry", "publish", "settings"):
        assert name in flows.cli.app
        assert f"revue {name}" in revue(name, "--help").stdout.decode(), name
    assert revue("--version").stdout.strip()
