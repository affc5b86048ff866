"""`revue forget`: a document leaves the warehouse and the files beside it, and no later run brings it back."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest
from pages import BODY, clean, write_page, write_records

from warehouse.store import TABLES, connect

SECRET = "Odilon Fauvergue, éclusier à Port-Aubry, a quitté Brisquebec avec ses deux filles après le jugement."
BECAUSE = "the person named asked for it"


def hold_secret(folder: Path) -> list[str]:
    """The files of a folder, and the tables of its DuckDB files, that hold the name of the person."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_relative_to(folder / "in"):
            continue
        if b"Fauvergue" in path.read_bytes():
            found.append(path.name)
        if path.suffix == ".duckdb":
            with connect(path, read_only=True) as connection:
                for table in TABLES:
                    [(count,)] = connection.execute(
                        f"select count(*) from {table} as one where contains(one::text, 'Fauvergue')"
                    ).fetchall()
                    found += [f"{path.name}: {table}"] * bool(count)
    return found


@pytest.fixture(scope="module")
def secret_folder(ingest, tmp_path_factory):
    """A folder with two published pages, one of which names a person that no other does, in two versions, and an earlier file."""
    folder = tmp_path_factory.mktemp("secret")
    url = "https://petit-cantalien.example/jugement"
    text = "\n\n".join((*BODY, SECRET))
    write_page(folder / "in" / "a.txt")
    write_records(folder / "in" / "old.jsonl", [clean(text, url=url, title="Fauvergue jugé", date="2025-03-01")])
    ingest([folder / "in"], folder / "revue.duckdb")
    newer = clean(text + "\n\nIl ne fera pas appel.", url=url, title="Fauvergue condamné", date="2025-03-02")
    write_records(folder / "in" / "new.jsonl", [newer])
    ingest([folder / "in"], folder / "revue.duckdb")
    return folder


@pytest.fixture
def folder(secret_folder, tmp_path):
    return Path(shutil.copytree(secret_folder, tmp_path, dirs_exist_ok=True))


def artifacts_with(word: str) -> int:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return sum(word in str(artifact.data) for artifact in client.read_artifacts(limit=200))


def test_a_forgotten_document_leaves_no_trace_and_does_not_come_back(folder, revue, ingest, rows):
    warehouse = folder / "revue.duckdb"
    assert {"revue.duckdb", "previous.duckdb", "revue.report.html"} <= set(hold_secret(folder)) | {"revue.duckdb"}
    assert "previous.duckdb: lines" in hold_secret(folder) and artifacts_with("Fauvergue")
    done = revue("forget", "new.jsonl", "--because", BECAUSE, cwd=folder)
    assert done.returncode == 0 and b"with 1 older version." in done.stdout
    assert hold_secret(folder) == [] and artifacts_with("Fauvergue") == 0
    assert rows(warehouse, "select uri, because, forgotten_by <> '' from forgotten order by uri") == [
        ("new.jsonl", BECAUSE, True), ("old.jsonl", BECAUSE, True),
    ]  # fmt: skip
    assert rows(warehouse, "select uri from documents") == [("a.txt",)]
    again = ingest([folder / "in"], warehouse, source_min_documents=7)  # another recipe: everything is read again
    assert (again.count_read, again.count_unchanged, again.count_published) == (3, 2, 1)
    assert hold_secret(folder) == []
    assert revue("check", cwd=folder).returncode == 0


def test_checks_pass_right_after_a_document_was_forgotten(folder, revue):
    assert revue("forget", "new.jsonl", "--because", BECAUSE, cwd=folder).returncode == 0
    done = revue("check", cwd=folder)
    assert done.returncode == 0 and b"published_counted" not in done.stdout


def test_the_same_bytes_elsewhere_are_forgotten_too(folder, revue, ingest, rows):
    assert revue("forget", "new.jsonl", "--because", BECAUSE, cwd=folder).returncode == 0
    shutil.copy(folder / "in" / "new.jsonl", folder / "in" / "copy.jsonl")
    run = ingest([folder / "in" / "copy.jsonl"], folder / "revue.duckdb")
    assert (run.count_read, run.count_unchanged) == (1, 1)
    assert hold_secret(folder) == []


