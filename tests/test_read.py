"""read: containers, encodings, identity; what cannot be read is a row with a reason."""

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
import zstandard
from pages import BODY, write_records

from tasks.read import decode, hash_record, read_input
from tasks.read.decode import Undecodable
from tasks.read.shard import read_shard_inputs
from tasks.runtime.shards import read_shard
from tasks.runtime.workers import Workers
from warehouse.rows import Input, Record
from warehouse.settings import Settings

PAGE = "Éléonore a dit « non » à l’été 2025 : c’est décidé.\n" * 3


def read(path, record_bytes=1_000_000):
    return list(read_input(Input(str(path), path.name), record_bytes=record_bytes))


def reasons(found):
    return [(item.record_no, item.reason) for item in found]


def test_a_doc_id_is_the_beginning_of_the_sha256_of_the_bytes():
    assert hash_record(b"abc") == hashlib.sha256(b"abc").hexdigest()[:32]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_compression_changes_neither_text_nor_identity(tmp_path, suffix):
    content = PAGE.encode()
    packed = {"": content, ".gz": gzip.compress(content), ".zst": zstandard.compress(content)}[suffix]
    path = tmp_path / f"page.txt{suffix}"
    path.write_bytes(packed)
    [record] = read(path)
    assert (record.content, record.doc_id, record.kind, record.record_no) == (PAGE, hash_record(content), "text", 1)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_found_and_the_byte_order_mark_is_dropped(encoding, name):
    assert decode(PAGE.encode(encoding)) == (PAGE, name)


def test_a_declared_charset_counts_where_utf8_fails():
    page = '<html><head><meta charset="iso-8859-15"></head><body>10 €, œuvre</body></html>'
    assert decode(page.encode("iso-8859-15"), is_markup=True) == (page, "iso8859-15")
    assert decode("Ünï".encode("koi8-r", "replace") + b"\xd0", declared="koi8-r")[1] == "koi8-r"


def test_latin_1_on_the_web_means_windows_1252():
    page = '<meta charset="iso-8859-1"><p>10 € pour l’été'
    assert decode(page.encode("cp1252"), is_markup=True) == (page, "cp1252")


def test_a_wrong_declaration_is_ignored():
    page = '<meta charset="iso-8859-1"><p>été'
    assert decode(page.encode(), is_markup=True) == (page, "utf-8")
    assert decode("déjà vu, été, œuvre, garçon".encode("cp1252"), declared="nonsense")[1] == "cp1252"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(range(256)) * 4, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"\xff\xfe\x00\xd8", "undecodable"),
    ],
)
def test_bytes_that_are_not_text_are_undecodable(content, reason):
    found = decode(content)
    assert isinstance(found, Undecodable) and found.reason == reason


def test_jsonl_fields_become_a_record_with_its_given_values(tmp_path):
    fields = {
        "text": "Une phrase.",
        "url": "https://www.gazette.example/a",
        "title": "T",
        "date": "2025-03-04",
        "author": ["A", "B"],
        "source": "S",
        "is_clean": True,
    }
    [record] = read(write_records(tmp_path / "r.jsonl", [fields]))
    assert record == Record(
        hash_record(json.dumps(fields, ensure_ascii=False).encode()), "r.jsonl", 1, "text", "Une phrase.", "utf-8",
        "https://www.gazette.example/a", "s", True, {"title": "T", "date": "2025-03-04", "author": "A; B", "source": "S"},
    )  # fmt: skip


def test_a_jsonl_record_without_source_is_grouped_by_its_domain(tmp_path):
    [record] = read(
        write_records(tmp_path / "r.jsonl", [{"raw_html": "<p>x</p>", "url": "https://www.gazette.example/a"}])
    )
    assert (record.kind, record.content, record.source_key) == ("html", "<p>x</p>", "gazette.example")


def test_each_bad_line_of_jsonl_is_rejected_and_the_rest_is_read(tmp_path):
    path = write_records(
        tmp_path / "r.jsonl", [{"text": "a"}, '{"text": ', "[1]", {"title": "no text"}, "", {"text": "b"}]
    )
    with path.open("ab") as stream:
        stream.write(b'{"text": "\xff"}\n')
    found = read(path)
    assert [item.record_no for item in found] == [1, 2, 3, 4, 6, 7]
    assert reasons(found[1:4]) == [(2, "broken_json"), (3, "broken_json"), (4, "empty")]
    assert (found[4].content, found[5].reason) == ("b", "undecodable")
    assert all(item.doc_id for item in found)


