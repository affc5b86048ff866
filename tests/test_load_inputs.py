"""What is recorded of inputs that could not be read, and when they are read after all."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from pages import write_records

from tasks.discover import hash_input
from tasks.load.candidate import load_candidate, make_candidate
from tasks.read.shard import read_shard_inputs
from tasks.runtime.candidate import attach_scratch
from tasks.runtime.guard import Guard
from tasks.runtime.manifest import Manifest
from tasks.runtime.recipe import Recipe
from warehouse.rows import Input, Run
from warehouse.store import connect

STARTED_AT = datetime(2026, 1, 2, tzinfo=UTC)
RECIPE = Recipe("strip", "extract")


@pytest.fixture
def load(tmp_path):
    """`load(items, run_id)`: read these inputs and merge what was rejected; returns the rows of inputs and rejections."""
    path = tmp_path / "candidate.duckdb"
    make_candidate(tmp_path / "none", path, created_at=STARTED_AT)

    def run(items: list[Input], run_id: str):
        guard = Guard(tmp_path / "journal", 60.0)
        shards = read_shard_inputs(items, tmp_path / run_id, 1_000_000, 1_000_000, guard=guard, skip={})
        folders = tuple(tmp_path / run_id / os.path.basename(shard.folder) for shard in shards)
        manifest = Manifest(tuple(items), folders, (), (), RECIPE)
        with connect(path) as connection:
            attach_scratch(connection)
            load_candidate(connection, manifest, sources=[], run=Run(run_id, STARTED_AT, None, "running", ("in",)))
            inputs = connection.execute("select input_uri, count_records from inputs order by all").fetchall()
            rejections = connection.execute("select uri, record_no, reason from rejections order by all").fetchall()
        return inputs, rejections

    return run


@pytest.mark.parametrize("becomes", ["vanished", "changed"])
def test_an_input_that_could_not_be_read_is_read_by_the_next_run(tmp_path, load, becomes):
    item = hash_input(Input(str(write_records(tmp_path / "a.jsonl", [{"text": "un"}])), "a.jsonl"))
    other = hash_input(Input(str(write_records(tmp_path / "b.jsonl", [{"title": "no text"}])), "b.jsonl"))
    kept = (tmp_path / "a.jsonl").read_bytes()
    if becomes == "vanished":
        (tmp_path / "a.jsonl").unlink()
    else:
        (tmp_path / "a.jsonl").write_bytes(kept.replace(b"un", b"deux"))
    inputs, rejections = load([item, other], "20260102T030405-0001")
    assert inputs == [("b.jsonl", 1)]
    assert rejections == [("a.jsonl", 0, "unreadable" if becomes == "vanished" else "changed"), ("b.jsonl", 1, "empty")]
    (tmp_path / "a.jsonl").write_bytes(kept)
    inputs, rejections = load([item], "20260102T030405-0002")
    assert inputs == [("a.jsonl", 1), ("b.jsonl", 1)]
    assert rejections == [("b.jsonl", 1, "empty")]


def test_an_input_that_is_no_file_is_recorded_once(tmp_path, load):
    os.mkfifo(tmp_path / "a.txt")
    item = hash_input(Input(str(tmp_path / "a.txt"), "a.txt"))
    assert load([item], "20260102T030405-0001") == ([("a.txt", 1)], [("a.txt", 0, "not_a_file")])
