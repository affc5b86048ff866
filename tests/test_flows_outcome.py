"""How a run ends in Prefect: the name of its state, its sentence, its artifacts, its log and its event."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from pages import write_check, write_page

from warehouse.errors import GateRefused, RevueError


def test_a_refused_run_shows_why_and_what_to_do(ingest, tmp_path, read_last_run):
    write_page(tmp_path / "page.txt")
    sql = "select doc_id, title as detail from documents"
    write_check(tmp_path / "revue.checks", "never", sql, scope="run")
    with pytest.raises(GateRefused, match="never") as refusal:
        ingest([tmp_path / "page.txt"], tmp_path / "revue.duckdb")
    shown = read_last_run()
    assert shown["state"] == ("FAILED", "Refused")
    assert shown["message"] == str(refusal.value)
    assert f'--because "…" --warehouse {tmp_path / "revue.duckdb"}`' in shown["message"]
    assert shown["tasks"]["audit"] == "Refused"
    assert "'check': 'never'" in shown["artifacts"]["revue-checks"].replace('"', "'")
    assert "published" in shown["artifacts"]["revue-funnel"]
    assert "--accept never" in shown["artifacts"]["revue-report"]
    assert "never" in shown["log"] and "Traceback" not in shown["log"] and "CheckResult" not in shown["log"]


def test_a_run_of_rejections_only_shows_why(ingest, tmp_path, read_last_run):
    (tmp_path / "empty.txt").touch()
    with pytest.raises(RevueError, match="Every record was rejected") as error:
        ingest([tmp_path / "empty.txt"], tmp_path / "revue.duckdb")
    shown = read_last_run()
    assert (shown["state"], shown["message"]) == (("FAILED", "Failed"), str(error.value))
    assert "empty" in shown["artifacts"]["revue-funnel"]
    assert shown["log"] and "Traceback" not in shown["log"]


def test_an_input_that_does_not_exist_fails_in_one_sentence(ingest, tmp_path, read_last_run):
    with pytest.raises(RevueError) as error:
        ingest([tmp_path / "missing"], tmp_path / "revue.duckdb")
    shown = read_last_run()
    assert (shown["state"], shown["message"]) == (("FAILED", "Failed"), str(error.value))
    assert shown["log"] and "Traceback" not in shown["log"]


def test_a_report_that_fails_after_publication_is_a_warning(ingest, tmp_path, read_last_run, rows):
    warehouse = tmp_path / "revue.duckdb"
    (tmp_path / "revue.report.html").mkdir()  # the page cannot be written
    run = ingest([write_page(tmp_path / "page.txt")], warehouse)
    assert run.state == "published"
    shown = read_last_run()
    assert shown["state"] == ("COMPLETED", "Completed with warnings")
    assert "The report was not written" in shown["message"]
    assert rows(warehouse, "select uri from documents") == [("page.txt",)]


class RecordedProgress:
    """A watcher that adds up the progress of each phase: pieces of work, words, rejected records."""

    def __init__(self) -> None:
        self.phases: dict[str, Counter[str]] = {}

    def begin(self, phase: str, total: int) -> None:
        self.phases[phase] = Counter(total=total)

    def advance(self, phase: str, count: int, *, words: int = 0, rejected: int = 0) -> None:
        self.phases[phase].update(done=count, words=words, rejected=rejected)

    def end(self, phase: str) -> None:
        self.phases[phase]["ended"] += 1


@pytest.fixture
def watched():
    """The progress that a terminal receives from the runs of a test: counts by phase."""
    from flows.runtime.progress import watcher

    recorded = RecordedProgress()
    token = watcher.set(recorded)
    yield recorded.phases
    watcher.reset(token)


def test_a_run_is_named_after_inputs_warehouse_and_id_and_shows_its_progress(
    ingest, tmp_path, read_last_run, watched, rows
):
    pages = [write_page(tmp_path / f"{name}.txt") for name in "abcde"]
    (tmp_path / "empty.txt").touch()
    (tmp_path / "short.txt").write_text("Trop court.\n", encoding="utf-8")
    run = ingest([*pages, tmp_path / "empty.txt", tmp_path / "short.txt"], tmp_path / "revue.duckdb")
    shown = read_last_run()
    assert shown["name"] == f"ingest a.txt, b.txt, c.txt and 4 more into revue.duckdb, {run.run_id}"
    assert shown["progress"] == (100.0, "done")
    assert "stripping and extracting: 7 of 7 documents" in shown["log"] and " words/s" in shown["log"]
    assert "rejected: empty 1" in shown["log"]
    assert {"revue-funnel", "revue-checks", "revue-report", "revue-documents"} <= set(shown["artifacts"])
    assert "file://" not in str(shown["artifacts"])
    assert "'records': 'published', 'reason': '', 'count': 1" in shown["artifacts"]["revue-funnel"].replace('"', "'")
    [(words, sources)] = rows(tmp_path / "revue.duckdb", "select sum(count_words), list(source_id) from documents")
    assert words > 50
    assert sources == ["unknown"]
    assert "| with source | 0.0% |" in shown["artifacts"]["revue-report"]
    assert watched["reading"] == Counter(total=7, done=7, rejected=1, ended=1)
    assert watched["stripping and extracting"] == Counter(total=7, done=7, words=words, rejected=1, ended=1)


def test_a_run_waits_visibly_for_another_one_on_the_same_warehouse(ingest, page_copy, read_last_run):
    import fcntl
    import threading

    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateName

    runs = page_copy / "revue.duckdb.runs"
    with (runs / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("20310101T000000-abcd")
        lock.flush()
        waiting: list[str] = []

        def release() -> None:
            """Release the lock once a flow run is shown as waiting."""
            shown = FlowRunFilter(state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Waiting"])))
            try:
                for _ in range(600):
                    with get_client(sync_client=True) as client:
                        states = [run.state for run in client.read_flow_runs(flow_run_filter=shown) if run.state]
                    if states:
                        waiting.append(str(states[0].message))
                        break
                    time.sleep(0.1)
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)

        releasing = threading.Thread(target=release)
        releasing.start()
        ingest([page_copy / "a.txt"], page_copy / "revue.duckdb")
        releasing.join()
    assert waiting == ["Waiting: 20310101T000000-abcd works on the same warehouse."]
    assert read_last_run()["state"][0] == "COMPLETED"


def test_the_flow_of_checks_ends_as_refused_when_a_critical_one_fails(page_copy, read_last_run):
    from flows.check import check

    sql = "select doc_id, title as detail from documents"
    added = write_check(page_copy / "revue.checks", "never", sql, scope="run")
    with pytest.raises(GateRefused, match="never failed"):
        check(str(page_copy / "revue.duckdb"))
    shown = read_last_run()
    assert shown["state"] == ("FAILED", "Refused")
    assert "never" in shown["artifacts"]["revue-checks"]
    added.unlink()
    assert check(str(page_copy / "revue.duckdb")) is None
    assert read_last_run()["state"][0] == "COMPLETED"
