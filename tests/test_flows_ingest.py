"""The main job on real parts: a Prefect server, worker processes, the model, DuckDB files, Great Expectations.

What only the whole can show: accounting, positions, identity, and independence of order and batches.
"""

from __future__ import annotations

import shutil

import pytest
from compared_tables import list_different_tables
from conftest import SEEDS
from pages import BODY, clean, write_page, write_records

OUTCOMES = ("count_published", "count_unchanged", "count_duplicates", "count_rejected", "count_quarantined")
ACCOUNT = f"select count_read, {' + '.join(OUTCOMES)} from runs"


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
def test_the_positions_of_every_fact_hold_its_surface_in_text_and_raw_text(published, rows, table):
    raw = dict(rows(published, "select doc_id, string_agg(line, '' order by line_no) from lines group by all"))
    found = rows(
        published,
        f"select doc_id, surface, documents.text[start_char + 1 : end_char], raw_start, raw_end from {table} join documents using (doc_id)",
    )
    assert found
    for doc_id, surface, in_text, raw_start, raw_end in found:
        assert in_text == surface
        assert "".join(raw[doc_id][raw_start:raw_end].split()) == "".join(surface.split()) or table == "quotes"


def test_a_figure_is_linked_to_the_entity_it_is_about(published, rows):
    about = "select entities.name from figures join entities on entity_id = subject_entity_id"
    assert set(rows(published, f"{about} where value = 640 and counted = 'personnes'")) == {("Volthène",)}
    assert rows(published, f"{about} where value = 96 and unit = 'ha'") == [("Ghislain Pruvot",)]
    assert rows(published, "select count(*) from figures where subject is null and subject_entity_id is not null") == [
        (0,)
    ]
    assert rows(
        published, "select subject, subject_entity_id from figures where value = 240 and counted = 'sapeurs-pompiers'"
    ) == [(None, None)]


def test_of_two_texts_of_one_url_the_later_one_is_published(published, rows):
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


def test_a_dispatch_republished_by_another_source_is_one_story(published, rows):
    assert rows(
        published,
        "select count(distinct doc_id), count(distinct story_id) from documents where uri like '03%' or uri like '04%'",
    ) == [(2, 1)]


def test_a_second_run_of_the_same_inputs_changes_only_runs_and_checks(published, ingest, tmp_path, rows, worker_calls):
    again = tmp_path / "revue.duckdb"
    shutil.copy(published, again)
    run = ingest([SEEDS], again)
    assert (run.state, run.count_unchanged, run.count_published) == ("unchanged", 24, 0)
    assert worker_calls == []  # nothing was opened
    assert list_different_tables(published, again) == {"runs", "checks"}
    assert rows(again, ACCOUNT) == [(24, 24), (24, 24)]


def test_outcomes_do_not_depend_on_order_or_batches(ingest, tmp_path, worker_calls):
    files = sorted(SEEDS.iterdir())
    at_once, in_batches = tmp_path / "one" / "revue.duckdb", tmp_path / "other" / "revue.duckdb"
    # repetition is left out: it knows only the pages met so far, and published pages are not stripped again
    ingest([SEEDS], at_once, source_min_documents=1000)
    ingest(files[::-2], in_batches, source_min_documents=1000)
    worker_calls.clear()
    ingest(files, in_batches, source_min_documents=1000)
    read_now = sorted(one.split()[1] for one in worker_calls if one.startswith("read"))
    assert read_now == sorted(path.name for path in {*files} - {*files[::-2]})
    same = list_different_tables(at_once, in_batches, "* exclude (run_id)", ("documents", "duplicates"))
    same |= list_different_tables(
        at_once,
        in_batches,
        "*",
        ("lines", "mentions", "entities", "entity_names", "figures", "quotes", "roles", "dates"),
    )
    assert same == set()


def test_the_same_bytes_in_another_file_are_a_duplicate_and_then_unchanged(ingest, tmp_path, rows):
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


def test_a_corrected_record_leaves_the_rejections(ingest, tmp_path, rows):
    warehouse = tmp_path / "revue.duckdb"
    good = clean(" ".join(BODY))
    file = write_records(tmp_path / "in" / "records.jsonl", [good, '{"text": "cut'])
    assert ingest([file], warehouse).count_rejected == 1
    assert rows(warehouse, "select record_no, reason, attempts from rejections") == [(2, "broken_json", 1)]
    write_records(file, [good, clean("La digue est achevée, a annoncé la mairie.")])
    run = ingest([file], warehouse)
    assert (run.count_unchanged, run.count_published, run.count_rejected) == (1, 1, 0)
    assert rows(warehouse, "select count(*) from rejections") == [(0,)]


def test_published_documents_are_read_again_under_a_new_recipe(ingest, page_copy, rows):
    warehouse = page_copy / "revue.duckdb"
    run = ingest([page_copy / "a.txt"], warehouse, source_min_documents=7)
    assert (run.count_published, run.count_unchanged) == (1, 0)
    assert rows(warehouse, "select count(*), count(distinct recipe_strip) from documents") == [(1, 1)]
    assert rows(warehouse, "select max(count_documents) from line_counts") == [(1,)]


def test_a_line_on_most_pages_of_a_source_is_removed_from_html(ingest, tmp_path, rows):
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


def test_a_run_is_recorded_in_prefect_with_its_tasks_and_artifacts(published, server_url, rows):
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
    assert flow_run.state_name == "Completed with warnings"  # sources of the sample pages disagree
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
        "revue-funnel", "revue-documents", "revue-rejections", "revue-checks", "revue-report", "revue-progress",
    }  # fmt: skip


def test_a_copy_without_credit_has_the_agency_of_its_story(published, rows):
    sql = "select agency, method from documents join evidence using (doc_id) where field = 'agency' and is_chosen and uri like ?"
    assert rows(published, sql, ["03%"]) == [("AFP", "credit")]
    assert rows(published, sql, ["04%"]) == [("AFP", "copy")]
