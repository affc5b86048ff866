"""What queries of checks may use: variables, and temporary tables made once before the first check.

Variables: `run_id`, the run being checked; `ruled_languages`, the codes of the languages with rules for dates, figures,
quotes and roles; `least_documents`, from how many documents a source is measured; `history_<name>`, each bound of
`[history]` in `thresholds.toml`. Each `.sql` file of this folder makes the temporary table of its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from expectations.bounds import BoundsByCheck
from warehouse.store import read_sql, run_sql

if TYPE_CHECKING:
    import duckdb

HISTORY = "history"
# A share or a mean of fewer documents of a source is left out: one odd document would move it by more than a tenth.
LEAST_DOCUMENTS = 10


def prepare_checks(
    connection: duckdb.DuckDBPyConnection, run_id: str, bounds: BoundsByCheck, ruled_languages: Sequence[str]
) -> None:
    """Set the variables and make the temporary tables that queries of checks may use."""
    variables = {"run_id": run_id, "ruled_languages": list(ruled_languages), "least_documents": LEAST_DOCUMENTS}
    for (suite, name), one in bounds.items():
        if suite == HISTORY:
            variables[f"{HISTORY}_{name}"] = one.low if one.low is not None else one.high
    for name, value in variables.items():
        connection.execute(f"set variable {name} = $value", {"value": value})
    run_sql(connection, "warehouse", "sql/macros/describe_question")
    for table in list_prepared_tables():
        connection.execute(f"create or replace temp table {table} as\n{read_sql(__name__, table)}")


def list_prepared_tables() -> list[str]:
    """The names of the temporary tables, sorted."""
    names = (path.name for path in files(__name__).iterdir())
    return sorted(name.removesuffix(".sql") for name in names if name.endswith(".sql"))
