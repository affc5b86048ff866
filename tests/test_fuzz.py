"""Properties that hold for every page and file, looked for by hypothesis; `make fuzz` looks longer."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict

import pyarrow
import pytest
from hostile_pages import damaged_files, html_pages, texts
from hypothesis import example, given
from pages import BODY

from tasks.extract import extract, load
from tasks.extract.fact_rows import fact_rows
from tasks.page.lines import PositionMap
from tasks.read import read_input
from tasks.read.decode import Undecodable, decode
from tasks.strip import strip
from tasks.strip.shard import _page_row, page_schema
from tasks.text.clean_view import clean_view, replace_surrogates
from warehouse.rows import Input, Page, Record
from warehouse.store import arrow_schema

KINDS = ("sentences", "mentions", "dates", "figures", "quotes", "roles")


def check_page(page: Page) -> None:
    """Lines rebuild the raw text, and kept ones stand in the text where they say."""
    assert "".join(line.line for line in page.lines) == page.raw
    end = 0
    for number, line in enumerate(page.lines, 1):
        assert (line.line_no, line.raw_start, line.raw_end) == (number, end, end + len(line.line))
        end = line.raw_end
        assert (line.text_start is not None) is line.is_kept
        if line.is_kept:
            assert page.text[line.text_start : line.text_end] == line.line.strip()
    for one in page.description.evidence:
        assert one.raw_start is None or 0 <= one.raw_start < one.raw_end <= len(page.raw)


def check_facts(page: Page) -> list[object]:
    """Every position points at its surface, in text and raw text, and no interval ends before it begins."""
    day = page.published_at or page.published_on
    [facts] = extract(load(), [page.text], [day], [page.language])
    rows = fact_rows("0" * 32, facts, PositionMap(page.lines))
    if page.text == replace_surrogates(page.text):
        check_stored(rows)
    for kind in KINDS:
        for row in rows[kind]:
            assert page.text[row["start_char"] : row["end_char"]] == row["surface"] != ""
            raw = page.raw[row["raw_start"] : row["raw_end"]]
            assert kind == "quotes" or "".join(raw.split()) == "".join(row["surface"].split())
            assert 1 <= row["sentence_no"] <= len(rows["sentences"]) or kind == "sentences"
    for row in rows["dates"]:
        assert row["starts_on"] is None or row["last_on"] is None or row["starts_on"] <= row["last_on"]
    for row in rows["figures"]:
        assert row["low"] is None or row["high"] is None or row["low"] <= row["high"]
    return [facts]


def check_stored(tables: dict[str, list[dict[str, object]]]) -> None:
    """The rows can be written to the files between the steps."""
    for name, rows in tables.items():
        pyarrow.Table.from_pylist(rows, schema=arrow_schema(name))


def check_record(record: Record) -> None:
    page = strip(record)
    check_page(page)
    lines = [{"doc_id": "d"} | line._asdict() for line in page.lines]
    evidence = [{"doc_id": "d", "evidence_no": 1} | asdict(one) for one in page.description.evidence]
    if record.content == replace_surrogates(record.content):  # what is read never holds half a surrogate pair
        check_stored({"lines": lines, "evidence": evidence})
        pyarrow.Table.from_pylist([_page_row(record, page, "unknown", "recipe")], schema=page_schema())
    if page.text:
        assert check_facts(page) == check_facts(page)
    assert strip(record) == page


@given(texts())
@example("Le mot « » apprendre a été effacé.")
def test_any_text_is_stripped_and_read(text):
    check_record(Record("", "", 1, "text", text))


@given(texts())
@example("Le mot « » apprendre a été effacé.")
@example("La mairie a dit oui. " + "1" * 5_000)
@example("Il a dit\ud800 que Jeanne Morel \udfff partirait.")
def test_any_text_called_clean_is_read(text):
    check_record(Record("", "", 1, "text", text, is_clean=True))


@given(html_pages())
@example(
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "La \\ud800 digue", "author": "Anne \\udfff Roy"}</script>'
    f"<article><p>{'</p><p>'.join(BODY)}</p></article>"
)
def test_any_markup_is_stripped_and_read(page):
    check_record(Record("", "", 1, "html", page, url="https://exemple.fr/2025/06/12/digue"))


@given(texts())
def test_the_view_without_invisible_characters_maps_back(text):
    view = clean_view(text, is_prose=True)
    spans = [view.span(at, at + 1) for at in range(len(view.text))]
    assert spans == sorted(spans)
    for sign, (start, end) in zip(view.text, spans, strict=True):
        stored = text[start:end]
        assert sign in stored or sign in unicodedata.normalize("NFC", stored) or (sign == " " and stored.isspace())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


@given(damaged_files())
def test_any_file_gives_records_and_rejections(folder, file):
    name, content = file
    path = folder / name
    path.write_bytes(content)
    found = list(read_input(Input(str(path), name), record_bytes=1_000_000))
    assert found, "an input gives at least one record or rejection"
    assert found == list(read_input(Input(str(path), name), record_bytes=1_000_000))
    for one in found:
        if isinstance(one, Record):
            one.content.encode()  # can be stored
            assert one.doc_id


@given(damaged_files())
def test_any_bytes_are_decoded_or_not_text(file):
    decoded = decode(file[1])
    if not isinstance(decoded, Undecodable):
        decoded[0].encode()
