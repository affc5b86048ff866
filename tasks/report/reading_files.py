"""Reading views as files: one for each document, written again only when what it shows has changed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from tasks.report.reading import Reading, read_readings
from tasks.report.sections import Fetch
from warehouse.facts import FACT_KINDS, SENTENCE

READING_NAME = re.compile("[0-9a-f]{32}")
_FINGERPRINTS = "fingerprints.json"


def write_readings(
    fetch: Fetch,
    documents: Sequence[Mapping[str, Any]],
    folder: Path,
    render: Callable[[Reading], str],
    *,
    made_by: str,
) -> int:
    """Write the reading view of each document that is new or shows something else than before; returns how many.

    `made_by` stands for all that `render` does: when it changes, every view is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = _read_known(folder)
    present = {name.removesuffix(".html") for name in os.listdir(folder)}
    fingerprints = _read_fingerprints(fetch, documents, made_by)
    changed = [
        doc_id
        for doc_id, fingerprint in fingerprints.items()
        if known.get(doc_id) != fingerprint or doc_id not in present
    ]
    for reading in read_readings(fetch, changed):
        (folder / f"{reading.doc_id}.html").write_text(render(reading), encoding="utf-8")
    if fingerprints != known:
        unfinished = folder / f"{_FINGERPRINTS}.unfinished"
        unfinished.write_text(json.dumps(fingerprints), encoding="utf-8")
        unfinished.replace(folder / _FINGERPRINTS)
    return len(changed)


def remove_readings(folder: Path, kept: set[str]) -> None:
    """Remove the reading views of other documents; files that are none stay."""
    for path in folder.glob("*.html"):
        if READING_NAME.fullmatch(path.stem) and path.stem not in kept:
            path.unlink()
    if not kept:
        (folder / _FINGERPRINTS).unlink(missing_ok=True)
        with suppress(OSError):  # the folder does not exist, or holds other files
            folder.rmdir()


def _read_known(folder: Path) -> dict[str, str]:
    """What the files show, by document, as noted when they were written; empty when that cannot be read."""
    with suppress(OSError, ValueError):
        known = json.loads((folder / _FINGERPRINTS).read_text(encoding="utf-8"))
        return known if isinstance(known, dict) else {}
    return {}


def _read_fingerprints(fetch: Fetch, documents: Sequence[Mapping[str, Any]], made_by: str) -> dict[str, str]:
    """A hash of all that the view of each document shows: its rows of the report, of `lines` and of the facts."""
    rows = fetch(_fingerprint_query(), None)
    hashes = {row["doc_id"]: row["hash"] for row in rows}
    return {
        document["doc_id"]: sha256(
            f"{made_by} {hashes.get(document['doc_id'])} {sorted(document.items(), key=lambda item: item[0])}".encode()
        ).hexdigest()[:16]
        for document in documents
    }


def _fingerprint_query() -> str:
    """One row per document: a hash of its lines, sentences and facts, in which the order of rows does not count."""
    tables = ["lines", *(kind.table for kind in (SENTENCE, *FACT_KINDS))]
    hashed = [f"select doc_id, hash(one) as hash from {table} as one" for table in tables]
    hashed.append(  # a mention shows the name of its entity, which other documents may change
        "select mentions.doc_id, hash(mentions.mention_no, entities.name) from mentions left join entities using (entity_id)"
    )
    return f"select doc_id, bit_xor(hash)::text as hash from ({' union all '.join(hashed)}) group by doc_id"
