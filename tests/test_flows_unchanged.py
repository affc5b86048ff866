"""A run that finds nothing new makes nothing again, unless something else has changed that the published file was made from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from compared_tables import list_different_tables
from pages import BODY, write_check, write_page

from expectations.checks import read_checks
from flows.runtime import basis as basis_module
from flows.runtime.basis import Basis, expects_nothing, find_basis, hash_sources, last_day_of, read_basis, write_basis
from tasks.extract.recipe import extract_recipe
from tasks.report.summary import summarise
from tasks.runtime.published_file import fingerprint
from tasks.runtime.recipe import Recipe
from tasks.runtime.run_folder import RunFolder
from tasks.runtime.run_plan import RunPlan
from tasks.runtime.workers import Workers
from tasks.strip.recipe import strip_recipe
from warehouse.companions import Companions
from warehouse.settings import Settings
from warehouse.store import connect

TODAY = date(2026, 3, 2)
MADE_AGAIN = {"load", "screen", "resolve", "audit", "publish", "report"}


@pytest.fixture
def started(monkeypatch) -> list[int]:
    """The numbers of worker processes started since the start of the test, one for each pool."""
    counts: list[int] = []
    start = Workers._start

    def spy(self: Workers) -> object:
        counts.append(self.count)
        return start(self)

    monkeypatch.setattr(Workers, "_start", spy)
    return counts


def test_a_run_that_finds_nothing_new_is_recorded_and_makes_nothing_again(
    ingest, revue, server_url, tmp_path, rows, read_last_run, started, worker_calls
):
    page, warehouse = write_page(tmp_path / "a.txt"), tmp_path / "revue.duckdb"
    first = ingest([page], warehouse)
    assert started == [1] and worker_calls and set(read_last_run()["tasks"]) >= MADE_AGAIN
    before = Path(shutil.copyfile(warehouse, tmp_path / "before"))
    report = (tmp_path / "revue.report.html").stat()
    started.clear(), worker_calls.clear()
    for count_runs in (2,):
        run = ingest([page], warehouse)
        shown = read_last_run()
        assert started == [] and worker_calls == []
        assert "record" in shown["tasks"] and not MADE_AGAIN & set(shown["tasks"])
        assert (run.state, run.count_read, run.count_unchanged, run.count_published) == ("unchanged", 1, 1, 0)
        assert rows(warehouse, "select count(*) from runs") == [(count_runs,)]
        assert list_different_tables(before, warehouse) == {"runs"}
        assert rows(warehouse, "select state, finished_at is not null from runs where run_id = ?", [run.run_id]) == [
            ("unchanged", True)
        ]
        # the checks are those of the run that was checked, and said to be
        summary = summarise(warehouse, run)
        assert summary.checked_run == first.run_id and summary.checks
        assert f"since run {first.run_id}" in shown["artifacts"]["revue-report"]
        assert summary.checks[0]["check_name"] in shown["artifacts"]["revue-checks"]
    said = revue("run", "a.txt", "--workers", "1").stdout.decode()
    assert f"Nothing has changed since run {first.run_id}" in " ".join(said.split()) and started == []
    assert (
        f"Run     {server_url.removesuffix('/api')}/runs/flow-run/{read_last_run()['id']}" in said
    )  # the server still runs
    assert (tmp_path / "revue.report.html").stat() == report
    assert len(list((tmp_path / "revue.duckdb.runs").glob("*/previous.duckdb"))) == 0  # none of two equal files is kept
    # one more page is the work of that page, and the checks are its own
    (added := tmp_path / "in").mkdir()
    write_page(added / "b.txt", "Une autre page", BODY[::-1])
    run = ingest([page, added], warehouse)
    assert (run.count_published, run.count_unchanged) == (1, 1)
    assert sorted(worker_calls) == ["extract_shard", "read_shard_inputs b.txt", "strip_shard"]
    assert set(read_last_run()["tasks"]) >= MADE_AGAIN and summarise(warehouse, run).checked_run == run.run_id


@pytest.fixture
def noted(page_copy) -> tuple[Companions, Recipe]:
    """A published file with a note of what it was made from."""
    companions, settings = Companions(page_copy / "revue.duckdb"), Settings()
    recipe = Recipe(strip_recipe(settings, companions.sources), extract_recipe(settings))
    with connect(companions.path, read_only=True) as connection:
        [(run_id,)] = connection.execute("select run_id from runs").fetchall()
    published = fingerprint(companions.path)
    assert published is not None
    note = Basis(hash_sources(companions, recipe), published, run_id, datetime.now(UTC) + timedelta(minutes=1))
    write_basis(companions, note)
    assert find_basis(companions, recipe, on=TODAY) == note
    return companions, recipe


def _append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def _refuse_a_run(companions: Companions) -> None:
    plan = RunPlan("20260101T080000-aaaa", datetime(2026, 1, 1, 8, tzinfo=UTC), ("in",))
    folder = RunFolder.create(companions.runs, plan.run_id)
    folder.write_plan(plan)
    folder.history.mkdir()


CHANGES: dict[str, Callable[[Companions], object]] = {
    "sources.csv": lambda of: _append(of.sources),
    "aliases.csv": lambda of: _append(of.aliases),
    "no aliases.csv": lambda of: of.aliases.unlink(),
    "a check": lambda of: write_check(of.checks, "mine", "select doc_id, title as detail from documents where false"),
    "bounds": lambda of: (of.checks.mkdir(), (of.checks / "thresholds.toml").write_text("")),
    "another file published": lambda of: os.utime(of.path),
    "no published file": lambda of: of.path.unlink(),
    "no report": lambda of: of.report.unlink(),
    "no Data Docs": lambda of: shutil.rmtree(of.docs),
    "a refused run": _refuse_a_run,
    "a damaged note": lambda of: (of.runs / "basis.json").write_text('{"made_from": 1}'),
    "no note": lambda of: (of.runs / "basis.json").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_the_file_depends_on_makes_it_again(noted, change):
    companions, recipe = noted
    CHANGES[change](companions)
    assert find_basis(companions, recipe, on=TODAY) is None


def test_another_recipe_version_of_revue_or_library_makes_it_again(noted, monkeypatch):
    companions, recipe = noted
    assert find_basis(companions, replace(recipe, extract="extract-0-0"), on=TODAY) is None
    for name, other in (("hash_package", lambda *_: "other"), ("version", lambda _: "0")):
        with monkeypatch.context() as patch:
            patch.setattr(basis_module, name, other)
            assert find_basis(companions, recipe, on=TODAY) is None
    assert find_basis(companions, recipe, on=TODAY) is not None


def test_an_acceptance_that_runs_out_makes_it_again(noted):
    companions, recipe = noted
    note = read_basis(companions)
    assert note is not None
    until = last_day_of([{"accepted_until": None}, {"accepted_until": TODAY}, {"accepted_until": date(2026, 4, 1)}, {}])
    write_basis(companions, replace(note, holds_until=until))
    assert find_basis(companions, recipe, on=TODAY) is not None
    assert find_basis(companions, recipe, on=TODAY + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("sql", "depends"),
    [
        ("select doc_id from documents where published_on > today()", True),
        ("select doc_id from documents where published_on > current_date", True),
        ("select doc_id from documents where published_at < NOW() - interval 1 year", True),
        ("select doc_id from documents where age(published_on) > interval 1 year", True),
        ("select doc_id from documents using sample 10 percent where random() > 0.5", True),
        ("select doc_id from documents where run_id = getvariable('run_id')", True),
        ("select doc_id from documents semi join runs using (run_id)", True),
        ("select doc_id from checks", True),
        ("select doc_id from documents where text ilike '%abeilles%'", False),
        ("select doc_id from mentions where surface = 'Page'", False),
        ("select doc_id from documents where published_on > date '2030-01-01'", False),
    ],
)
def test_a_check_of_the_user_that_asks_for_run_or_time_is_evaluated_in_each_run(tmp_path, sql, depends):
    write_check(tmp_path / "checks", "mine", sql)
    [check] = read_checks(tmp_path / "checks")
    assert check.depends_on_run is depends


def test_nothing_is_expected_when_no_input_is_newer_than_the_last_run(noted):
    companions, _ = noted
    folder, settings = companions.path.parent, Settings(warehouse=str(companions.path))
    page = folder / "a.txt"
    assert expects_nothing(companions, settings, [str(page)], on=TODAY)
    assert not expects_nothing(companions, settings, ["-"], on=TODAY)
    assert not expects_nothing(companions, settings, [str(folder / "missing.txt")], on=TODAY)
    assert not expects_nothing(
        companions, settings.model_copy(update={"source_min_documents": 7}), [str(page)], on=TODAY
    )
    note = read_basis(companions)
    assert note is not None
    write_basis(companions, replace(note, started_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert not expects_nothing(companions, settings, [str(page)], on=TODAY)
