"""Limits on one document: the process ends, the document is named, the others are done."""

import subprocess
import sys
import time

import pytest

from tasks.extract.shard import _read_pages
from tasks.runtime.guard import Failure, Guard, attempt
from tasks.runtime.workers import Workers
from warehouse.errors import RevueError
from warehouse.settings import Settings


def work(documents, *, guard, skip):
    """Name the documents done; one of them never ends, one kills the process."""
    done = []
    for name in documents:
        if name in skip:
            done.append(skip[name])
            continue
        with guard.watch(name):
            if name == "endless":
                time.sleep(600)
            if name == "deadly":
                import os

                os.kill(os.getpid(), 9)
            done.append(name)
    return done


def allocate(documents, *, guard, skip):
    """Take memory for each document, as many bytes as its name says."""
    return [attempt(name, guard, skip, lambda name=name: len(bytearray(int(name)))) for name in documents]


def work_on_pages(texts, *, guard, skip):
    """The outcome of each text in a batch that is read together; one of them never ends."""

    def read(batch):
        for page in batch:
            time.sleep(600 if page["text"] == "endless" else 0)
        return [page["text"] for page in batch]

    pages = [{"doc_id": f"d{number}", "text": text} for number, text in enumerate(texts)]
    return [outcome for _, outcome in _read_pages(pages, read, guard, skip)]


def end(*, guard, skip):
    """End the process outside any document."""
    import os

    os._exit(7)


@pytest.fixture(scope="module")
def workers():
    with Workers(Settings(document_seconds=1.0, workers=1)) as pool:
        yield pool


def test_documents_that_never_end_or_kill_the_process_are_named_and_the_others_done(workers, tmp_path):
    found = workers.run_guarded(work, tmp_path / "journal", ["a", "endless", "b", "deadly", "c"])
    assert found == ["a", "too_slow", "b", "crashed", "c"]
    assert not (tmp_path / "journal").exists()


def test_a_document_that_needs_more_memory_than_the_limit_is_named_and_the_others_done(tmp_path):
    with Workers(Settings(document_bytes=2_000_000_000, workers=1)) as pool:
        small, large, last = pool.run_guarded(allocate, tmp_path / "journal", ["1000", "4000000000", "2000"])
    assert (small, last) == (1000, 2000)
    assert isinstance(large, Failure) and large.reason == "too_large"


def test_of_a_batch_that_never_ends_the_one_page_that_does_not_is_named(workers, tmp_path):
    found = workers.run_guarded(work_on_pages, tmp_path / "journal", ["a", "b", "endless", "c"])
    assert [one.reason if isinstance(one, Failure) else one for one in found] == ["a", "b", "too_slow", "c"]


def test_a_process_that_ends_outside_a_document_is_an_error_with_the_next_step(workers, tmp_path):
    with pytest.raises(RevueError, match="run the same command again"):
        workers.run_guarded(end, tmp_path / "journal")


def test_an_exception_in_a_worker_is_raised_in_the_caller(workers):
    with pytest.raises(ZeroDivisionError):
        workers.run(divmod, 1, 0)


def test_an_exception_over_one_document_is_a_failure_with_its_place_and_its_traceback_is_kept(tmp_path):
    guard = Guard(tmp_path / "journal", 60)
    outcome = attempt("d1", guard, {}, lambda: int("seven"))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "internal_error"
    assert "ValueError" in outcome.detail and "test_runtime_guard.py" in outcome.detail
    assert "invalid literal" in (tmp_path / "d1.error.txt").read_text()
    assert attempt("d2", guard, {}, lambda: 7) == 7
    assert not (tmp_path / "journal").exists()


def test_an_exception_in_a_batch_rejects_only_the_document_that_raises_it(tmp_path):
    def read(batch):
        if any(page["text"] == "bad" for page in batch):
            raise IndexError("no character")
        return [page["text"].upper() for page in batch]

    pages = [{"doc_id": name, "text": text} for name, text in (("d1", "a"), ("d2", "bad"), ("d3", "c"))]
    found = {page["doc_id"]: facts for page, facts in _read_pages(pages, read, Guard(tmp_path / "j", 60), {})}
    assert (found["d1"], found["d3"]) == ("A", "C")
    assert found["d2"].reason == "internal_error" and "IndexError" in found["d2"].detail


def test_an_error_that_quotes_what_cannot_be_stored_is_a_failure_that_can(tmp_path):
    def quote():
        raise ValueError("\ud800" + "x" * 100_000)

    outcome = attempt("d1", Guard(tmp_path / "journal", 60), {}, quote)
    assert outcome.reason == "internal_error" and len(outcome.detail) < 500
    assert r"(\ud800xxx" in outcome.detail
    outcome.detail.encode()  # can be stored
    assert r"\ud800" in (tmp_path / "d1.error.txt").read_text()


def test_a_script_without_a_main_guard_is_not_run_again_in_its_workers(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import os\n"
        "from tasks.runtime.workers import Workers\n"
        "from warehouse.settings import Settings\n"
        "print('runs')\n"
        "with Workers(Settings(workers=1)) as workers:\n"
        "    print(workers.run(os.getppid) == os.getpid())\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == ["runs", "False"], done.stderr
