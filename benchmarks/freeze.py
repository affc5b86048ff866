"""Freeze what the sample pages come out as: `python benchmarks/freeze.py WAREHOUSE` writes `tests/frozen.json`.

The test that reads it fails when outcomes change and the `VERSION` of the step that made them did not: users' warehouses
would then hold two kinds of outcome under one recipe.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from warehouse.store import open_warehouse  # noqa: E402

FROZEN = ROOT / "tests" / "frozen.json"
# What each step decides, without what floating point may move in the last digit.
_OUTCOMES = {
    "tasks.strip.VERSION": "select doc_id, line_no, raw_start, raw_end, kind, reason, text_start, text_end from lines order by all",
    "tasks.describe.VERSION": "select doc_id, field, value, method, line_no, is_chosen from evidence order by all",
    "tasks.facts.VERSION": (
        "select 'name', doc_id, start_char, end_char, label_extracted, null from mentions union all "
        "select 'date', doc_id, start_char, end_char, timex, starts_on::text from dates union all "
        "select 'figure', doc_id, start_char, end_char, kind, concat_ws(' ', value::text, subject) from figures union all "
        "select 'quote', doc_id, start_char, end_char, speaker, verb from quotes union all "
        "select 'role', doc_id, start_char, end_char, name, role from roles order by all"
    ),
}


def read_versions() -> dict[str, int]:
    """The constants in force, by their full names."""
    import tasks.describe
    import tasks.facts
    import tasks.strip

    return {
        "tasks.strip.VERSION": tasks.strip.VERSION,
        "tasks.describe.VERSION": tasks.describe.VERSION,
        "tasks.facts.VERSION": tasks.facts.VERSION,
    }


def hash_outcomes(warehouse: Path) -> dict[str, str]:
    """One hash per step over what it made of the sample pages."""
    with open_warehouse(warehouse) as connection:
        return {
            constant: hashlib.sha256(repr(connection.execute(query).fetchall()).encode()).hexdigest()[:16]
            for constant, query in _OUTCOMES.items()
        }


def main() -> None:
    """Write the file."""
    warehouse = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "revue.duckdb")
    versions = read_versions()
    frozen = {
        constant: {"version": versions[constant], "outcome": outcome}
        for constant, outcome in hash_outcomes(warehouse).items()
    }
    FROZEN.write_text(json.dumps(frozen, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
