"""fields: records of JSONL, CSV, Parquet and feeds under the names and in the encodings that people use."""

import gzip
import json
import zipfile
from datetime import UTC, datetime

import pyarrow
import pytest
from growth import measure_seconds
from pages import BODY, write_records
from pyarrow import parquet

from tasks.read import hash_record, read_input
from tasks.read.feeds import _MAILED
from warehouse.rows import Input, Record

ROW = {
    "title": "La digue, enfin", "text": 'Il a dit "oui" ; puis, non.\nÉté 2025 à l’œuvre.', "url": "https://gazette.example/a",
    "publish_date": "2025-03-04", "authors": "Anne Roy; Luc Petit",
}  # fmt: skip
GIVEN = {"title": "La digue, enfin", "date": "2025-03-04", "author": "Anne Roy; Luc Petit"}


def read(path, record_bytes=100_000):
    return list(read_input(Input(str(path), path.name), record_bytes=record_bytes))


def read_bytes(tmp_path, name, content, **limits):
    (tmp_path / name).write_bytes(content)
    return read(tmp_path / name, **limits)


def as_csv(rows, separator=",", newline="\r\n"):
    def quote(value):
        return '"' + value.replace('"', '""') + '"'

    lines = [separator.join(rows[0]), *(separator.join(map(quote, row.values())) for row in rows)]
    return newline.join(lines) + newline


@pytest.mark.parametrize("name", ["text", "content", "body", "maintext"])
def test_the_text_has_the_names_that_people_use(tmp_path, name):
    [record] = read(write_records(tmp_path / "r.jsonl", [{"text": " ", name: "Une phrase."}]))
    assert (record.content, record.kind) == ("Une phrase.", "text")


@pytest.mark.parametrize(("name", "kind"), [("content", "html"), ("body", "html"), ("text", "text")])
def test_markup_in_a_field_for_content_is_markup(tmp_path, name, kind):
    [record] = read(write_records(tmp_path / "r.jsonl", [{name: "<p>Une phrase.</p>"}]))
    assert record.kind == kind


def test_text_that_holds_an_angle_bracket_is_no_markup(tmp_path):
    [record] = read(write_records(tmp_path / "r.jsonl", [{"content": "<3 <prix> 5 < 6"}]))
    assert record.kind == "text"


@pytest.mark.parametrize(
    ("fields", "given"),
    [
        ({"publish_date": "2025-03-04"}, {"date": "2025-03-04"}),
        ({"date_publish": "2025-03-04 10:00:00"}, {"date": "2025-03-04 10:00:00"}),
        ({"date": 1741082400}, {"date": "2025-03-04T10:00:00+00:00"}),
        ({"date": 1741082400000}, {"date": "2025-03-04T10:00:00+00:00"}),
        ({"date": 20250304}, {"date": "20250304"}),
        ({"source_domain": "gazette.example"}, {"source": "gazette.example"}),
        ({"source": "La Gazette", "source_domain": "gazette.example"}, {"source": "La Gazette"}),
    ],
)
def test_given_fields_have_the_names_that_people_use(tmp_path, fields, given):
    [record] = read(write_records(tmp_path / "r.jsonl", [{"text": "a"} | fields]))
    assert record.given == given


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_jsonl_is_read_in_the_encodings_of_windows(tmp_path, encoding, newline):
    lines = [json.dumps({"text": f"été {number} à l’œuvre"}, ensure_ascii=False) for number in range(3)]
    found = read_bytes(tmp_path, "r.jsonl", newline.join([*lines, ""]).encode(encoding))
    assert [(item.record_no, item.content) for item in found] == [(n + 1, f"été {n} à l’œuvre") for n in range(3)]
    if encoding != "cp1252":
        assert [item.doc_id for item in found] == [hash_record(line.encode()) for line in lines]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_is_read_as_spreadsheets_write_it(tmp_path, separator, encoding, newline):
    rows = [ROW, ROW | {"text": "deux"}]
    found = read_bytes(tmp_path, "r.csv", as_csv(rows, separator, newline).encode(encoding))
    assert [(item.record_no, item.content, item.given) for item in found] == [
        (1, ROW["text"], GIVEN),
        (2, "deux", GIVEN),
    ]
    assert found[0].url == ROW["url"]


def test_csv_with_the_separator_line_of_excel_a_stray_nul_and_column_names_in_words(tmp_path):
    content = b"sep=;\r\nTitle;Publish Date;Raw-HTML\r\nT;2025-03-04;<p>a, b\x00\r\n\r\n;;\r\n"
    [record] = read_bytes(tmp_path, "r.csv", content)
    assert (record.kind, record.content, record.given) == ("html", "<p>a, b", {"title": "T", "date": "2025-03-04"})


def test_csv_rows_that_are_longer_or_shorter_than_the_header_are_read(tmp_path):
    found = read_bytes(tmp_path, "r.csv", b"text,title\na\nb,B,more\n")
    assert [(item.content, item.given.get("title")) for item in found] == [("a", None), ("b", "B")]


