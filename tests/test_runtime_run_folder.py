"""The run folder and what lies in it: plan, manifest, shards, recipes, and the start of the worker processes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from flows.runtime.shard_runs import split_evenly
from tasks.extract.recipe import extract_recipe
from tasks.runtime.history import list_killed
from tasks.runtime.manifest import Manifest, read_manifest, write_manifest
from tasks.runtime.recipe import Recipe, name_recipe
from tasks.runtime.run_folder import RunFolder, list_killed_at_the_ends
from tasks.runtime.run_plan import RunPlan
from tasks.runtime.shards import rows_key
from tasks.strip.recipe import strip_recipe
from warehouse.rows import Input, Place
from warehouse.settings import Settings

STARTED_AT = datetime(2026, 1, 1, 8, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "runs", "20260101T080000-aaaa")


def test_a_plan_is_read_as_it_was_written(folder: RunFolder) -> None:
    plan = RunPlan(folder.run_id, STARTED_AT, ("in",), "flow-run", "strip-1/extract-1", 3)
    folder.write_plan(plan)
    assert folder.read_plan() == plan


def test_a_plan_of_an_earlier_version_is_read(folder: RunFolder) -> None:
    values = {
        "run_id": folder.run_id, "flow_run_id": None, "started_at": str(STARTED_AT), "inputs": ["in"],
        "recipes": {"recipe_strip": "strip-1", "recipe_extract": "extract-1"},
    }  # fmt: skip
    (folder.path / "plan.json").write_text(json.dumps(values))
    assert folder.read_plan() == RunPlan(folder.run_id, STARTED_AT, ("in",))
    assert [run.run_id for _, run in list_killed(folder.path.parent)] == [folder.run_id]


@pytest.mark.parametrize("text", ["", "{", "{}", '{"started_at": "some day"}'])
def test_a_plan_that_cannot_be_read_is_none_and_its_run_is_no_killed_run(folder: RunFolder, text: str) -> None:
    assert folder.read_plan() is None
    (folder.path / "plan.json").write_text(text)
    assert folder.read_plan() is None
    assert list(list_killed(folder.path.parent)) == []


def test_a_manifest_is_read_as_it_was_written_also_after_the_run_folder_moved(folder: RunFolder) -> None:
    def manifest(of: RunFolder) -> Manifest:
        return Manifest(
            inputs=(Input("/in/a.txt", "a.txt", "hash", 5),),
            record_folders=(of.path / "read" / "a" / "0000",),
            strip_folders=(of.path / "strip" / "b",),
            extract_folders=(of.path / "extract" / "c",),
            recipe=Recipe("strip-1", "extract-1"),
            count_unchanged=2,
            retried=(Place("a.txt", 1),),
        )

    assert read_manifest(folder) is None
    write_manifest(folder, manifest(folder))
    assert read_manifest(folder) == manifest(folder)
    moved = RunFolder(folder.path.rename(folder.path.with_name("20260101T080000-bbbb")))
    assert read_manifest(moved) == manifest(moved)


def test_a_shard_of_an_earlier_run_is_taken_over(folder: RunFolder) -> None:
    written = folder.shard("strip", "key")
    assert not written.exists()
    written.mkdir(parents=True)
    (written / "pages.parquet").write_text("PAR1 rows PAR1")
    later = RunFolder.create(folder.path.parent, "20260101T090000-bbbb")
    assert (later.shard("strip", "key") / "pages.parquet").read_text() == "PAR1 rows PAR1"
    assert not later.shard("strip", "other").exists()


@pytest.mark.parametrize("content", ["", "PAR1", "PAR1 ro", "rows PAR1", "PAR1 rows PAR"])
def test_a_shard_with_a_file_that_was_cut_is_not_taken_over(folder: RunFolder, content: str) -> None:
    written = folder.shard("read", "key") / "0001"
    written.mkdir(parents=True)
    (written / "records.parquet").write_text(content)
    later = RunFolder.create(folder.path.parent, "20260101T090000-bbbb")
    assert not later.shard("read", "key").exists()


def test_a_published_run_keeps_its_plan_and_the_file_it_replaced(folder: RunFolder) -> None:
    folder.write_plan(RunPlan(folder.run_id, STARTED_AT, ("in",)))
    for name in ("previous.duckdb", "candidate.duckdb", "scratch.duckdb", "record_status.parquet", "ingredients.json"):
        (folder.path / name).touch()
    for name in ("read", "strip", "extract", "history"):
        (folder.path / name).mkdir()
    with folder.hold():
        folder.finish()
    assert folder.is_published
    kept = {path.name for path in folder.path.iterdir()}
    assert kept == {"plan.json", "previous.duckdb", "published", "running"}


def test_the_key_of_rows_depends_on_the_rows_and_not_on_their_order(tmp_path: Path) -> None:
    def key(*numbers: int) -> str:
        parquet.write_table(pyarrow.table({"number": numbers}), tmp_path / "rows.parquet")
        return rows_key(tmp_path / "rows.parquet")

    assert key(1, 2, 3) == key(3, 1, 2)
    assert key(1, 2, 3) != key(1, 2, 2)


def test_a_recipe_changes_with_the_version_a_setting_a_data_file_and_the_users_sources(tmp_path: Path) -> None:
    sources = tmp_path / "sources.csv"
    sources.write_text("name\n")
    recipe = strip_recipe(Settings(), sources)
    assert recipe == strip_recipe(Settings(workers=7), sources)
    assert recipe != strip_recipe(Settings(source_min_documents=7), sources)
    sources.write_text("name\nNord Matin\n")
    assert recipe != strip_recipe(Settings(), sources)
    assert extract_recipe(Settings()) != extract_recipe(Settings(ner="model"))
    names = [
        name_recipe("strip", version, packages, [])
        for version, packages in (("1", ["tasks.strip"]), ("2", ["tasks.strip"]), ("1", ["tasks.extract"]))
    ]
    assert len(set(names)) == 3


def test_items_are_split_into_parts_of_nearly_one_length_in_order() -> None:
    assert split_evenly(range(7), 3) == [[0, 1, 2], [3, 4, 5], [6]]
    assert split_evenly("ab", 5) == [["a"], ["b"]]
    assert split_evenly([], 5) == []


_PROBE = """
import gc
from tasks.runtime.workers import Workers
from warehouse.settings import Settings
with Workers(Settings(workers=1), ["tasks.strip.warm:load_strip"]) as workers:
    print(workers.run(eval, "'tasks.strip' in __import__('sys').modules"), workers.run(gc.get_freeze_count) > 0)
"""


def test_worker_processes_start_with_what_the_loaders_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["True", "True"]


def test_a_run_killed_before_it_had_a_plan_or_after_it_published_is_found_by_its_flow_run(tmp_path: Path) -> None:
    names = ("killed", "at work", "planned", "failed", "published", "reported", "empty")
    folders = {name: RunFolder.create(tmp_path, name) for name in names}
    for name, folder in folders.items():
        folder.hold(None if name == "empty" else f"flow run of {name}").close()
    folders["planned"].write_plan(RunPlan("planned", STARTED_AT, ("in",)))
    folders["failed"].history.mkdir()
    folders["published"].finish()
    folders["reported"].finish()
    folders["reported"].release()
    with folders["at work"].hold("flow run of at work"):
        found = list(list_killed_at_the_ends(tmp_path))
    assert [folder.read_holder() for folder in found] == ["flow run of killed", "flow run of published"]
