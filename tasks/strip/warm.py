"""What a worker process that strips has loaded before its first page."""

from __future__ import annotations

from warehouse.settings import Settings

_SAMPLE = "Jeanne Morel, maire de Port-Aubry, a promis lundi 3 mars 2025 une aide de 2,4 millions d'euros."


def load_strip(settings: Settings) -> None:
    """Load what strip loads lazily, by using it: lexicons, weights, the language identifier, and the reader of shards."""
    import pyarrow.parquet  # noqa: F401

    from tasks.strip import strip_text
    from warehouse.store import arrow_schema

    arrow_schema("documents")  # with those of all tables
    strip_text("\n".join([_SAMPLE] * 5))
