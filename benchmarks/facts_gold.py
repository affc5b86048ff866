"""The project's own gold of figures and dates in French news.

`gold/README.md` describes how it was annotated. Everything outside the annotated ranges of a document is blanked out, so
that positions stay those of the raw text and stripping changes nothing here.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from tools.train.development_data import ROOT, SHARED

GOLD = Path(__file__).with_name("gold")
Kind = Literal["dates", "figures"]
Row = dict[str, str]


class Document(NamedTuple):
    """One annotated text: `half` 0 is for tuning, 1 is held out; `is_sample`: the page is the project's own."""

    name: str
    text: str
    published: datetime | date | None
    half: int
    is_sample: bool
    rows: dict[Kind, list[Row]]


def half_of(name: str) -> int:
    """Return the half of a document: the parity of the last byte of the SHA-256 of its name."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2


def read_csv(name: str) -> list[Row]:
    """Return the rows of a file of `gold/`."""
    with (GOLD / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_documents(half: int | None = None) -> list[Document]:
    """Return the annotated documents of one half or both; without the development data, only the sample pages.

    Raises `ValueError` when the text of a document is no longer the one that was annotated.
    """
    rows: dict[Kind, list[Row]] = {"dates": read_csv("dates"), "figures": read_csv("figures")}
    entries = [entry for entry in read_csv("documents") if half in (None, half_of(entry["document"]))]
    texts = [(entry, read_raw(entry["file"])) for entry in entries]
    return [make_document(entry, raw, rows) for entry, raw in texts if raw is not None]


def make_document(entry: Row, raw: str, rows: dict[Kind, list[Row]]) -> Document:
    """Return the document of a row of `documents.csv` with its annotation. Raises like `read_documents`."""
    name, file = entry["document"], entry["file"]
    verify(entry, raw)
    ours: dict[Kind, list[Row]] = {
        kind: [row for row in some if row["document"] == name] for kind, some in rows.items()
    }
    text = blank(raw, parse_ranges(entry["ranges"]))
    return Document(name, text, parse_moment(entry["published"]), half_of(name), file.startswith("seeds/"), ours)


def verify(entry: Row, raw: str) -> None:
    """Raise `ValueError` when the text of a document is no longer the one that was annotated."""
    if hashlib.sha256(raw.encode()).hexdigest() != entry["sha256"]:
        raise ValueError(f"{entry['file']} has changed since it was annotated. Annotate it again.")


def read_verified(entry: Row) -> str | None:
    """Return the raw text of a document that was annotated; None when it is absent. Raises like `verify`."""
    raw = read_raw(entry["file"])
    if raw is not None:
        verify(entry, raw)
    return raw


def read_raw(file: str) -> str | None:
    """Return the raw text of a sample page, of a development file, or of a record of one (`file#id`); None when absent."""
    name, _, record = file.partition("#")
    path = (ROOT if name.startswith("seeds/") else SHARED) / name
    if not path.exists():
        return None
    return _records(path)[record] if record else path.read_bytes().decode("utf-8")


@cache
def _records(path: Path) -> dict[str, str]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row.get("gold_text") or row.get("text") or "" for row in rows}


def parse_ranges(written: str) -> list[tuple[int, int]]:
    """Return the positions written as `"10-25 40-90"`."""
    pairs = (each.split("-") for each in written.split())
    return [(int(start), int(end)) for start, end in pairs]


def parse_moment(written: str) -> datetime | date | None:
    """Return an ISO date or date-time; None for an empty string."""
    if not written:
        return None
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def blank(raw: str, ranges: Iterable[tuple[int, int]]) -> str:
    """Return the text with everything outside the ranges replaced by line ends."""
    text = ["\n"] * len(raw)
    for start, end in ranges:
        text[start:end] = raw[start:end]
    return "".join(text)


def only_relative(documents: Iterable[Document]) -> list[Document]:
    """Return the documents with absolute dates made optional: only dates that need an anchor or a year are required."""
    narrowed = []
    for document in documents:
        rows = [row | {"is_optional": "1"} if row["needs"] == "nothing" else row for row in document.rows["dates"]]
        narrowed.append(document._replace(rows=document.rows | {"dates": rows}))
    return narrowed