def test_a_line_that_is_too_long_is_rejected_and_the_next_one_read(tmp_path):
    found = read(write_records(tmp_path / "r.jsonl", [{"text": "x" * 3_000_000}, {"text": "b"}]))
    assert (reasons(found[:1]), found[1].content) == ([(1, "too_large")], "b")


def test_half_a_surrogate_pair_is_replaced(tmp_path):
    [record] = read(write_records(tmp_path / "r.jsonl", ['{"text": "a\\ud83d b"}']))
    assert record.content == "a\ufffd b"


def test_members_of_an_archive_are_read_or_rejected(tmp_path):
    inner = io.BytesIO()
    zipfile.ZipFile(inner, "w").close()
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("in/a.txt", PAGE)
        archive.writestr("b.jsonl", '{"text": "un"}\n{"text": "deux"}\n')
        archive.writestr("nested.zip", inner.getvalue())
        archive.writestr("c.jpg", b"1")
        archive.writestr(".hidden.txt", "x")
    found = read(tmp_path / "pages.zip")
    assert [(item.uri, item.record_no) for item in found] == [
        ("pages.zip!/b.jsonl", 1), ("pages.zip!/b.jsonl", 2), ("pages.zip!/in/a.txt", 1), ("pages.zip!/nested.zip", 0),
    ]  # fmt: skip
    assert found[3].reason == "nested_archive"


def test_a_small_archive_cannot_fill_the_memory(tmp_path):
    with gzip.open(tmp_path / "bomb.txt.gz", "wb") as stream:
        stream.write(b"0" * 5_000_000)
    assert reasons(read(tmp_path / "bomb.txt.gz")) == [(1, "too_large")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.zip", b"no zip", "broken_archive"),
        ("a.txt.gz", b"no gzip", "broken_archive"),
        ("a.txt.gz", gzip.compress(PAGE.encode() * 99)[:-20], "broken_archive"),
        ("a.txt.zst", b"no zst at all", "broken_archive"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\xc2\xa0\n", "empty"),
        ("a.pdf", b"%PDF", "unknown_type"),
    ],
)
def test_an_input_that_cannot_be_opened_is_a_rejection(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    [found] = read(tmp_path / name)
    assert found.reason == reason
    assert found.detail.endswith(".")


def test_warc_gives_its_pages_with_address_and_charset(tmp_path):
    page = f"<html><body><p>{BODY[0]}</p></body></html>"

    def response(url, status, media_type, body):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
        return (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n".encode()
            + http
            + b"\r\n\r\n"
        )

    path = tmp_path / "crawl.warc"
    path.write_bytes(
        response("https://a.example/1", "200 OK", "text/html; charset=windows-1252", page.encode("cp1252"))
        + response("https://a.example/2", "404 Not Found", "text/html", b"<p>rien</p>")
        + response("https://a.example/3", "200 OK", "image/png", b"\x89PNG")
    )
    found = read(path)
    assert (found[0].content, found[0].url, found[0].source_key, found[0].encoding) == (
        page,
        "https://a.example/1",
        "a.example",
        "cp1252",
    )
    assert found[0].doc_id == hash_record(page.encode("cp1252"))
    assert reasons(found[1:]) == [(2, "http_status"), (3, "not_text")]


def test_a_page_that_hangs_while_it_is_rendered_is_not_counted_and_its_neighbours_are(tmp_path):
    attributes = " ".join(f"a{number}" for number in range(100_000))  # libxml2 compares each with all before it
    pages = {"a": "<p>un", "b": f"<p {attributes}>deux</p>", "c": "<p>trois</p>"}
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_text(page)
    inputs = [Input(str(tmp_path / f"{name}.html"), f"{name}.html") for name in pages]
    with Workers(Settings(document_seconds=2.0, workers=1)) as workers:
        [shard] = workers.run_guarded(
            read_shard_inputs, tmp_path / "journal", inputs, tmp_path / "read", 2_000_000, 2_000_000
        )
    assert [row["uri"] for row in read_shard(Path(shard.folder), "records")] == ["a.html", "b.html", "c.html"]
    assert {row["uri"] for row in read_shard(Path(shard.folder), "record_lines")} == {"a.html", "c.html"}
