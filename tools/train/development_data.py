"""The development data, which lie beside the checkout and are not part of it: annotated pages and annotated names.

A page is a row of `gold.jsonl`: `id`, `domain`, `lang`, `gold_title`, `gold_date`, `gold_authors`, `gold_publisher`,
`gold_text` (the article body, complete where `body_ok`), `gold_optional`, `with` and `without` (snippets that the text
must and must not hold). Each page exists as a plain-text dump in five styles and, for most of them, as HTML.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
PAGES = SHARED / "bench" / "strip"
FACTS = SHARED / "bench" / "facts"
STYLES = ("inner", "lite", "insc", "h2t", "bs4")
COVERED_FROM = 0.85  # a page is used in a style whose dump holds at least this share of its body

Page = dict[str, Any]


def read_pages() -> list[Page]:
    """Return the annotated pages."""
    return [json.loads(row) for row in (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def read_dump(page: Page, style: str) -> str | None:
    """Return a page's plain-text dump in a style; None where there is none."""
    path = PAGES / "dumps" / style / f"{page['id']}.txt"
    return path.read_bytes().decode("utf-8") if path.exists() else None


def read_markup(page: Page) -> str | None:
    """Return a page's HTML; None where there is none."""
    path = PAGES / "html" / f"{page['id']}.html.gz"
    return gzip.decompress(path.read_bytes()).decode("utf-8", "replace") if path.exists() else None


def covers_body(page: Page, style: str) -> bool:
    """Return whether the dump of a page in a style holds enough of the annotated body."""
    return (_read_coverage().get(page["id"], {}).get(style) or 0) >= COVERED_FROM


@cache
def _read_coverage() -> dict[str, dict[str, float | None]]:
    coverage: dict[str, dict[str, float | None]] = json.loads((PAGES / "dump_coverage.json").read_text())
    return coverage


def language_group(page: Page) -> str:
    """Return `fr` or `other`: the two groups of languages that are scored apart."""
    return "fr" if page["lang"] == "fr" else "other"
