"""audit: every expectation on the candidate, which is exactly what would be published, or on what is published already."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.companions import Companions
from warehouse.errors import UsageError
from warehouse.store import SCHEMA_VERSION, open_warehouse, read_schema_version

if TYPE_CHECKING:
    from expectations.results import CheckResult

__all__ = ["audit_candidate", "audit_published", "import_engine"]


def audit_candidate(candidate: Path, companions: Companions, *, run_id: str) -> list[CheckResult]:
    """Run all suites on a candidate and write their Data Docs beside the warehouse."""
    return _audit(candidate, companions, run_id, companions.docs.resolve())


def audit_published(companions: Companions) -> list[CheckResult]:
    """Run all suites on the published file, as of the last run that published; changes nothing.

    Raises `UsageError` when the file cannot be opened or is of another schema.
    """
    with open_warehouse(companions.path) as connection:
        schema = read_schema_version(connection)
        if schema < SCHEMA_VERSION:
            raise UsageError(
                f"{companions.path} is of schema {schema}, the checks are of {SCHEMA_VERSION}. Run `revue run INPUT...` once to "
                "bring it up to date; an input it knows already is enough."
            )
        row = connection.execute("select max(run_id) from runs where state in ('published', 'unchanged')").fetchone()
    return _audit(companions.path, companions, row[0] if row and row[0] else "", None)


def import_engine() -> threading.Thread:
    """Import Great Expectations in a thread: it takes seconds, and nothing needs it before the audit."""
    thread = threading.Thread(target=_import_engine, daemon=True)
    thread.start()
    return thread


def _import_engine() -> None:
    import expectations.engine  # noqa: F401


def _audit(file: Path, companions: Companions, run_id: str, docs: Path | None) -> list[CheckResult]:
    from expectations.validate import validate
    from tasks.extract import ruled_languages

    return validate(
        file,
        run_id=run_id,
        checked_at=datetime.now(UTC),
        ruled_languages=ruled_languages(),
        docs=docs,
        checks_folder=companions.checks if companions.checks.is_dir() else None,
    )
