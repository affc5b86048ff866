"""What an older recipe made is made again from the warehouse: no input is read, and nothing is done that need not be."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from compared_tables import list_different_tables
from conftest import SEEDS
from lxml.html import document_fromstring
from pages import BODY, clean, write_page, write_records

from tasks.strip.describe.markup_claims import markup_claims
from warehouse.errors import UsageError
from warehouse.store import TABLES, read_sql

# What says which run made a row; the rest must be as if the inputs had been read again.
OF_RUNS = ("runs", "checks", "inputs", "meta")


@pytest.fixture
def refresh(server_url: str) -> Callable[..., Any]:
    """`refresh(warehouse, **settings)`: the real flow."""

    def run(warehouse: Path, **options: Any) -> Any:
        from flows.refresh import refresh
        from warehouse.settings import Settings

        return refresh(str(warehouse), Settings(**({"workers": 1} | options)))

    return run


def list_changed(one: Path, other: Path, *without: str) -> set[str]:
    """The tables that differ between two warehouses, but for the columns that name a run or are left out."""
    changed = set()
    for table in sorted({*TABLES} - {*OF_RUNS}):
        columns = f"columns(c -> c not in {('run_id', 'first_rejected_at', 'rejected_at', 'attempts', *without)!r})"
        changed |= list_different_tables(one, other, columns, (table,))
    return changed


def test_another_model_finds_facts_again_and_strips_nothing(
    ingest, refresh, published_copy, tmp_path, rows, worker_calls, monkeypatch
):
    import flows.ingest as flow

    def stop(*arguments, **options):
        raise KeyboardInterrupt

    warehouse, anew = published_copy / "revue.duckdb", tmp_path / "anew" / "revue.duckdb"
    with monkeypatch.context() as broken:
        broken.setattr(flow, "audit", stop)
        with pytest.raises(BaseException):  # noqa: B017 (Prefect has its own name for an interrupt)
            refresh(warehouse, ner="model")
    assert set(worker_calls) == {"extract_shard"}
    worker_calls.clear()
    run = refresh(warehouse, ner="model")
    assert worker_calls == []  # the killed run had found all facts
    assert (run.state, run.count_read, run.count_published) == ("published", 19, 19)
    assert rows(warehouse, "select count(distinct recipe_extract) from documents") == [(1,)]
    current = "select any_value(recipe_strip || '/' || recipe_extract) from documents"
    assert rows(warehouse, f"select count(*) from inputs where recipe <> ({current})") == [
        (0,)
    ]  # nor need they be read

    ingest([SEEDS], anew, ner="model")
    assert list_changed(warehouse, anew) == {"rejections"}  # which were not tried under the new recipe
    assert list_changed(warehouse, anew, "recipe") == set()


@pytest.mark.slow
def test_new_rules_for_stripping_start_from_the_lines(ingest, refresh, tmp_path, rows, worker_calls):
    warehouse, before = tmp_path / "revue.duckdb", tmp_path / "before.duckdb"
    inputs = tmp_path / "in"
    write_page(inputs / "a.txt")
    paragraphs = "".join(f"<p>{one.replace('Port-Aubry', 'Lanvallon')} À Lanvallon, on attend.</p>" for one in BODY)
    markup = (
        '<html lang="fr"><head><title>À Lanvallon, la digue attend | Le Courrier du Val</title>'
        '<meta property="article:published_time" content="2025-03-14T23:30:00+02:00"></head>'
        f"<body><article><h1>À Lanvallon, la digue attend</h1>{paragraphs}</article></body></html>"
    )
    (inputs / "page.html").write_text(markup, "utf-8")
    body = [paragraph.replace("Port-Aubry", "Quérigny").replace("mardi", "jeudi") for paragraph in BODY]
    given = {
        "title": "Quérigny aura sa digue", "author": ["Anne Roy", "Paul Desombre"], "date": "2025-03-14T23:30:00+05:00",
        "source": "Le Courrier du Val", "url": "https://courrier.example/digue", "language": "fr",
    }  # fmt: skip
    write_records(
        inputs / "r.jsonl",
        [{"text": "\n\n".join(body[::-1])} | given, clean(" ".join(body[1:]), date="2025-01-02T00:30-08:00")],
    )
    ingest([inputs], warehouse)
    shutil.copy(warehouse, before)
    shutil.rmtree(inputs)
    worker_calls.clear()

    run = refresh(warehouse, source_min_documents=7)
    assert (run.state, run.count_published) == ("published", 3)
    assert worker_calls == ["strip_shard", "extract_shard"]
    assert list_changed(before, warehouse, "recipe_strip") == set()
    assert rows(warehouse, "select count(*) from documents where published_zone = 'given'") == [(3,)]
    again = (
        "select uri from documents where (doc_id, recipe_strip) in (select (doc_id, recipe_strip) from old.documents)"
    )
    assert _attached(before, warehouse, again) == [("page.html",)]  # its markup is gone with its file


def _attached(before: Path, warehouse: Path, query: str) -> list[Any]:
    from warehouse.store import connect

    with connect(warehouse, read_only=True) as connection:
        connection.execute(f"attach '{before}' as old (read_only)")
        return connection.execute(query).fetchall()


def test_a_run_with_another_model_does_not_strip_again(ingest, page_copy, rows, worker_calls):
    warehouse = page_copy / "revue.duckdb"
    before = rows(warehouse, "select * from lines order by line_no")
    write_page(page_copy / "b.txt", "Une autre page", BODY[::-1])
    run = ingest([page_copy / "a.txt", page_copy / "b.txt"], warehouse, ner="model")
    assert (run.count_published, run.count_unchanged) == (2, 0)
    assert sorted(worker_calls) == [
        "extract_shard",
        "extract_shard",
        "read_shard_inputs a.txt",
        "read_shard_inputs b.txt",
        "strip_shard",
    ]
    assert (
        rows(warehouse, "select lines.* from lines join documents using (doc_id) where uri = 'a.txt' order by line_no")
        == before
    )


def test_nothing_to_refresh_is_said_before_anything_is_started(refresh, tmp_path):
    with pytest.raises(UsageError, match="There is no warehouse"):
        refresh(tmp_path / "revue.duckdb")


def test_every_method_of_markup_marks_a_page_that_is_not_stripped_again_from_its_lines():
    page = document_fromstring(
        """<html lang="fr"><head><title>Le pont rouvre</title><link rel="canonical" href="https://val.example/pont">
        <meta property="og:title" content="Le pont rouvre"><meta name="twitter:title" content="Le pont">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Le pont rouvre"}</script></head>
        <body><article><h1>Le pont rouvre</h1><time datetime="2025-06-12">12 juin</time><p itemprop="author">Anne Perrin</p>
        <a rel="author" href="/anne">Anne Perrin</a></article></body></html>"""
    )
    methods = {one.method for one in markup_claims(page, {"title": "Le pont rouvre"})}
    listed = re.findall(r"^        '(\w+)',$", read_sql("tasks.recall", "outdated"), flags=re.MULTILINE)
    assert methods == set(listed)
