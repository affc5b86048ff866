"""Freeze the outcomes of the sample pages: `python -m tools.freeze.pages WAREHOUSE` writes `tests/frozen/`.

One JSON file for each sample page, one row a line, so that a change of outcomes can be read as a diff; `corpus.json` holds
what depends on all pages together, `versions.json` the `VERSION` of each step. A test fails when outcomes change and the
version of their step does not, because users' warehouses would then hold two kinds of outcome under one recipe.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warehouse.store import fetch_rows, open_warehouse

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "tests" / "frozen"

# The sections of a page's file: the step that decides them, and the query of their rows. Scores are rounded, so that every
# machine writes the same. `uri` and `record_no` choose the file of a row and are left out of it.
_SECTIONS = {
    "document": (
        "describe",
        "select uri, record_no, doc_id, url, source_id, title, subtitle, authors, published_on, published_at, published_zone, "
        "published_granularity, published_method, updated_at, language, encoding, count_words, count_lines_removed, "
        "is_truncated, case when doc_id not in (select doc_id from evidence where method = 'copy') then agency end as agency "
        "from documents order by all",
    ),
    "rejection": (
        "strip",
        "select uri, record_no, doc_id, outcome, stage, reason, detail from rejections order by all",
    ),
    "lines": (
        "strip",
        "select uri, record_no, line_no, kind, reason, round(score, 1) as score, raw_start, raw_end, text_start, text_end, "
        "left(trim(line, ' \t\r\n'), 60) as line from lines join places using (doc_id) order by all",
    ),
    "evidence": (
        "describe",
        "select uri, record_no, field, is_chosen, method, round(confidence, 1) as confidence, line_no, raw_start, raw_end, value "
        "from evidence join places using (doc_id) where method <> 'copy' order by all",
    ),
    "sentences": (
        "extract",
        "select uri, record_no, sentence_no, start_char, end_char, raw_start, raw_end, language "
        "from sentences join places using (doc_id) order by all",
    ),
    "mentions": (
        "extract",
        "select uri, record_no, mention_no, start_char, end_char, raw_start, raw_end, sentence_no, label_extracted, "
        "is_demonym, surface from mentions join places using (doc_id) order by all",
    ),
    "dates": (
        "extract",
        "select uri, record_no, date_no, start_char, end_char, raw_start, raw_end, sentence_no, surface, timex, starts_on, "
        "last_on, starts_at, granularity, is_resolved, is_relative, anchor, anchor_on "
        "from dates join places using (doc_id) order by all",
    ),
    "figures": (
        "extract",
        "select uri, record_no, figure_no, start_char, end_char, raw_start, raw_end, sentence_no, surface, value, low, high, "
        "kind, unit, currency, qualifier, counted, subject from figures join places using (doc_id) order by all",
    ),
    "quotes": (
        "extract",
        "select uri, record_no, quote_no, start_char, end_char, raw_start, raw_end, sentence_no, speaker, verb, "
        "speaker_method, is_reported, left(surface, 60) as surface from quotes join places using (doc_id) order by all",
    ),
    "roles": (
        "extract",
        "select uri, record_no, role_no, start_char, end_char, raw_start, raw_end, sentence_no, name, role, organisation, "
        "is_former, surface from roles join places using (doc_id) order by all",
    ),
}  # fmt: skip
# What depends on all pages together.
_CORPUS = {
    "entities": (
        "resolve",
        "select entity_id, label, name, aliases, count_mentions, count_documents from entities order by all",
    ),
    "links": (
        "resolve",
        "select uri, record_no, mention_no, label, entity_id from mentions join places using (doc_id) order by all",
    ),
    "roles": (
        "resolve",
        "select uri, record_no, role_no, entity_id, organisation_entity_id from roles join places using (doc_id) order by all",
    ),
    "quotes": (
        "resolve",
        "select uri, record_no, quote_no, speaker_entity_id from quotes join places using (doc_id) order by all",
    ),
    "figures": (
        "resolve",
        "select uri, record_no, figure_no, subject_entity_id from figures join places using (doc_id) "
        "where subject_entity_id is not null order by all",
    ),
    "duplicates": (
        "resolve",
        "select record_uri, record_no, doc_id, kind, duplicate_of, round(similarity, 2) as similarity from duplicates order by all",
    ),
    "stories": ("resolve", "select doc_id, story_id from documents where story_id <> doc_id order by all"),
    "agencies": ("resolve", "select doc_id, value from evidence where method = 'copy' order by all"),
    "sources": ("resolve", "select * from sources where not is_listed order by all"),
    "disagreements": (
        "resolve",
        "select question, kind, subject, value, doc_id, other_value, other_doc_id from v_disagreements order by all",
    ),
    "checks": (
        "audit",
        "select suite, check_name, source_id, severity, scope, success, round(value, 3) as value, low, high, count_unexpected, "
        "sentence from checks order by all",
    ),
}  # fmt: skip
# Where a document was read; rejected ones too, whose lines and evidence stay.
_PLACES = (
    "select doc_id, uri, record_no from documents union "
    "select doc_id, uri, record_no from rejections where doc_id <> '' "
    "and doc_id not in (select doc_id from documents)"
)

Frozen = dict[str, dict[str, Any]]  # file name → section → rows


def read_versions() -> dict[str, int]:
    """Return the version of each step whose outcomes are frozen."""
    import tasks.extract
    import tasks.strip
    import tasks.strip.describe

    return {
        "strip": tasks.strip.VERSION,
        "describe": tasks.strip.describe.VERSION,
        "extract": tasks.extract.VERSION,
    }


def read_outcomes(warehouse: Path) -> dict[str, Frozen]:
    """Return the outcomes of each step on the sample pages: step → file name → section → rows."""
    outcomes: dict[str, Frozen] = {}
    with open_warehouse(warehouse) as connection:
        for section, (step, query) in _SECTIONS.items():
            files = outcomes.setdefault(step, {})
            for row in fetch_rows(connection, f"with places as ({_PLACES}) {query}"):
                name = f"{row.pop('uri').replace('/', '_')}-{row.pop('record_no')}"
                files.setdefault(name, {}).setdefault(section, []).append(_plain(row))
        for section, (step, query) in _CORPUS.items():
            rows = fetch_rows(connection, f"with places as ({_PLACES}) {query}")
            outcomes.setdefault(step, {}).setdefault("corpus", {})[section] = [_plain(row) for row in rows]
    return outcomes


def merge(outcomes: Mapping[str, Frozen]) -> Frozen:
    """Return the outcomes of all steps together: file name → section → rows."""
    files: Frozen = {}
    for frozen in outcomes.values():
        for name, sections in frozen.items():
            files.setdefault(name, {}).update(sections)
    return files


def read_frozen() -> tuple[dict[str, int], Frozen]:
    """Return the versions and the outcomes stored in `tests/frozen/`."""
    files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FROZEN.glob("*.json"))}
    return files.pop("versions"), files


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as JSON values, without nulls."""
    return {
        key: value if isinstance(value, str | int | float | bool) else list(value) if isinstance(value, list) else str(value)
        for key, value in row.items()
        if value is not None
    }  # fmt: skip


def _format(sections: Mapping[str, Any]) -> str:
    """Return JSON with one row a line."""
    parts = [
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
        for name, rows in sections.items()
    ]
    return "{" + ",\n".join(parts) + "}\n"


def write_frozen(warehouse: Path, folder: Path) -> None:
    """Write the outcomes in `warehouse` and the versions to `folder`, and remove the files of pages that no longer exist."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.json"):
        path.unlink()
    for name, sections in merge(read_outcomes(warehouse)).items():
        (folder / f"{name}.json").write_text(_format(sections), encoding="utf-8")
    (folder / "versions.json").write_text(json.dumps(read_versions(), indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Write `tests/frozen/`."""
    write_frozen(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "revue.duckdb"), FROZEN)


if __name__ == "__main__":
    main()