@pytest.mark.parametrize("value", ["['Anne Roy', 'Luc Petit']", '["Anne Roy", "Luc Petit"]'])
def test_a_list_of_authors_in_a_cell_is_a_list(tmp_path, value):
    [record] = read_bytes(tmp_path, "r.csv", as_csv([{"text": "a", "authors": value}]).encode())
    assert record.given == {"author": "Anne Roy; Luc Petit"}


@pytest.mark.parametrize("suffix", ["", ".gz", ".zip"])
def test_parquet_is_read_alone_compressed_and_in_an_archive(tmp_path, suffix):
    row = ROW | {
        "publish_date": datetime(2025, 3, 4, tzinfo=UTC),
        "authors": ["Anne Roy", "Luc Petit"],
        "is_clean": True,
    }
    path = tmp_path / "r.parquet"
    parquet.write_table(pyarrow.Table.from_pylist([row, row | {"text": None}]), path)
    if suffix == ".gz":
        path = tmp_path / "r.parquet.gz"
        path.write_bytes(gzip.compress((tmp_path / "r.parquet").read_bytes()))
    elif suffix == ".zip":
        path = tmp_path / "r.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(tmp_path / "r.parquet", "r.parquet")
    record, rejection = read(path)
    assert (record.content, record.is_clean, rejection.reason) == (ROW["text"], True, "empty")
    assert record.given == GIVEN | {"date": "2025-03-04T00:00:00+00:00"}


