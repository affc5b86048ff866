"""A small clean warehouse made by hand, in which tests of the expectations plant faults."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from expectations.bounds import THRESHOLDS, read_bounds
from expectations.checks import SUITES, suite_checks
from expectations.measures import list_measured, measure
from expectations.prepared import prepare_checks
from warehouse.store import (
    SCHEMA_VERSION,
    TABLES,
    connect,
    insert_rows,
    list_views,
    read_table_sql,
    read_view_sql,
    transaction,
)

# GX reads the hex digits of this one as a time zone that does not exist, and then writes no Data Docs page
RUN_ID = "20250602T080000-6012"
EARLIER_RUN_ID = "20250601T080000-a"
STARTED_AT = datetime(2025, 6, 2, 8, 0, tzinfo=UTC)
CHECKED_AT = datetime(2025, 6, 2, 8, 5, tzinfo=UTC)
RULED_LANGUAGES = ("fr",)
TOWNS = ("Vannes", "Limoges", "Aurillac")
SOURCES = ("courrier-du-golfe.example", "voix-des-monts.example", "petit-cantalien.example")


def build_warehouse(path: Path, *, documents_per_source: int = 12, guarded: bool = True) -> Path:
    """A file with three sources, two runs and documents with every kind of fact, on which every check passes.

    With `guarded=False` its tables have no keys, no not-null and no checks, so that faults they forbid can be planted.
    """
    connection = connect(path)
    with transaction(connection):
        for table in TABLES:
            connection.execute(read_table_sql(table) if guarded else without_guards(read_table_sql(table)))
        for view in list_views():
            connection.execute(read_view_sql(view))
    rows = _describe_sources()
    for source_no, source_id in enumerate(SOURCES):
        for number in range(documents_per_source):
            for table, added in _describe_document(source_no, source_id, number).items():
                rows.setdefault(table, []).extend(added)
    rows |= _describe_entities(rows["mentions"])
    rows["runs"] = _describe_runs(rows["documents"])
    for table, added in rows.items():
        insert_rows(connection, table, added)
    connection.execute("insert into meta values (?, '0', now())", [SCHEMA_VERSION])
    connection.close()
    return path


def add_history(path: Path, *, count_runs: int = 20, run_id: str = RUN_ID) -> Path:
    """Give a warehouse earlier runs in which every measure of every source was about what it is in `run_id`."""
    bounds = read_bounds(THRESHOLDS)
    with connect(path) as connection:
        prepare_checks(connection, run_id, bounds, RULED_LANGUAGES)
        found = []
        for check in (check for suite in SUITES for check in suite_checks(suite) if check.form == "measure"):
            measure(connection, check, bounds[check.suite, check.name])
            found += [(check, one) for one in list_measured(connection, check) if one.source_id]
        runs, checks = [], []
        for number in range(count_runs):
            started_at = STARTED_AT - timedelta(days=2 + number)
            earlier = f"{started_at:%Y%m%dT%H%M%S}-h"
            runs.append(_describe_run(earlier, started_at, 60))
            checks += [
                {
                    "run_id": earlier, "suite": check.suite, "check_name": check.name, "source_id": one.source_id,
                    "severity": check.severity, "scope": check.scope, "success": True, "count_unexpected": 0,
                    "value": None if one.value is None else one.value * (1 + 0.01 * (number % 5)),
                    "failing_ids": [], "sentence": check.sentence, "checked_at": started_at,
                }
                for check, one in found
            ]  # fmt: skip
        insert_rows(connection, "runs", runs)
        insert_rows(connection, "checks", checks)
    return path


def without_guards(sql: str) -> str:
    """The `create table` of a table with its columns alone, without keys, not-null and check constraints."""
    columns = re.findall(r"^    (\w+ [\w\[\]]+)(?: not null)?,?$", sql, re.MULTILINE)
    name = re.search(r"create table if not exists (\w+)", sql)
    assert name and columns
    return f"create table {name[1]} ({', '.join(columns)})"


def name_document(source_no: int, number: int) -> str:
    """The doc_id of one of the documents, from its source (0 to 2) and its number in it, from 0."""
    return hashlib.sha256(f"{source_no}/{number}".encode()).hexdigest()[:32]


def _describe_sources() -> dict[str, list[dict[str, Any]]]:
    listed = [
        {
            "source_id": source, "name": source.split(".")[0], "domain": source, "country": "FR", "language": "fr",
            "time_zone": "Europe/Paris", "is_listed": True,
        }
        for source in SOURCES
    ]  # fmt: skip
    return {"sources": [*listed, {"source_id": "unknown", "name": "not named", "is_listed": False}]}


def _write_page(town: str, number: int) -> list[tuple[str, str, str]]:
    """The lines of a page, each with its kind and the separator before it in the text."""
    return [
        ("Accueil | Régions | Abonnez-vous\n", "chrome", ""),
        (f"À {town}, la halle rouvre pour la {number + 2}e fois\n", "title", ""),
        ("\n", "blank", ""),
        (f"La mairie de {town} a rouvert la halle jeudi devant {number + 210} habitants venus des bourgs voisins, "
         "avec des étals de miel, de fromages et de légumes que les maraîchers avaient montés avant l'aube.\n", "body", ""),
        (f"« Nous avons attendu trois hivers », a dit Odile Kervadec, adjointe au maire de {town}, avant de couper le ruban "
         "et de remercier les artisans qui ont refait la charpente, une poutre après l'autre, sans fermer la place.\n",
         "body", "\n"),
        ("Les plus lus de la semaine\n", "teaser", ""),
        ("  Le marché reprendra ses horaires d'avant les travaux, et la fanfare municipale jouera sous la verrière "
         "chaque premier samedi du mois jusqu'à la fin de l'été.  \n", "body", "\n\n"),
    ]  # fmt: skip


def _describe_document(source_no: int, source_id: str, number: int) -> dict[str, list[dict[str, Any]]]:
    doc_id, town = name_document(source_no, number), TOWNS[source_no]
    lines, text = _lay_lines(doc_id, _write_page(town, number))
    page = _Page(doc_id, text, lines)
    published_on = date(2025, 5, 26) + timedelta(days=number % 5)
    published_at = datetime(published_on.year, published_on.month, published_on.day, 6, 30, tzinfo=UTC)
    mayor, town_id = "PER-odile-kervadec", f"LOC-{town.lower()}"
    names = [page.find(town, 0), page.find("Odile Kervadec"), page.find(town, 1)]
    return {
        "lines": lines,
        "documents": [{
            "doc_id": doc_id, "uri": f"{source_id}/{number:02}.txt", "record_no": 1,
            "url": f"https://{source_id}/halle-{number}", "source_id": source_id,
            "title": lines[1]["line"].strip(), "authors": [], "published_on": published_on,
            "published_at": published_at, "published_zone": "source", "published_granularity": "minute",
            "published_method": "dateline", "published_confidence": 0.9, "updated_at": published_at + timedelta(hours=1),
            "language": "fr", "encoding": "utf-8", "text": text, "count_words": len(text.split()),
            "count_lines_removed": 2, "is_truncated": False, "story_id": doc_id,
            "run_id": EARLIER_RUN_ID if number < 2 else RUN_ID, "recipe_strip": "1", "recipe_extract": "1",
        }],
        "evidence": [
            {"doc_id": doc_id, "evidence_no": 1, "field": "published", "value": published_at.isoformat(),
             "method": "dateline", "confidence": 0.9, "is_chosen": True},
            {"doc_id": doc_id, "evidence_no": 2, "field": "source", "value": source_id,
             "method": "url", "confidence": 0.9, "is_chosen": True},
        ],
        "sentences": [{"sentence_no": no, "language": "fr", **found} for no, found in enumerate(page.sentences, 1)],
        "mentions": [
            {"mention_no": no, "entity_id": entity_id, "label": entity_id[:3], "label_extracted": entity_id[:3],
             "sentence_no": page.sentence_no(found), "extractor": "by hand", "is_demonym": False, **found}
            for no, (found, entity_id) in enumerate(zip(names, (town_id, mayor, town_id), strict=True), 1)
        ],
        "dates": [{
            "date_no": 1, "timex": "2025-05-22", "starts_on": date(2025, 5, 22), "last_on": date(2025, 5, 22),
            "granularity": "day", "is_resolved": True, "is_relative": True, "anchor": "publication",
            "anchor_on": published_on, "sentence_no": 1, **page.find("jeudi"),
        }],
        "figures": [{
            "figure_no": 1, "value": number + 210, "kind": "count", "counted": "habitants", "sentence_no": 1,
            "subject_entity_id": town_id, **page.find(f"{number + 210} habitants"),
        }],
        "quotes": [{
            "quote_no": 1, "speaker": "Odile Kervadec", "speaker_entity_id": mayor, "verb": "a dit", "sentence_no": 2,
            **page.find("« Nous avons attendu trois hivers »"),
        }],
        "roles": [{
            "role_no": 1, "entity_id": mayor, "name": "Odile Kervadec", "role": "adjointe au maire",
            "organisation": town, "organisation_entity_id": town_id, "is_former": False, "sentence_no": 2,
            **page.find(f"Odile Kervadec, adjointe au maire de {town}"),
        }],
        "bands": [{"doc_id": doc_id, "band_no": 1, "band": 100 * source_no + number}],
    }  # fmt: skip


def _lay_lines(doc_id: str, page: list[tuple[str, str, str]]) -> tuple[list[dict[str, Any]], str]:
    """The rows of `lines` of a page, and the text its body lines make."""
    lines: list[dict[str, Any]] = []
    text, raw_end = "", 0
    for line_no, (line, kind, separator) in enumerate(page, 1):
        is_kept = kind == "body"
        text += separator if is_kept else ""
        start = len(text)
        text += line.strip() if is_kept else ""
        lines.append({
            "doc_id": doc_id, "line_no": line_no, "raw_start": raw_end, "raw_end": raw_end + len(line), "line": line,
            "text_start": start if is_kept else None, "text_end": len(text) if is_kept else None,
            "kind": kind, "is_kept": is_kept, "reason": "prose" if is_kept else "menu", "score": float(is_kept),
        })  # fmt: skip
        raw_end += len(line)
    return lines, text


class _Page:
    """Where words stand in a text and in the page it comes from."""

    def __init__(self, doc_id: str, text: str, lines: list[dict[str, Any]]) -> None:
        self._doc_id, self._text = doc_id, text
        self._kept = [line for line in lines if line["is_kept"]]
        # One line is one sentence: the prose is written so.
        self.sentences = [self.locate(line["text_start"], line["text_end"]) for line in self._kept]

    def find(self, surface: str, nth: int = 0) -> dict[str, Any]:
        start = -1
        for _ in range(nth + 1):
            start = self._text.index(surface, start + 1)
        return self.locate(start, start + len(surface))

    def locate(self, start: int, end: int) -> dict[str, Any]:
        return {
            "doc_id": self._doc_id, "surface": self._text[start:end], "start_char": start, "end_char": end,
            "raw_start": self._raw(start), "raw_end": self._raw(end - 1) + 1,
        }  # fmt: skip

    def sentence_no(self, found: dict[str, Any]) -> int:
        starts = [sentence["start_char"] for sentence in self.sentences]
        return sum(start <= found["start_char"] for start in starts)

    def _raw(self, position: int) -> int:
        line = next(line for line in self._kept if line["text_start"] <= position < line["text_end"])
        indent = len(line["line"]) - len(line["line"].lstrip())
        return int(line["raw_start"] + indent + position - line["text_start"])


def _describe_entities(mentions: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    entities, names = [], []
    for entity_id in sorted({mention["entity_id"] for mention in mentions}):
        of_entity = [mention for mention in mentions if mention["entity_id"] == entity_id]
        name = of_entity[0]["surface"]
        entities.append({
            "entity_id": entity_id, "name": name, "label": entity_id[:3], "aliases": [],
            "count_mentions": len(of_entity), "count_documents": len({mention["doc_id"] for mention in of_entity}),
        })  # fmt: skip
        names.append({"entity_id": entity_id, "name": name, "count_mentions": len(of_entity)})
    return {"entities": entities, "entity_names": names}


def _describe_runs(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    runs = []
    for run_id, started_at in ((EARLIER_RUN_ID, STARTED_AT - timedelta(days=1)), (RUN_ID, STARTED_AT)):
        count = sum(document["run_id"] == run_id for document in documents)
        runs.append(_describe_run(run_id, started_at, count))
    return runs


def _describe_run(run_id: str, started_at: datetime, count: int) -> dict[str, Any]:
    return {
        "run_id": run_id, "started_at": started_at, "finished_at": started_at + timedelta(minutes=4),
        "state": "published", "inputs": ["pages"], "count_read": count, "count_published": count,
        "count_unchanged": 0, "count_duplicates": 0, "count_rejected": 0, "count_quarantined": 0,
    }  # fmt: skip
