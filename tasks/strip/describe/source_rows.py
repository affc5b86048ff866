"""Publishers as rows of `sources`: those of the user's `sources.csv`, and the ones met on pages for the first time."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tasks.strip.describe.sources import Sources

UNKNOWN = "unknown"


def read_source_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of `sources` that a `sources.csv` gives."""
    from tasks.strip.describe.sources import Sources

    return [
        _row(source.source_id, source.name, source.domain, is_listed=True)
        | {
            "country": source.country or None,
            "language": source.language or None,
            "time_zone": source.time_zone or None,
        }
        for source in Sources.read(path).rows
    ]


def identify_source(known: Sources, name: str | None, domain: str | None) -> dict[str, Any]:
    """The row of `sources` for a publisher as a page names it: a listed one by domain or name, else a new one.

    A new source is called by its domain, else by its name in letters and digits; a page that names none is `unknown`.
    """
    listed = (known.by_domain(domain) if domain else None) or (known.by_name(name) if name else None)
    if listed:
        return _row(listed.source_id, listed.name, listed.domain, is_listed=True)
    if domain:
        return _row(domain, name or domain, domain, is_listed=False)
    if name and (slug := _slug(name)):
        return _row(slug, name, None, is_listed=False)
    return _row(UNKNOWN, "not named", None, is_listed=False)


def _row(source_id: str, name: str, domain: str | None, *, is_listed: bool) -> dict[str, Any]:
    return {
        "source_id": source_id, "name": name, "domain": domain or None,
        "country": None, "language": None, "time_zone": None, "is_listed": is_listed,
    }  # fmt: skip


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
