"""warc: records as crawlers write them, and archives that end early."""

import gzip
import zlib

import brotli
import pytest
from backports import zstd
from pages import BODY

from tasks.read import hash_record, read_input
from warehouse.rows import Input

PAGE = f"<html><body><p>{'</p><p>'.join(BODY)}</p></body></html>".encode()
HTML = "Content-Type: text/html; charset=utf-8\r\n"


def record(head, body, *, kind="response", status="200 OK", media_type="application/http; msgtype=response"):
    content = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body if media_type.startswith("application/http") else body
    warc_head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://gazette.example/a\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return warc_head.encode() + content + b"\r\n\r\n"


def chunked(body, size=200, extension=b"", end=b"\r\n"):
    starts = range(0, len(body), size)
    parts = [body[start : start + size] for start in starts]
    return b"".join(b"%X%s\r\n%s%s" % (len(part), extension, part, end) for part in parts) + b"0\r\n\r\n"


def deflated(body):
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


def read(tmp_path, content, name="crawl.warc"):
    (tmp_path / name).write_bytes(content)
    return list(read_input(Input(str(tmp_path / name), name), record_bytes=100_000))


def pages(found):
    return [getattr(item, "content", None) or item.reason for item in found]


CODED = {
    "plain": ("", PAGE),
    "gzip": ("Content-Encoding: gzip\r\n", gzip.compress(PAGE)),
    "gzip, two members": ("Content-Encoding: gzip\r\n", gzip.compress(PAGE[:300]) + gzip.compress(PAGE[300:])),
    "x-gzip": ("content-encoding: X-GZIP\r\n", gzip.compress(PAGE)),
    "deflate": ("Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
    "deflate without head": ("Content-Encoding: deflate\r\n", deflated(PAGE)),
    "br": ("Content-Encoding: br\r\n", brotli.compress(PAGE)),
    "zstd": ("Content-Encoding: zstd\r\n", zstd.compress(PAGE)),
    "two codings": ("Content-Encoding: gzip, br\r\n", brotli.compress(gzip.compress(PAGE))),
    "identity": ("Content-Encoding: identity\r\n", PAGE),
    "a charset": ("Content-Encoding: ISO-8859-1\r\n", PAGE),
    "a coding of mails": ("Content-Encoding: 8bit\r\nTransfer-Encoding: 7bit\r\n", PAGE),
    "chunked": ("Transfer-Encoding: chunked\r\n", chunked(PAGE)),
    "chunked with extensions": ("Transfer-Encoding: Chunked\r\n", chunked(PAGE, extension=b"  ;name=value")),
    "chunked, cut after the last chunk": ("Transfer-Encoding: chunked\r\n", chunked(PAGE)[:-5]),
    "chunked and br": ("Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n", chunked(brotli.compress(PAGE), 50)),
    "gzip as transfer": ("Transfer-Encoding: gzip, chunked\r\n", chunked(gzip.compress(PAGE), 50)),
    "decoded by the crawler": ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", PAGE),
    "unchunked by the crawler": ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", gzip.compress(PAGE)),
    "decoded from br": ("Content-Encoding: br\r\n", PAGE),
    "decoded from deflate": ("Content-Encoding: deflate\r\n", PAGE),
    "decoded from zstd": ("Content-Encoding: zstd\r\n", PAGE),
}


@pytest.mark.parametrize("name", CODED)
def test_a_response_is_the_page_without_the_codings_of_its_transfer(tmp_path, name):
    head, body = CODED[name]
    found = read(tmp_path, record(HTML + head, body) + record(HTML, b"<p>la suite"))
    assert pages(found) == [PAGE.decode(), "<p>la suite"]
    assert found[0].doc_id == hash_record(PAGE)


def test_text_that_begins_like_a_chunk_stays(tmp_path):
    text = b"12\r\npersonnes ont assist\xc3\xa9 \xc3\xa0 la f\xc3\xaate.\r\n"
    head = "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
    [found] = read(tmp_path, record(head, text))
    assert (found.content, found.kind) == (text.decode(), "text")


def test_a_body_that_ends_early_keeps_what_precedes_the_end(tmp_path):
    body = gzip.compress(PAGE)
    cut = record(HTML + "Content-Encoding: gzip\r\n", body[: len(body) // 2])
    [found] = read(tmp_path, cut)
    assert len(found.content) > 100 and PAGE.decode().startswith(found.content)


def test_an_unknown_coding_and_a_bomb_have_a_reason(tmp_path):
    content = record(HTML + "Content-Encoding: compress\r\n", PAGE)
    for coding, compress in (("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)):
        content += record(HTML + f"Content-Encoding: {coding}\r\n", compress(b"0" * 10_000_000))
    found = read(tmp_path, content)
    assert pages(found) == ["undecodable", "too_large", "too_large", "too_large"]
    assert "compress" in found[0].detail


def test_resources_are_pages_and_other_records_are_none(tmp_path):
    found = read(
        tmp_path,
        record("", b"software: x", kind="warcinfo", media_type="application/warc-fields")
        + record("", b"20250101 192.0.2.1", media_type="text/dns")
        + record(HTML, b"", kind="revisit")
        + record("", "<p>été".encode("cp1252"), kind="resource", media_type="text/html; charset=windows-1252")
        + record("", b"\x89PNG", kind="resource", media_type="image/png")
        + record("", b"GET / HTTP/1.1\r\n\r\n", kind="request", media_type="application/http; msgtype=request"),
    )
    assert [item.record_no for item in found] == [1, 2, 3]
    assert pages(found) == ["not_text", "<p>été", "not_text"]
    assert (found[1].url, found[1].encoding) == ("https://gazette.example/a", "cp1252")


def test_an_archive_of_revisits_alone_holds_no_response(tmp_path):
    [found] = read(tmp_path, record(HTML, b"", kind="revisit"))
    assert (found.record_no, found.reason) == (0, "empty")


def members(*records):
    return b"".join(map(gzip.compress, records))


@pytest.mark.parametrize("lost", [1, 10, 20])
@pytest.mark.parametrize("pack", [members, lambda *records: gzip.compress(b"".join(records)), lambda *r: b"".join(r)])
def test_a_cut_archive_keeps_what_precedes_the_cut_and_reports_it_once(tmp_path, pack, lost):
    content = pack(record(HTML, PAGE), record(HTML, PAGE.replace(b"digue", b"gare")))
    is_packed = content.startswith(b"\x1f\x8b")
    found = read(tmp_path, content[:-lost], "crawl.warc.gz" if is_packed else "crawl.warc")
    if lost == 1 and not is_packed:
        assert pages(found) == [PAGE.decode(), PAGE.decode().replace("digue", "gare")]
    else:
        assert pages(found)[0] == PAGE.decode()
        assert [item.reason for item in found if not hasattr(item, "content")] == ["broken_archive"]
        assert found[-1].record_no == len(found)


def test_a_cut_in_the_head_of_a_record_is_reported(tmp_path):
    second = record(HTML, PAGE)
    for position in (20, 60, 120, 160):
        found = read(tmp_path, record(HTML, PAGE) + second[:position])
        assert pages(found) == [PAGE.decode(), "broken_archive"]


def test_a_warc_may_be_compressed_by_zstd_and_stand_in_a_zip(tmp_path):
    content = zstd.compress(record(HTML, PAGE)) + zstd.compress(record(HTML, b"<p>deux"))
    assert pages(read(tmp_path, content, "crawl.warc.zst")) == [PAGE.decode(), "<p>deux"]


@pytest.mark.parametrize("pack", [bytes, zstd.compress])
def test_the_dictionary_of_a_warc_compressed_by_zstd_is_used(tmp_path, pack):
    records = [record(HTML, PAGE.replace(b"digue", b"digue %d" % number)) for number in range(40)]
    dictionary = zstd.train_dict(records, 2000)
    content = pack(dictionary.dict_content)
    frames = b"".join(zstd.compress(one, zstd_dict=dictionary) for one in records)
    packed = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content + frames
    found = read(tmp_path, packed, "crawl.warc.zst")
    assert pages(found) == [PAGE.decode().replace("digue", f"digue {number}") for number in range(40)]
    lost = b"\x5d\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"none" + frames
    assert pages(read(tmp_path, lost, "crawl.warc.zst")) == ["broken_archive"]