def test_a_row_has_the_same_doc_id_in_csv_and_parquet_whatever_the_order_of_columns(tmp_path):
    [from_csv] = read_bytes(tmp_path, "r.csv", as_csv([ROW | {"note": ""}]).encode())
    rows = [{"__index_level_0__": 7, "lang": None} | dict(reversed(ROW.items()))]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "r.parquet")
    [from_parquet] = read(tmp_path / "r.parquet")
    canonical = json.dumps(ROW, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert from_csv.doc_id == from_parquet.doc_id == hash_record(canonical.encode())


def reasons(found):
    return [(item.record_no, getattr(item, "reason", None)) for item in found]


def test_tables_without_text_or_rows_have_a_reason(tmp_path):
    [found] = read_bytes(tmp_path, "r.csv", b"source_id,name\na,b\n")
    assert (found.record_no, found.reason) == (0, "no_text_column") and "source_id, name" in found.detail
    parquet.write_table(pyarrow.table({"n": [1]}), tmp_path / "r.parquet")
    assert reasons(read(tmp_path / "r.parquet")) == [(0, "no_text_column")]
    assert reasons(read_bytes(tmp_path, "r.csv", b"")) == [(0, "empty")]
    assert reasons(read_bytes(tmp_path, "r.csv", b"title,text\n")) == [(0, "empty")]
    assert reasons(read_bytes(tmp_path, "r.csv", b"title,text\na,\nb,c\n")) == [(1, "empty"), (2, None)]


def test_damaged_tables_keep_what_precedes_the_damage(tmp_path):
    rows = [ROW | {"text": f"{number}\n{hash_record(bytes([number]))}\n"} for number in range(50)]
    packed = gzip.compress(as_csv(rows).encode())
    for lost in range(150, 250, 5):
        found = read_bytes(tmp_path, "r.csv.gz", packed[:-lost])
        assert len(found) > 20 and all(isinstance(item, Record) and item.content.endswith("\n") for item in found[:-1])
        assert all(item.given == GIVEN for item in found[:-1])
        assert reasons(found[-1:]) == [(len(found), "broken_archive")]
    assert reasons(read_bytes(tmp_path, "r.parquet", b"PAR1 and no more")) == [(1, "broken_archive")]
    parquet.write_table(pyarrow.table({"text": ["a"]}), tmp_path / "r.parquet")
    content = (tmp_path / "r.parquet").read_bytes()
    damaged = content[:-60] + b"\xff" * 20 + content[-40:]
    assert reasons(read_bytes(tmp_path, "r.parquet", damaged)) == [(1, "broken_archive")]


def test_a_quotation_mark_that_is_not_closed_cannot_fill_the_memory(tmp_path):
    content = b'text\na\n"' + b"b\n" * 100_000
    assert reasons(read_bytes(tmp_path, "r.csv", content, record_bytes=10_000)) == [(1, None), (2, "too_large")]


def test_a_table_exported_from_a_warehouse_is_no_input(tmp_path):
    row = {"doc_id": "0" * 32, "uri": "a.txt", "text": "a"}
    assert reasons(read_bytes(tmp_path, "r.csv", as_csv([row, row]).encode())) == [(0, "of_warehouse")]
    assert reasons(read(write_records(tmp_path / "r.jsonl", [row]))) == [(1, "of_warehouse")]
    others = [{"doc_id": "17", "uri": "a.txt", "text": "a"}, {"doc_id": "0" * 32, "text": "a"}]
    assert reasons(read(write_records(tmp_path / "r.jsonl", others))) == [(1, None), (2, None)]


RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>À la une</title><language>fr</language><atom:link href="https://gazette.example/rss" rel="self"/>
<item><media:title>Photo</media:title><title>L&#8217;été à Port-Aubry &amp; ailleurs</title><link>https://gazette.example/a</link>
<media:description>Une photo</media:description><description>Un résumé.</description>
<content:encoded><![CDATA[<p>{body}</p>]]></content:encoded><pubDate>Tue, 04 Mar 2025 10:00:00 +0100</pubDate>
<dc:creator>Anne Roy</dc:creator><dc:creator>Luc Petit</dc:creator></item>
<item><title>Deux</title><guid>https://gazette.example/b</guid><description>Une d&eacute;cision &lt;b&gt;rare&lt;/b&gt;.</description>
<author>redaction@gazette.example (Anne Roy)</author></item>
</channel></rss>"""


@pytest.mark.parametrize(
    "day",
    [
        "Thu, 12 Jun 99999999999999999999 10:30:00 GMT",
        "Thu, 12 Jun 2025 99:30:00 GMT",
        "12 Jun 2025 10:30:00 +999999999999",
        "-",
    ],
)
def test_an_item_of_a_feed_with_an_impossible_date_is_read(tmp_path, day):
    feed = f"<rss><channel><item><description>{BODY[0]}</description><pubDate>{day}</pubDate></item></channel></rss>"
    [found] = read_bytes(tmp_path, "feed.rss", feed.encode())
    assert found.given["date"] == day


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_rss_gives_a_record_an_item(tmp_path, encoding):
    first, second = read_bytes(tmp_path, "feed.rss", RSS.format(encoding=encoding, body=BODY[0]).encode(encoding))
    assert (first.content, first.kind, first.url) == (f"<p>{BODY[0]}</p>", "html", "https://gazette.example/a")
    assert first.given == {
        "title": "L’été à Port-Aubry & ailleurs",
        "date": "2025-03-04T10:00:00+01:00",
        "author": "Anne Roy; Luc Petit",
        "language": "fr",
    }
    assert (second.content, second.url) == ("Une décision <b>rare</b>.", "https://gazette.example/b")
    assert second.given["author"] == "Anne Roy"


def test_atom_gives_a_record_an_entry(tmp_path):
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>La Gazette</title><author><name>X</name></author>
    <entry><title type="html">&lt;i&gt;Un&lt;/i&gt; été</title><link rel="self" href="https://gazette.example/self"/>
    <link rel="alternate" href="https://gazette.example/a"/><published>2025-03-04T10:00:00Z</published>
    <updated>2025-03-05T10:00:00Z</updated><author><name>Anne Roy</name></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY[0]}</p></div></content></entry>
    <entry><title>Deux</title><updated>2025-03-05T10:00:00Z</updated><summary>Un résumé.</summary></entry></feed>"""
    first, second = read_bytes(tmp_path, "feed.xml.gz", gzip.compress(feed.encode()))
    assert first.kind == "html" and f"<p>{BODY[0]}</p>" in first.content
    assert first.given == {
        "title": "Un été", "date": "2025-03-04T10:00:00Z", "author": "Anne Roy", "language": "fr",
    }  # fmt: skip
    assert (second.kind, second.content) == ("text", "Un résumé.")
    assert (second.given["source"], second.given["date"]) == ("La Gazette", "2025-03-05T10:00:00Z")


def test_a_feed_that_is_cut_or_not_well_formed_is_read_and_other_xml_is_rejected(tmp_path):
    whole = RSS.format(encoding="utf-8", body="a & b").replace("Un résumé.", "Un & deux <br>").encode()
    assert len(read_bytes(tmp_path, "feed.rss", whole[: whole.index(b"<guid>")])) == 2
    assert reasons(read_bytes(tmp_path, "sitemap.xml", b"<urlset><url/></urlset>")) == [(0, "not_a_feed")]
    assert reasons(read_bytes(tmp_path, "a.xml", b"no markup")) == [(0, "not_a_feed")]
    assert reasons(read_bytes(tmp_path, "a.atom", b"<feed></feed>")) == [(0, "empty")]


def test_a_feed_cannot_read_files_or_multiply_entities(tmp_path):
    (tmp_path / "secret").write_text("SECRET")
    definitions = f'<!ENTITY a SYSTEM "file://{tmp_path}/secret"><!ENTITY b "{"x" * 1000}"><!ENTITY c "{"&b;" * 100}">'
    feed = f"<!DOCTYPE rss [{definitions}]><rss><channel><item><description>un &a; {'&c;' * 100} deux</description></item></channel></rss>"
    [found] = read_bytes(tmp_path, "feed.rss", feed.encode())
    assert "SECRET" not in found.content and len(found.content) < 10_000


def test_an_author_of_many_at_signs_takes_time_in_proportion_to_its_length():
    short, long = (measure_seconds(lambda: _MAILED.fullmatch("a@" * count)) for count in (10_000, 40_000))  # noqa: B023
    assert long < 8 * short and _MAILED.fullmatch("a@" * 10) is None
    assert _MAILED.fullmatch("anne@gazette.example (Anne Roy)")[1] == "Anne Roy"
