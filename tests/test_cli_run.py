"""Commands that run a flow: `revue run`, `revue retry`, `revue publish`, their exit statuses and what they print."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil

from conftest import SEEDS
from pages import write_check, write_page

from flows.runtime.set_up import describe_own_checks, warn_of_unread_checks
from warehouse.companions import Companions
from warehouse.store import connect


def test_run_publishes_and_prints_a_summary(start, revue, tmp_path):
    write_page(tmp_path / "in" / "page.txt")
    (tmp_path / "in" / "empty.txt").touch()
    done = start("run", "in")
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


# Every Python process of a run (command, server, fork server, workers) imports this first.
_REFUSE_OTHER_HOSTS = """
import os, sys

def refuse(event, arguments):
    address = None
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        address = arguments[:2]
    if address is None or isinstance(address, (str, bytes)):
        return  # a socket of this machine has a path for address
    with open(os.environ["REVUE_TEST_ADDRESSES"], "a") as log:
        log.write(f"{address[0]}\\n")
    if address[0] not in ("127.0.0.1", "::1", "localhost", None):
        raise OSError(f"refused: {address}")

sys.addaudithook(refuse)
"""


def test_run_reads_standard_input_starts_its_own_server_and_reaches_no_other_host(start, revue, tmp_path, prefect_home):
    page = write_page(tmp_path / "page.txt").read_bytes()
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "sitecustomize.py").write_text(_REFUSE_OTHER_HOSTS)
    addresses = tmp_path / "addresses"
    done = start(
        "run", "-", "--quiet", stdin=page, PREFECT_API_URL="", PREFECT_HOME=str(prefect_home),
        REVUE_TEST_ADDRESSES=str(addresses),
        PYTHONPATH=os.pathsep.join([str(tmp_path / "first"), os.environ.get("PYTHONPATH", "")]),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    # the server was reached, and neither Prefect's nor Great Expectations' telemetry was tried
    assert set(addresses.read_text().split()) <= {"127.0.0.1", "localhost", "::1"}
    assert "127.0.0.1" in addresses.read_text()
    assert b'"uri": "-"' in revue("query", "select uri from documents", "--json").stdout


def test_a_folder_of_checks_that_no_warehouse_has_is_named(tmp_path):
    names = ("mine.checks", "revue.checks", "other.checks")
    for name in names:
        write_check(
            tmp_path / name, "no_empty_title", "select doc_id, uri as detail from documents where title is null"
        )
    (tmp_path / "other.duckdb").touch()
    companions = Companions(tmp_path / "mine.duckdb")
    assert describe_own_checks(companions) == f"1 in {tmp_path / 'mine.checks'}"
    [warning] = warn_of_unread_checks(companions)
    assert "revue.checks were not read" in warning and "mine.checks" in warning
    shutil.rmtree(tmp_path / "mine.checks")
    assert describe_own_checks(companions) == f"none in {tmp_path / 'mine.checks'}"


def suggested(done):
    """The commands that the message of a command suggests."""
    return [shlex.split(command)[1:] for command in re.findall(r"`(revue [^`]+)`", done.stderr.decode())]


def test_a_run_whose_records_are_all_rejected_exits_3(revue, tmp_path):
    (tmp_path / "empty.txt").touch()
    done = revue("run", "empty.txt", "--warehouse", "all rejected.duckdb")
    assert done.returncode == 3 and "Every record was rejected" in done.stderr.decode()
    assert not (tmp_path / "all rejected.duckdb").exists()
    [command] = suggested(done)
    assert b"empty.txt" in revue(*command).stdout


def test_a_refused_run_exits_1_and_is_published_by_the_command_it_suggests(revue, tmp_path):
    write_page(tmp_path / "page.txt")
    sql = "select doc_id, title as detail from documents"
    write_check(tmp_path / "my news.checks", "never", sql, scope="run")
    write_check(tmp_path / "revue.checks", "ignored", sql, scope="run")
    warehouse = ("--warehouse", tmp_path / "my news.duckdb")
    done = revue("run", "page.txt", *warehouse)
    assert done.returncode == 1 and "never" in done.stderr.decode() and "Nothing was published" in done.stderr.decode()
    assert not (tmp_path / "my news.duckdb").exists()
    [folder] = [path for path in (tmp_path / "my news.duckdb.runs").iterdir() if path.is_dir()]
    unknown = revue("publish", folder.name[:8], "--accept", "nevver", "--because", "so", *warehouse)
    assert unknown.returncode == 2 and "There is no check nevver" in unknown.stderr.decode()
    [command] = suggested(done)
    accepted = revue(*command)
    assert (accepted.returncode, accepted.stderr) == (0, b"")
    said = " ".join(accepted.stdout.decode().split())
    assert "of your own: 1 in " in said and "revue.checks were not read" in said
    found = revue("query", "select accepted_because from checks where accepted_by <> ''", "--csv", *warehouse)
    assert found.stdout.decode() == "accepted_because\n…\n"
    again = revue("publish", folder.name, *warehouse)
    assert again.returncode == 2 and "has been published" in again.stderr.decode()
    [command] = suggested(again)
    assert folder.name in revue(*command, "--csv").stdout.decode()


def test_retry_prints_the_outcome_of_the_records_in_one_line(revue, published_folder, published_copy):
    plan = revue("retry", "--stage", "read", "--dry-run", cwd=published_folder).stdout.decode()
    assert "broken_json" in plan and plan.endswith("3 records would be read again, from 3 inputs.\n")
    assert max(map(len, plan.splitlines())) <= 80
    listed = json.loads(revue("retry", "17_binary.txt", "--dry-run", "--json", cwd=published_folder).stdout)
    assert [(row["uri"], row["is_there"]) for row in listed] == [("17_binary.txt", True)]
    done = revue("retry", "--reason", "empty", cwd=published_copy)
    assert (done.returncode, done.stdout) == (0, b"0 of 1 record published; 1 stay: 1 empty.\n")
    none = revue("retry", "--reason", "nothing_of_the_kind", cwd=published_folder)
    assert (none.returncode, none.stdout) == (0, b"Nothing is rejected.\n")


def test_warehouses_of_another_schema_and_foreign_files_are_refused_with_one_sentence(revue, published, tmp_path):
    shutil.copy(published, tmp_path / "revue.duckdb")
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
