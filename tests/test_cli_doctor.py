"""`revue doctor` names what is wrong with a set-up; `revue clean` removes run folders that nothing needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from conftest import ROOT
from small_warehouse import write_warehouse

from tasks.runtime.old_runs import find_old_runs, remove_old_runs
from tasks.runtime.run_folder import RunFolder
from warehouse.store import connect

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def call(folder, *arguments, **variables):
    command = [sys.executable, "-c", "from flows.cli import main; main()", *map(str, arguments)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        **variables,
    }
    return subprocess.run(command, cwd=folder, capture_output=True, env=environment, timeout=200)


def examine(folder, *arguments, **variables):
    done = call(folder, "doctor", "--json", *arguments, **variables)
    return done.returncode, {row["subject"]: row for row in json.loads(done.stdout)}


def test_a_sound_set_up_is_found_sound(tmp_path):
    write_warehouse(tmp_path / "revue.duckdb", [{"text": "Le maire parle."}])
    status, found = examine(tmp_path, PREFECT_API_URL="")
    assert status == 0 and found["warehouse"]["sentence"].startswith("revue.duckdb: 1 document, schema")
    assert {"python", "duckdb", "spacy", "model", "prefect server", "disk", "open in"} <= set(found)


def test_what_would_stop_a_run_is_named_with_the_next_step(tmp_path):
    (tmp_path / "revue.duckdb").write_text("not a database")
    (tmp_path / "revue.duckdb.wal").touch()
    status, found = examine(tmp_path, "--model", "xx_none", PREFECT_API_URL="http://127.0.0.1:9/api")
    assert status == 2
    assert {subject for subject, row in found.items() if row["state"] == "wrong"} == {
        "model", "prefect server", "warehouse", "write-ahead log",
    }  # fmt: skip
    assert "--model" in found["model"]["sentence"] and "unset PREFECT_API_URL" in found["prefect server"]["sentence"]
    home = tmp_path / "revue.duckdb" / "home"
    _, found = examine(tmp_path, PREFECT_API_URL="", PREFECT_HOME=str(home))
    assert found["prefect server"]["state"] == "wrong"
    assert found["prefect server"]["sentence"].endswith("is not a folder. Name another place with PREFECT_HOME.")


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="the system has no /proc")
def test_a_program_that_has_the_warehouse_open_is_named(tmp_path):
    write_warehouse(tmp_path / "revue.duckdb", [{"text": "Le maire parle."}])
    with connect(tmp_path / "revue.duckdb", read_only=True):
        _, found = examine(tmp_path, PREFECT_API_URL="")
    assert f"process {os.getpid()} (" in found["open in"]["sentence"]


def test_a_package_of_another_project_is_named_by_doctor_and_by_any_command(tmp_path):
    other = tmp_path / "other"
    (other / "tasks").mkdir(parents=True)
    (other / "tasks" / "__init__.py").touch()
    path = os.pathsep.join([str(other), str(ROOT), os.environ.get("PYTHONPATH", "")])
    for command in (("doctor",), ("rejected",), ("clean",)):
        done = call(tmp_path, *command, PYTHONPATH=path)
        assert done.returncode in (2, 3)
        assert f"{other} has tasks, names of revue's own packages".encode() in done.stdout + done.stderr, done.stderr


def test_another_project_in_the_working_folder_is_only_noted(tmp_path):
    (tmp_path / "tasks.py").touch()
    command = [sys.executable, "-P"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [*command, "-c", "from flows.cli import main; main()", "doctor", "--json"],
        cwd=tmp_path, capture_output=True, env=environment, timeout=200,
    )  # fmt: skip
    found = [
        row for row in json.loads(done.stdout) if row["subject"] == "packages" and str(tmp_path) in row["sentence"]
    ]
    assert [row["state"] for row in found] == ["note"]


def make_run(runs, name, *, published=False, previous=False, history=False):
    folder = RunFolder.create(runs, name)
    (folder.path / "plan.json").write_text("{}")
    (folder.path / "strip").mkdir()
    (folder.path / "strip" / "rows.parquet").write_bytes(b"x" * 100)
    for is_there, file in ((published, "published"), (previous, "previous.duckdb")):
        if is_there:
            (folder.path / file).touch()
    if history:
        (folder.path / "history").mkdir()
        (folder.path / "history" / "runs.parquet").touch()
    return folder


def test_only_run_folders_that_nothing_needs_are_removed(tmp_path):
    make_run(tmp_path, "20260101T000000-aaaa", published=True)
    make_run(tmp_path, "20260102T000000-bbbb", published=True, previous=True)
    make_run(tmp_path, "20260103T000000-cccc", history=True)  # refused, and no later run has taken its history over
    make_run(tmp_path, "20260104T000000-dddd", history=True)  # refused, known to the warehouse
    make_run(tmp_path, "20260430T000000-eeee", history=True)  # refused yesterday
    running = make_run(tmp_path, "20260105T000000-ffff")
    with running.hold():
        old = find_old_runs(tmp_path, ["20260104T000000-dddd"], days=14, now=NOW)
        assert {run.run_id[-4:] for run in old} == {"aaaa", "cccc", "dddd"}
        assert all(run.count_bytes >= 100 for run in old)
        remove_old_runs(old)
    left = {path.name[-4:]: sorted(one.name for one in path.iterdir()) for path in tmp_path.iterdir()}
    assert set(left) == {"bbbb", "cccc", "eeee", "ffff"}
    assert left["cccc"] == ["history", "plan.json"] and "strip" in left["eeee"] and "strip" in left["ffff"]
    assert [run.run_id[-4:] for run in find_old_runs(tmp_path, [], days=14, now=NOW)] == ["ffff"]


def test_clean_lists_with_dry_run_and_removes_without(tmp_path):
    write_warehouse(tmp_path / "revue.duckdb", [{"text": "Le maire parle."}])
    make_run(tmp_path / "revue.duckdb.runs", "20260101T000000-aaaa", published=True)
    assert b"1 run folder would be removed, " in call(tmp_path, "clean", "--dry-run").stdout
    assert (tmp_path / "revue.duckdb.runs" / "20260101T000000-aaaa").is_dir()
    assert b"1 run folder removed, " in call(tmp_path, "clean").stdout
    assert not list((tmp_path / "revue.duckdb.runs").iterdir())
    assert call(tmp_path, "clean").stdout == b"0 run folders removed, 0 bytes.\n"
    assert call(tmp_path, "clean", "--warehouse", "none.duckdb").returncode == 2
