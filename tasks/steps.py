"""The Prefect tasks, one per step of the DAG: names, tags and retries over the functions that do the work.

They carry no tags: for each set of tags Prefect opens a client of its own to ask for concurrency limits, which takes two
seconds; the flow run is tagged instead. They stand apart from those functions because worker processes import the functions, and need not pay for Prefect.
Retries only where the outside world is touched: inputs may lie on a network share.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.discover import Discovery, Input, discover_inputs, drop_known, plan_shards
from tasks.entities import read_judgements
from tasks.history import carry_checks, carry_history, write_run
from tasks.ingredients import Ingredients, Place
from tasks.load import count_outcomes, identify_records, known_inputs, load_candidate, make_candidate
from tasks.publish import Fingerprint, fingerprint, prune_previous, publish_candidate, wait_for_writer
from tasks.repetition import count_repetition
from tasks.resolve import resolve_corpus
from tasks.runfolder import RunFolder
from tasks.screen import DocumentCheck, screen_documents
from tasks.shards import RecordShard, extract_shard, list_record_shards, read_shard_inputs, shard_key, strip_shard
from tasks.sources import read_source_rows
from tasks.workers import Workers
from warehouse.companions import Companions
from warehouse.rows import Run
from warehouse.settings import Settings
from warehouse.shards import list_shard_files
from warehouse.store import connect, insert_rows

_OPTIONS: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False, "log_prints": False}


@task(name="discover", task_run_name="discover", retries=2, retry_delay_seconds=2, **_OPTIONS)
def discover(given: Sequence[str], folder: RunFolder, retried: Sequence[Place] = ()) -> Discovery:
    """List and hash the inputs; of a retry those its records lie in."""
    return discover_inputs(given, stdin_file=folder.path / "stdin.txt", only={place.input_uri for place in retried})


@task(name="plan", task_run_name="plan", **_OPTIONS)
def plan(
    discovery: Discovery, base: Path | None, recipes: dict[str, str], settings: Settings
) -> tuple[list[list[Input]], int]:
    """Leave out the inputs met before under the same recipe, and cut the rest into shards."""
    fresh, count_unchanged = drop_known(discovery.inputs, known_inputs(base, recipes))
    return plan_shards(fresh, shard_bytes=settings.shard_bytes), count_unchanged


@task(name="read", task_run_name="read {number}", retries=2, retry_delay_seconds=2, **_OPTIONS)
def read(
    number: int, parts: Sequence[Sequence[Input]], folder: RunFolder, workers: Workers, settings: Settings
) -> list[RecordShard]:
    """Open, decode and identify the records of some shards of inputs."""
    shards: list[RecordShard] = []
    for inputs in parts:
        hashes = (f"{item.uri} {item.content_hash}" for item in inputs)
        target = folder.shard("read", shard_key("read", *hashes, settings.shard_bytes, settings.record_bytes))
        if target.is_dir():
            shards += list_record_shards(target)
        else:
            shards += workers.run(read_shard_inputs, inputs, target, settings.shard_bytes, settings.record_bytes)
    return shards


@task(name="identify", task_run_name="identify", **_OPTIONS)
def identify(
    folder: RunFolder,
    base: Path | None,
    shards: Sequence[RecordShard],
    recipes: dict[str, str],
    retried: Sequence[Place] = (),
) -> dict[str, int]:
    """Say of every record whether it is fresh, unchanged or a duplicate."""
    folders = [Path(shard.folder) for shard in shards]
    return identify_records(base, folders, folder.fates, recipes, run_id=folder.run_id, retried=retried)


@task(name="repetition", task_run_name="repetition", **_OPTIONS)
def repetition(folder: RunFolder, base: Path | None, shards: Sequence[RecordShard], settings: Settings) -> int:
    """Count in how many documents of its source each line stands."""
    files = list_shard_files([Path(shard.folder) for shard in shards], "record_lines")
    return count_repetition(base, files, folder.fates, folder.repeated, least_documents=settings.source_min_documents)


@task(name="strip", task_run_name="strip {number}", **_OPTIONS)
def strip(
    number: int,
    shards: Sequence[RecordShard],
    folder: RunFolder,
    workers: Workers,
    sources: Path,
    recipe: str,
    basis: str,
) -> list[Path]:
    """Tell article from chrome in the fresh records of some shards, and describe their pages."""
    targets: list[Path] = []
    for shard in shards:
        key = shard_key("strip", shard.folder_key, recipe, basis)
        target = folder.shard("strip", key)
        if not target.is_dir():
            arguments = (Path(shard.folder), target, folder.fates, folder.repeated, sources, recipe)
            workers.run_guarded(strip_shard, folder.journal(key), *arguments)
        targets.append(target)
    return targets


@task(name="extract", task_run_name="extract {number}", **_OPTIONS)
def extract(
    number: int, stripped: Sequence[Path], folder: RunFolder, workers: Workers, settings: Settings, recipe: str
) -> list[Path]:
    """Read sentences, names, dates, figures, quotes and roles from the articles of some shards."""
    targets: list[Path] = []
    for source in stripped:
        key = shard_key("extract", source.name, recipe)
        target = folder.shard("extract", key)
        if not target.is_dir():
            workers.run_guarded(extract_shard, folder.journal(key), source, target, settings.models, settings.ner)
        targets.append(target)
    return targets


@task(name="load", task_run_name="load", **_OPTIONS)
def load(run: Run, folder: RunFolder, companions: Companions, ingredients: Ingredients) -> Fingerprint | None:
    """Copy the published file and merge the run's shard files into the copy; returns the fingerprint of what was copied."""
    wait_for_writer(companions.path)
    base = fingerprint(companions.path)
    make_candidate(companions.path, folder.candidate, created_at=run.started_at)
    with connect(folder.candidate) as connection:
        carry_history(connection, companions.runs)
        carry_checks(connection, folder)
        load_candidate(connection, ingredients, sources=read_source_rows(companions.sources), run=run)
    return base


@task(name="screen", task_run_name="screen", **_OPTIONS)
def screen(run: Run, folder: RunFolder, ingredients: Ingredients, checks: Sequence[DocumentCheck]) -> dict[str, int]:
    """Quarantine the documents that fail a critical check of their own."""
    with connect(folder.candidate) as connection:
        return screen_documents(
            connection, checks, run_id=run.run_id, recipe=ingredients.recipe, screened_at=run.started_at
        )


@task(name="resolve", task_run_name="resolve", **_OPTIONS)
def resolve(run: Run, folder: RunFolder, companions: Companions, ingredients: Ingredients) -> Run:
    """Recompute versions, stories and entities over the whole corpus; returns the run with what became of its records."""
    with connect(folder.candidate) as connection:
        resolve_corpus(connection, read_judgements(companions.aliases))
        run = count_outcomes(connection, run, ingredients)
        write_run(connection, run)
        connection.execute("checkpoint")
    return run


@task(name="publish", task_run_name="publish", **_OPTIONS)
def publish(
    run: Run, folder: RunFolder, companions: Companions, base: Fingerprint | None, checks: Sequence[dict[str, Any]]
) -> None:
    """Write the run and its checks into the candidate, and put it in the place of the published file."""
    with connect(folder.candidate) as connection:
        write_run(connection, run)
        insert_rows(connection, "checks", checks)
        connection.execute("checkpoint")
    publish_candidate(folder.candidate, companions.path, folder.path, base)
    folder.finish()
    prune_previous(companions.runs)
