"""read: containers, encodings, identity; what cannot be read is a row with a reason."""

import gzip
import hashlib
import io
import json
import os
import warnings
import zipfile
from pathlib import Path

import pytest
from backports import zstd
from pages import BODY, write_records

from tasks.discover import hash_input
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
    packed = {"": content, ".gz": gzip.compress(content), ".zst": zstd.compress(content)}[suffix]
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
        stream.write(b'{"text": "\x81"}\n')
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


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://a]b/", "http://\u2100.example/", "https://a.example/\ud800", "//", "http://a:b/"]
)
def test_a_record_with_a_wrong_address_is_read_and_so_is_the_next(tmp_path, url):
    records = [{"text": "un", "url": url, "title": "\ud800", "authors": ["\udfff"]}, {"text": "deux"}]
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join(json.dumps(one) + "\n" for one in records)
    )  # escaped: half a surrogate pair is in no encoding
    found = list(read_input(Input(str(path), path.name), record_bytes=1_000))
    assert [one.content for one in found] == ["un", "deux"]
    for one in found:
        str(one.url).encode(), one.source_key.encode(), "".join(one.given.values()).encode()


@pytest.mark.parametrize(
    ("intact", "damaged", "lost"),
    [
        (b"b.txt", b"\xff\xffxxx", ("pages.zip!/b.txt", 0)),  # the name before the content, which says it is UTF-8
        (b"b.txt", b"", ("pages.zip", 0)),
    ],
)
def test_a_zip_with_a_damaged_name_of_a_member_keeps_the_other(tmp_path, intact, damaged, lost):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(zipfile.ZipInfo(name), f"le texte de {name}")
            archive.infolist()[-1].flag_bits |= 0x800
            if not damaged and name == "b.txt":
                archive.infolist()[-1].filename = ""
    content = bytearray(target.getvalue())
    if damaged:
        at = content.index(intact + b"le texte")
        content[at - 23] |= 0x08  # the flag of UTF-8 in the header of the member
        content[at : at + len(intact)] = damaged
    path = tmp_path / "pages.zip"
    path.write_bytes(content)
    found = list(read_input(Input(str(path), path.name), record_bytes=1_000))
    assert [one.content for one in found if isinstance(one, Record)] == ["le texte de a.txt"]
    assert [(one.uri, one.record_no, one.reason) for one in found[1:]] == [(*lost, "broken_archive")]


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


LINES = b"".join(b'{"text": "ligne %d %s"}\n' % (number, hash_record(b"%d" % number).encode()) for number in range(50))


def framed(content):
    """Zstandard frames: two of records, each of them without its size, and a skippable one between them."""
    half = LINES.index(b"\n", len(content) // 2) + 1
    options = {zstd.CompressionParameter.content_size_flag: 0}
    first, second = (zstd.compress(part, options=options) for part in (content[:half], content[half:]))
    return first + b"\x5a\x2a\x4d\x18" + (9).to_bytes(4, "little") + b"seektable" + second


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        (".zst", zstd.compress),
        (".zst", framed),
        (".gz", lambda content: gzip.compress(content[:700]) + gzip.compress(content[700:])),
        (".gz", lambda content: gzip.compress(content) + b"\x00" * 512),
    ],
)
def test_records_may_be_compressed_in_parts(tmp_path, suffix, pack):
    path = tmp_path / f"r.jsonl{suffix}"
    path.write_bytes(pack(LINES))
    assert [item.content.split()[1] for item in read(path)] == list(map(str, range(50)))


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", framed)])
def test_cut_records_keep_what_precedes_the_cut_and_report_it(tmp_path, suffix, pack):
    path = tmp_path / f"r.jsonl{suffix}"
    path.write_bytes(pack(LINES)[:-200])
    *kept, last = read(path)
    assert kept and all(isinstance(item, Record) for item in kept)
    assert [item.record_no for item in [*kept, last]] == list(range(1, len(kept) + 2))
    assert last.reason == "broken_archive"


def test_a_damaged_checksum_is_reported_after_the_records(tmp_path):
    packed = bytearray(gzip.compress(LINES))
    packed[-8] ^= 1
    (tmp_path / "r.jsonl.gz").write_bytes(packed)
    assert reasons(read(tmp_path / "r.jsonl.gz")[50:]) == [(51, "broken_archive")]


