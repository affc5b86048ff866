"""The sample pages of the project, and real pages where the development data are at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.strip import strip, strip_html, strip_text
from warehouse.rows import Page, Record

SEEDS = Path(__file__).parents[1] / "seeds"
REAL_PAGES = Path(__file__).parents[1].parent / "shared" / "articles"
GOLD: dict[str, dict[str, Any]] = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))


def read(name: str) -> Page:
    content = (SEEDS / "articles" / name).read_bytes().decode("utf-8-sig")
    return strip_html(content) if name.endswith(".html") else strip_text(content)


@pytest.mark.parametrize("name", sorted(name for name, gold in GOLD.items() if gold["is_article"]))
def test_sample_articles(name: str) -> None:
    gold, page = GOLD[name], read(name)
    assert page.reason is None
    assert page.is_truncated == gold["is_truncated"]
    for wanted in (gold["first_body_line"], gold["last_body_line"], *gold["always_kept"]):
        assert wanted in page.text
    body = {line.line.strip() for line in page.lines if line.kind in ("body", "heading")}
    assert not body & set(gold["never_kept"])


@pytest.mark.parametrize(
    "name", sorted(name for name, gold in GOLD.items() if not gold["is_article"] and not name.startswith("17"))
)  # 17 is no text at all: reading rejects it
def test_sample_pages_that_are_no_article(name: str) -> None:
    assert read(name).reason is not None


@pytest.mark.skipif(not REAL_PAGES.is_dir(), reason="the development data are not beside this checkout")
def test_real_pages_keep_their_prose_and_lose_their_chrome() -> None:
    for path in sorted(REAL_PAGES.glob("*.txt")):
        page = strip_text(path.read_bytes().decode("utf-8"))
        assert page.reason is None, path.name
        prose = [line for line in page.lines if len(line.line.split()) >= 40 and line.kind != "subtitle"]
        last_kept = max(line.line_no for line in page.lines if line.is_kept)
        removed = [line for line in prose if not line.is_kept and line.line_no < last_kept]
        assert not removed, path.name
        for line in page.lines:
            if line.is_kept:
                assert (
                    not line.line.strip()
                    .lower()
                    .startswith(
                        ("partage", "à découvrir", "pour aller plus loin", "newsletter", "suivez", "laisser un")
                    )
                ), path.name


@pytest.mark.parametrize("name", sorted(name for name, gold in GOLD.items() if gold["is_article"]))
def test_every_described_value_has_chosen_evidence(name: str) -> None:
    page = read(name).description
    chosen = {one.field for one in page.evidence if one.is_chosen}
    described = {
        "title": page.title,
        "author": page.authors,
        "published": page.published_on,
        "source": page.source_name,
    }
    described |= {"language": page.language, "url": page.url, "agency": page.agency, "updated": page.updated_at}
    assert {field for field, value in described.items() if value} <= chosen


def test_the_values_of_the_record_win_and_are_evidence() -> None:
    given = {
        "title": "Un autre titre",
        "date": "2025-05-03",
        "author": "Anne Durand; Luc Martin",
        "source": "Le Relais",
        "language": "en",
    }
    record = Record(
        "", "", 1, "text", (SEEDS / "articles" / "01_crue-ardive-premier-bilan.txt").read_text("utf-8"), given=given
    )
    page = strip(record).description
    assert (page.title, page.published_on.isoformat(), page.authors) == (
        "Un autre titre",
        "2025-05-03",
        ("Anne Durand", "Luc Martin"),
    )
    assert (page.source_name, page.language) == ("Le Relais", "en")
    chosen = {(one.field, one.method) for one in page.evidence if one.is_chosen and one.line_no is None}
    assert chosen >= {(field, "record") for field in ("title", "published", "author", "source", "language")}


@pytest.mark.parametrize("name", sorted(name for name, gold in GOLD.items() if gold["is_article"]))
def test_samples_are_described_as_annotated(name: str) -> None:
    gold, page = GOLD[name], read(name).description
    title = gold["title"].replace("’", "'") if gold["title"] else None  # a page may print it twice, with either
    assert (page.title.replace("’", "'") if page.title else None) == title
    assert list(page.authors) == gold["authors"]
    assert (page.published_on.isoformat() if page.published_on else None) == gold["published_on"]
    assert page.source_name == gold["source"]
