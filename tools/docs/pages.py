"""Write the generated pages of `docs/`: the tables from the comments in their SQL, the checks from their headers.

`python -m tools.docs.pages` writes them; tests/test_docs.py compares.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from warehouse.errors import UsageError
from warehouse.store import TABLES, connect, create_tables, list_views, read_table_sql

ROOT = Path(__file__).parents[2]


def write_tables() -> str:
    """Return `docs/tables.md`: every table and view with its columns, types and comments, as DuckDB reports them."""
    with connect() as connection:
        create_tables(connection)
        columns = connection.execute(
            "select table_name, column_name, lower(data_type), comment, is_nullable from duckdb_columns() where not internal order by table_name, column_index"
        ).fetchall()
        comments = dict(connection.execute("select table_name, comment from duckdb_tables()").fetchall())
        comments |= dict(
            connection.execute("select view_name, comment from duckdb_views() where not internal").fetchall()
        )
        keys = dict(
            connection.execute(
                "select table_name, constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
            ).fetchall()
        )
    views = list_views()
    parts = [
        "# Tables",
        "",
        "Generated from the comments in `warehouse/sql/` by `make docs`; the comments are in the warehouse too: `select * from duckdb_columns()`.",
        "Positions are code points, half open `[start, end)`.",
    ]
    for name in [*TABLES, *views]:
        parts += ["", f"## {name}", "", comments[name] or ""]
        if name in keys:
            parts.append(f"Key: {', '.join(f'`{column}`' for column in keys[name])}.")
        parts += ["", "| column | type | what it is |", "| --- | --- | --- |"]
        for _, column, data_type, comment, is_nullable in (row for row in columns if row[0] == name):
            kind = data_type.replace("timestamp with time zone", "timestamptz").replace("varchar", "text")
            null = "" if name in views or not is_nullable else " or null"
            parts.append(f"| `{column}` | {kind}{null} | {comment or ''} |")
    return "\n".join(parts) + "\n"


def list_undocumented() -> list[str]:
    """Return the columns of tables that have no comment."""
    return [
        f"{table}.{column}"
        for table in TABLES
        for column in re.findall(r"^    ([a-z_]+) [a-z]", read_table_sql(table), re.MULTILINE)
        if f"comment on column {table}.{column} is" not in read_table_sql(table)
        and column not in ("primary", "unique", "check")
    ]


# A question in a page: ```console, `$ revue query "…"`, and its answer up to the closing ```.
_QUESTION = re.compile(
    r'^```console\n\$ revue query "(?P<sql>(?:[^"]|\n)+)"\n(?P<answer>.*?)^```$', re.MULTILINE | re.DOTALL
)
_WIDTH = 110


def answer_questions(page: str, warehouse: Path) -> str:
    """Return a page with the answer after every `$ revue query "…"` replaced by that of the warehouse."""
    from flows.cli.terminal.tables import format_table
    from warehouse.browse.query import run_query

    def answer(match: re.Match[str]) -> str:
        try:
            columns, rows = run_query(warehouse, match["sql"])
            printed = format_table(columns, rows, width=_WIDTH)
        except UsageError as error:  # a page may show what a mistake is answered with
            printed = textwrap.fill(f"revue: {error}", _WIDTH, break_long_words=False, break_on_hyphens=False)
        return f'```console\n$ revue query "{match["sql"]}"\n{printed}\n```'

    return _QUESTION.sub(answer, page)


QUESTION_PAGES = (ROOT / "README.md", ROOT / "docs" / "sql-cookbook.md", ROOT / "docs" / "one-document.md")


def main() -> None:
    """Write the pages; the questions are put to `revue.duckdb`, which `make run` publishes."""

    from expectations.check_table import write_check_table

    (ROOT / "docs" / "tables.md").write_text(write_tables(), encoding="utf-8")
    write_check_table(ROOT / "docs" / "quality.md")
    for page in QUESTION_PAGES:
        page.write_text(answer_questions(page.read_text(encoding="utf-8"), ROOT / "revue.duckdb"), encoding="utf-8")


if __name__ == "__main__":
    main()
