"""Limits on one document: the process ends, the document is named, the others are done."""

import time

import pytest

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


def test_a_process_that_ends_outside_a_document_is_an_error_with_the_next_step(workers, tmp_path):
    with pytest.raises(RevueError, match="run the same command again"):
        workers.run_guarded(end, tmp_path / "journal")


def test_an_exception_in_a_worker_is_raised_in_the_caller(workers):
    with pytest.raises(ZeroDivisionError):
        workers.run(divmod, 1, 0)
