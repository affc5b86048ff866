"""The main job on real parts: a Prefect server, worker processes, the model, DuckDB files, Great Expectations.

What only the whole can show: identity, accounting, positions, publication, and going on after a stop.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import SEEDS
from pages import BODY, clean, write_page, write_records

from tasks.load.candidate import make_candidate
from tasks.publish import BaseChanged, prune_previous, publish_candidate
from tasks.runtime.published_file import fingerprint
from warehouse.errors import GateRefused, RevueError, UsageError
from warehouse.store import TABLES, connect

OUTCOMES = ("count_published", "count_unchanged", "count_duplicates", "count_rejected", "count_quarantined")
ACCOUNT = f"select count_read, {' + '.join(OUTCOMES)} from runs"


def differing(one: Path, other: Path, columns: str = "*", tables: Sequence[str] = TABLES) -> set[str]:
    """The tables whose rows differ between two warehouses."""
    found = set()
    with connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(f"attach '{other}' as other (read_only)")
        for table in tables:
            sides = [f"select {columns} from {side}.{table}" for side in ("one", "other")]
            query = f"select count(*) from (({sides[0]} except all {sides[1]}) union all ({sides[1]} except all {sides[0]}))"
            if connection.execute(query).fetchone() != (0,):
                found.add(table)
    return found


def test_samples_are_published_and_every_record_is_accounted_for(published, rows):
    assert rows(published, ACCOUNT) == [(24, 24)]
    assert rows(published, "select state, count_published, count_duplicates, count_rejected from runs") == [
        ("published", 19, 1, 4)
    ]
    assert rows(published, "select uri, record_no, reason from rejections order by uri") == [
        ("14_broken.jsonl", 2, "broken_json"),
        ("15_empty.txt", 1, "empty"),
        ("16_index.txt", 1, "not_an_article"),
        ("17_binary.txt", 1, "binary"),
    ]


def test_lines_rebuild_the_raw_text_of_every_file(published, rows):
    for path in sorted(SEEDS.glob("*.txt")):
        found = rows(
            published,
            "select string_agg(lines.line, '' order by line_no) from lines join (select doc_id, uri from documents union select doc_id, uri from rejections) using (doc_id) where uri = ?",
            [path.name],
        )
        if path.name[:2] not in ("15", "17"):
            assert found == [(path.read_bytes().decode("utf-8"),)], path.name


@pytest.mark.parametrize("table", ["sentences", "mentions", "dates", "figures", "quotes", "roles"])
def test_every_fact_stands_in_text_and_raw_text_where_it_says(published, rows, table):
    raw = dict(rows(published, "select doc_id, string_agg(line, '' order by line_no) from lines group by all"))
    found = rows(
        published,
        f"select doc_id, surface, documents.text[start_char + 1 : end_char], raw_start, raw_end from {table} join documents using (doc_id)",
    )
    assert found
    for doc_id, surface, in_text, raw_start, raw_end in found:
        assert in_text == surface
        assert "".join(raw[doc_id][raw_start:raw_end].split()) == "".join(surface.split()) or table == "quotes"


def test_a_figure_points_to_the_entity_it_is_about(published, rows):
    about = "select entities.name from figures join entities on entity_id = subject_entity_id"
    assert set(rows(published, f"{about} where value = 640 and counted = 'personnes'")) == {("Volthène",)}
    assert rows(published, f"{about} where value = 96 and unit = 'ha'") == [("Ghislain Pruvot",)]
    assert rows(published, "select count(*) from figures where subject is null and subject_entity_id is not null") == [
        (0,)
    ]
    assert rows(
        published, "select subject, subject_entity_id from figures where value = 240 and counted = 'sapeurs-pompiers'"
    ) == [(None, None)]


def test_two_texts_of_one_url_leave_the_later_one(published, rows):
    assert rows(
        published, "select count(*) from documents where url in (select url from duplicates where kind = 'version')"
    ) == [(1,)]
    assert rows(published, "select record_uri, record_no from duplicates where kind = 'version'") == [
        ("13_records.jsonl", 5)
    ]
    assert rows(published, "select title from documents where uri = '13_records.jsonl' and record_no = 6")[0][
        0
    ].startswith("Inondations : 163")
    assert rows(
        published, "select count(*) > 0 from lines join duplicates using (doc_id) where duplicates.kind = 'version'"
    ) == [(True,)]


def test_a_dispatch_republished_elsewhere_is_one_story(published, rows):
    assert rows(
        published,
        "select count(distinct doc_id), count(distinct story_id) from documents where uri like '03%' or uri like '04%'",
    ) == [(2, 1)]


def test_running_twice_changes_nothing_but_runs_and_checks(published, ingest, tmp_path, rows):
    again = tmp_path / "revue.duckdb"
    shutil.copy(published, again)
    run = ingest([SEEDS], again)
    assert (run.state, run.count_unchanged, run.count_published) == ("unchanged", 24, 0)
    assert differing(published, again) == {"runs", "checks"}
    assert rows(again, ACCOUNT) == [(24, 24), (24, 24)]


def test_order_and_batches_make_no_difference(ingest, tmp_path):
    files = sorted(SEEDS.iterdir())
    at_once, in_batches = tmp_path / "one" / "revue.duckdb", tmp_path / "other" / "revue.duckdb"
    # repetition is left out: it knows only the pages met so far, and published pages are not stripped again
    ingest([SEEDS], at_once, source_min_documents=1000)
    ingest(files[::-2], in_batches, source_min_documents=1000)
    ingest(files, in_batches, source_min_documents=1000)
    same = differing(at_once, in_batches, "* exclude (run_id)", ("documents", "duplicates"))
    same |= differing(
        at_once,
        in_batches,
        "*",
        ("lines", "mentions", "entities", "entity_names", "figures", "quotes", "roles", "dates"),
    )
    assert same == set()


def test_the_same_bytes_elsewhere_are_a_duplicate_and_then_unchanged(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    write_page(tmp_path / "in" / "a.txt")
    write_page(tmp_path / "in" / "b.txt")
    run = ingest([tmp_path / "in"], warehouse)
    assert (run.count_read, run.count_published, run.count_duplicates) == (2, 1, 1)
    assert rows(warehouse, "select record_uri, kind from duplicates") == [("b.txt", "exact")]
    write_page(tmp_path / "in" / "c.txt")
    run = ingest([tmp_path / "in"], warehouse)
    assert (run.count_read, run.count_unchanged, run.count_duplicates) == (3, 2, 1)
    assert rows(warehouse, "select count(*) from documents") == [(1,)]


def test_a_mended_record_leaves_the_rejections(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    good = clean(" ".join(BODY))
    file = write_records(tmp_path / "in" / "records.jsonl", [good, '{"text": "cut'])
    assert ingest([file], warehouse).count_rejected == 1
    assert rows(warehouse, "select record_no, reason, attempts from rejections") == [(2, "broken_json", 1)]
    write_records(file, [good, clean("La digue est achevée, a annoncé la mairie.")])
    run = ingest([file], warehouse)
    assert (run.count_unchanged, run.count_published, run.count_rejected) == (1, 1, 0)
    assert rows(warehouse, "select count(*) from rejections") == [(0,)]


def test_a_new_recipe_reads_again_what_was_published(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    page = write_page(tmp_path / "in" / "a.txt")
    ingest([page], warehouse)
    run = ingest([page], warehouse, source_min_documents=7)
    assert (run.count_published, run.count_unchanged) == (1, 0)
    assert rows(warehouse, "select count(*), count(distinct recipe_strip) from documents") == [(1, 1)]
    assert rows(warehouse, "select max(count_documents) from line_counts") == [(1,)]


def test_a_run_of_rejections_alone_publishes_nothing_and_is_told_later(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    (tmp_path / "empty.txt").touch()
    with pytest.raises(RevueError, match="Every record was rejected"):
        ingest([tmp_path / "empty.txt"], warehouse)
    assert not warehouse.exists()
    ingest([write_page(tmp_path / "a.txt")], warehouse)
    assert rows(warehouse, "select state from runs order by run_id") == [("failed",), ("published",)]
    assert rows(warehouse, "select uri, reason from rejections") == [("empty.txt", "empty")]


def test_a_refused_run_changes_nothing_and_is_told_later(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    ingest([write_page(tmp_path / "a.txt")], warehouse)
    before = warehouse.read_bytes()
    checks = tmp_path / "revue.checks"
    checks.mkdir()
    (checks / "no_second.sql").write_text(
        "-- name: no_second\n-- severity: critical\n-- scope: run\n-- sentence: There is one document.\n-- id: doc_id\n"
        "select doc_id, title as detail from documents where uri = 'b.txt'\n"
    )
    second = write_page(tmp_path / "b.txt", "Une autre page", BODY[::-1])
    with pytest.raises(GateRefused, match="no_second") as refusal:
        ingest([second], warehouse)
    assert refusal.value.checks == ("no_second",)
    assert warehouse.read_bytes() == before
    (checks / "no_second.sql").unlink()
    ingest([second], warehouse)
    assert rows(warehouse, "select state, count_published from runs order by run_id") == [
        ("published", 1),
        ("refused", 1),
        ("published", 1),
    ]
    assert rows(warehouse, "select success from checks where check_name = 'no_second'") == [(False,)]


def test_a_check_that_cannot_be_read_stops_the_run_before_any_work(ingest, tmp_path):
    page = write_page(tmp_path / "a.txt")
    checks = tmp_path / "revue.checks"
    checks.mkdir()
    for name, text in (
        ("mine.sql", "select 1"),
        ("thresholds.toml", "[counts.words_plausible"),
        ("thresholds.toml", "[counts.words]\nlow = 1"),
    ):
        (checks / name).write_text(text)
        with pytest.raises(UsageError, match=name):
            ingest([page], tmp_path / "revue.duckdb")
        (checks / name).unlink()
    assert list((tmp_path / "revue.duckdb.runs").rglob("plan.json")) == []


def test_a_refused_run_is_refused_again_however_often_it_is_repeated(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    early = [clean(f"{' '.join(BODY)} Page {number}.", date="2031-01-01") for number in range(5)]
    file = write_records(tmp_path / "future.jsonl", [*early, clean(" ".join(BODY))])

    def is_refused() -> None:
        with pytest.raises(GateRefused, match="quarantined_share"):
            ingest([file], warehouse)

    is_refused()
    is_refused()
    ingest([write_page(tmp_path / "a.txt")], warehouse)
    is_refused()
    assert rows(warehouse, "select uri from documents") == [("a.txt",)]
    assert rows(warehouse, "select distinct attempts from rejections where reason = 'not_in_future'") == [(2,)]


def test_a_document_that_fails_a_check_is_quarantined_and_the_rest_published(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    checks = tmp_path / "revue.checks"
    checks.mkdir()
    (checks / "no_bees.sql").write_text(
        "-- name: no_bees\n-- severity: critical\n-- scope: document\n-- sentence: No document is about bees.\n-- id: doc_id\n"
        "select doc_id, title as detail from documents where text ilike '%abeilles%'\n"
    )
    good = write_page(tmp_path / "in" / "good.txt")
    write_page(
        tmp_path / "in" / "bees.txt",
        "Les abeilles reviennent",
        (
            *BODY[:2],
            "Les abeilles, elles, ont été aperçues dès lundi sur les toits de la mairie de Port-Aubry.",
            *BODY[2:],
        ),
    )
    run = ingest([tmp_path / "in"], warehouse)
    assert (run.count_read, run.count_published, run.count_quarantined) == (2, 1, 1)
    assert rows(warehouse, "select uri, outcome, stage, reason from rejections") == [
        ("bees.txt", "quarantined", "screen", "no_bees")
    ]
    assert rows(warehouse, "select uri from documents") == [(good.name,)]
    assert rows(warehouse, "select count(*) from mentions anti join documents using (doc_id)") == [(0,)]


def test_another_run_that_publishes_meanwhile_is_not_lost(ingest, tmp_path, rows, monkeypatch):
    warehouse = tmp_path / "revue.duckdb"
    first, second = write_page(tmp_path / "a.txt"), write_page(tmp_path / "b.txt", "Une autre page", BODY[::-1])
    import flows.ingest as flow

    audit = flow.audit

    def publish_between(*arguments):
        monkeypatch.setattr(flow, "audit", audit)
        ingest([second], warehouse)  # the other run, while this one is at its audit
        return audit(*arguments)

    monkeypatch.setattr(flow, "audit", publish_between)
    ingest([first], warehouse)
    assert rows(warehouse, "select uri from documents order by uri") == [("a.txt",), ("b.txt",)]
    assert rows(warehouse, ACCOUNT) == [(1, 1), (1, 1)]


def test_a_killed_run_is_continued_without_reading_its_shards_again(ingest, tmp_path, rows, monkeypatch):
    warehouse = tmp_path / "revue.duckdb"
    page = write_page(tmp_path / "a.txt")
    import flows.ingest as flow

    def stop(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(flow, "audit", stop)
        with pytest.raises(BaseException):  # noqa: B017 (Prefect has its own name for an interrupt)
            ingest([page], warehouse)
    assert not warehouse.exists()
    from tasks.runtime.workers import Workers

    calls = []
    guarded = Workers.run_guarded
    monkeypatch.setattr(
        Workers, "run_guarded", lambda self, function, *rest: calls.append(function) or guarded(self, function, *rest)
    )
    ingest([page], warehouse)
    assert calls == []
    assert rows(warehouse, "select state from runs order by run_id") == [("failed",), ("published",)]


def test_a_left_over_wal_stops_the_run_with_a_sentence(ingest, tmp_path, monkeypatch):
    warehouse = tmp_path / "revue.duckdb"
    ingest([write_page(tmp_path / "a.txt")], warehouse)
    before = warehouse.read_bytes()
    (tmp_path / "revue.duckdb.wal").write_bytes(b"left over")
    monkeypatch.setattr("tasks.runtime.published_file._WAITS_SECONDS", (0.01,))
    with pytest.raises(RevueError, match=r"revue\.duckdb\.wal lies beside it"):
        ingest([write_page(tmp_path / "b.txt", "Autre")], warehouse)
    assert warehouse.read_bytes() == before


def test_the_last_two_published_files_are_kept(tmp_path):
    warehouse = tmp_path / "revue.duckdb"
    for number in range(5):
        candidate = tmp_path / "candidate.duckdb"
        make_candidate(warehouse, candidate, created_at=datetime(2025, 1, 1, tzinfo=UTC))
        publish_candidate(candidate, warehouse, tmp_path / "runs" / str(number), fingerprint(warehouse))
        prune_previous(tmp_path / "runs")
    assert [path.parent.name for path in sorted(tmp_path.glob("runs/*/previous.duckdb"))] == ["3", "4"]
    assert not candidate.exists()


def test_a_candidate_of_another_base_is_not_published(tmp_path):
    warehouse, candidate = tmp_path / "revue.duckdb", tmp_path / "candidate.duckdb"
    make_candidate(warehouse, candidate, created_at=datetime(2025, 1, 1, tzinfo=UTC))
    base = fingerprint(warehouse)
    warehouse.write_bytes(b"somebody else's")
    with pytest.raises(BaseChanged):
        publish_candidate(candidate, warehouse, tmp_path / "runs", base)
    assert warehouse.read_bytes() == b"somebody else's"


def test_the_run_is_in_prefect_with_its_tasks_and_artifacts(published, server_url, rows):
    import logging

    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, FlowRunFilter, FlowRunFilterId

    from flows.runtime.run_flow import drain

    assert logging.getLogger("prefect.flow_runs")
    [(flow_run_id,)] = rows(published, "select flow_run_id from runs")
    drain()
    with get_client(sync_client=True) as client:
        flow_run = client.read_flow_run(flow_run_id)
        tasks = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run.id])))
        artifacts = client.read_artifacts(
            artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run.id]))
        )
    assert flow_run.state_name == "Completed"
    assert {
        "discover",
        "plan",
        "read",
        "identify",
        "repetition",
        "strip",
        "extract",
        "load",
        "screen",
        "resolve",
        "audit",
        "publish",
    } <= {task.name.split("-")[0].split(" ")[0] for task in tasks}
    assert {artifact.key for artifact in artifacts} == {
        "revue-documents", "revue-rejections", "revue-checks", "revue-report", "revue-data-docs", "revue-progress",
    }  # fmt: skip


def test_a_line_that_most_pages_of_a_source_show_is_removed_from_markup_too(ingest, tmp_path, rows):
    shared = "Chaque semaine, la rédaction choisit pour vous les histoires de la région qui méritent le détour."
    for number, place in enumerate(("Vireuil", "Montreval", "Saint-Orens", "Brécourt", "Lanvallon", "Courtebois")):
        paragraphs = [paragraph.replace("Port-Aubry", place).replace(" la ", f" la {place} ") for paragraph in BODY]
        paragraphs += [shared] if number else []
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        page = tmp_path / "pages" / f"{place}.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"<html><body><article><h1>La digue de {place}</h1>{body}</article></body></html>", "utf-8")
    ingest([tmp_path / "pages"], tmp_path / "revue.duckdb")
    found = rows(tmp_path / "revue.duckdb", f"select is_kept, reason from lines where trim(line, e'\n') = '{shared}'")
    assert found == [(False, "repeated_in_source")] * 5