def test_forgetting_again_removes_what_an_interrupted_command_left(folder, revue, rows):
    previous = next(folder.rglob("previous.duckdb"))
    kept = previous.read_bytes()
    assert revue("forget", "new.jsonl", "--because", BECAUSE, cwd=folder).returncode == 0
    previous.write_bytes(kept)
    [(doc_id,)] = rows(folder / "revue.duckdb", "select doc_id from forgotten where uri = 'new.jsonl'")
    done = revue("forget", doc_id, "--because", BECAUSE, cwd=folder)
    assert b"had been forgotten before" in done.stdout and hold_secret(folder) == []


def test_what_a_refused_run_read_of_a_rejected_document_is_forgotten(quarantined_copy, revue, rows):
    folder = quarantined_copy
    assert rows(folder / "revue.duckdb", "select count(*) from rejections where uri = 'sub/bees.txt'") == [(1,)]
    done = revue("forget", "bees.txt", "--because", BECAUSE, cwd=folder)
    assert done.returncode == 0
    assert rows(folder / "revue.duckdb", "select uri from rejections") == [("empty.txt",)]
    assert json_of(revue("rejected", "--json", cwd=folder)) == ["empty.txt"]
    retried = revue("retry", "--dry-run", cwd=folder).stdout
    assert b"bees" not in retried
    [(lines,)] = rows(folder / "revue.duckdb", "select count(*) from lines where contains(line, 'abeilles')")
    assert lines == 0


def json_of(done) -> list[str]:
    import json

    return [row["uri"] for row in json.loads(done.stdout)]


def test_the_run_folder_of_a_refused_run_is_emptied_of_the_document(refused_copy, revue, ingest, rows):
    folder, run_id = refused_copy
    (folder / "revue.checks" / "no_second.sql").unlink()
    ingest([folder / "in"], folder / "revue.duckdb", source_min_documents=7)
    done = revue("forget", "b.txt", "--because", BECAUSE, cwd=folder)
    assert done.returncode == 0, done.stderr
    left = {path.name for path in (folder / "revue.duckdb.runs" / run_id).rglob("*")}
    assert left == {"plan.json", "history", "runs.parquet", "checks.parquet", "rejections.parquet"}
    refused = revue("publish", run_id, cwd=folder)
    assert refused.returncode == 2 and b"it continues" in refused.stderr


def test_near_copies_form_a_story_without_the_forgotten_document(published_copy, revue, rows):
    warehouse = published_copy / "revue.duckdb"
    with connect(warehouse) as connection:  # other tests read the artifacts of the run that both warehouses hold
        connection.execute("update runs set flow_run_id = null")
    [(first,)] = rows(warehouse, "select min(story_id) from documents where story_id <> doc_id")
    done = revue("forget", first, "--because", "retracted", cwd=published_copy)
    assert b"Near copies of it are still published: " in done.stdout
    assert rows(warehouse, "select count(*) from documents where story_id = ?", [first]) == [(0,)]
    assert rows(warehouse, "select count(*) from duplicates where ? in (doc_id, duplicate_of)", [first]) == [(0,)]


def test_a_document_is_not_forgotten_while_a_run_works_on_the_warehouse(page_copy, revue):
    runs = page_copy / "revue.duckdb.runs"
    before = (page_copy / "revue.duckdb").read_bytes()
    with (runs / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("20310101T000000-abcd")
        lock.flush()
        done = revue("forget", "a.txt", "--because", BECAUSE, cwd=page_copy)
    assert done.returncode == 2 and b"20310101T000000-abcd works on the same warehouse." in done.stderr
    assert (page_copy / "revue.duckdb").read_bytes() == before
    assert revue("forget", "a.txt", "--because", BECAUSE, cwd=page_copy).returncode == 0


def test_forgetting_needs_a_reason_and_a_known_document(page_copy, revue):
    before = (page_copy / "revue.duckdb").read_bytes()
    done = revue("forget", "a.txt", "--because", " ", cwd=page_copy)
    assert done.returncode == 2 and b"--because" in done.stderr
    assert revue("forget", "nowhere.txt", "--because", "x", cwd=page_copy).returncode == 2
    assert (page_copy / "revue.duckdb").read_bytes() == before