def test_members_of_one_name_are_both_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in ("un", "deux"):
            archive.writestr("a.txt", text)
        archive.writestr("b.jsonl", '{"text": "x"}\n{"text": "y"}\n')
        archive.writestr("b.jsonl", '{"text": "z"}\n')
    found = read(tmp_path / "pages.zip")
    assert [(item.uri.split("/")[1], item.record_no, item.content) for item in found] == [
        ("a.txt", 1, "un"), ("a.txt", 2, "deux"), ("b.jsonl", 1, "x"), ("b.jsonl", 2, "y"), ("b.jsonl", 3, "z"),
    ]  # fmt: skip


def test_folders_in_an_archive_are_those_its_lines_are_counted_under(tmp_path):
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "pages.zip", "w") as archive:
        archive.writestr("gazette/", "")
        for name in ("gazette/a.txt", "echo\\b.txt", "c.txt", "../../d.txt", "deux\nlignes.txt"):
            archive.writestr(name, name)
    found = read_input(Input(str(tmp_path / "in" / "pages.zip"), "in/pages.zip"), record_bytes=1_000_000)
    assert {item.uri.split("!/")[1]: item.source_key for item in found} == {
        "gazette/a.txt": "folder:in/gazette",
        "echo/b.txt": "folder:in/echo",
        "c.txt": "folder:in",
        "d.txt": "folder:in",
        "deux\\nlignes.txt": "folder:in",
    }


def test_damage_of_one_member_leaves_the_others(tmp_path):
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", PAGE)
        archive.writestr("b.txt", "la page b")
    path.write_bytes(path.read_bytes().replace(b"la page b", b"la page c"))
    assert [getattr(item, "reason", None) for item in read(path)] == [None, "broken_archive"]


def test_a_file_that_vanished_or_changed_after_it_was_listed_is_rejected(tmp_path):
    path = tmp_path / "r.jsonl"
    write_records(path, [{"text": "un"}, {"text": "deux"}])
    item = hash_input(Input(str(path), "r.jsonl"))
    write_records(path, [{"text": "un"}, {"text": "trois"}])
    assert reasons(read_input(item, record_bytes=1_000)) == [(0, "changed")]
    path.unlink()
    assert reasons(read_input(item, record_bytes=1_000)) == [(0, "unreadable")]
    os.mkfifo(path)
    assert reasons(read_input(item, record_bytes=1_000)) == [(0, "not_a_file")]


def test_a_file_that_grows_is_read_up_to_its_listed_size(tmp_path):
    path = write_records(tmp_path / "r.jsonl", [{"text": "un"}])
    item = hash_input(Input(str(path), "r.jsonl"))
    with path.open("a") as stream:
        stream.write('{"text": "la moitié d')
    assert [one.content for one in read_input(item, record_bytes=1_000)] == ["un"]


class _Unseekable(io.RawIOBase):
    """A stream that a zip is written to with the sizes after each member."""

    def __init__(self):
        self.content = bytearray()

    def writable(self):
        return True

    def write(self, content):
        self.content += content
        return len(content)


def zipped(compression, target):
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name in ("b.txt", "in/a.jsonl", "picture.jpg", "c.txt"):
            content = '{"text": "un"}\n{"text": "deux"}\n' if name.endswith("jsonl") else f"{name} {PAGE}"
            archive.writestr(name, content)
    return bytes(target.content if isinstance(target, _Unseekable) else target.getvalue())


@pytest.mark.parametrize(
    ("compression", "make_target"),
    [(zipfile.ZIP_STORED, io.BytesIO), (zipfile.ZIP_DEFLATED, io.BytesIO), (zipfile.ZIP_DEFLATED, _Unseekable)],
)
def test_a_cut_zip_keeps_the_members_before_the_cut_and_reports_it(tmp_path, compression, make_target):
    content = zipped(compression, make_target())
    path = tmp_path / "pages.zip"
    path.write_bytes(content[: content.index(b"PK\x01\x02")])
    whole = [("b.txt", 1, None), ("in/a.jsonl", 1, None), ("in/a.jsonl", 2, None)]
    lost = ("pages.zip", 0, "broken_archive")

    def outcomes():
        return [(item.uri.rpartition("!/")[2], item.record_no, getattr(item, "reason", None)) for item in read(path)]

    assert outcomes() == [*whole, ("c.txt", 1, None), lost]
    path.write_bytes(content[: content.rindex(b"PK\x03\x04") + 60])
    assert outcomes() == [*whole, ("c.txt", 1, "broken_archive"), lost]
    path.write_bytes(content[: content.rindex(b"PK\x03\x04") + 10])
    assert outcomes() == [*whole, lost]
