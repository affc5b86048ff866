"""Write the generated pages of `docs/`: the tables from the comments in their SQL, the checks from their headers.

`python -m tools.docs.pages` writes them; tests/test_tools_docs.py compares.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import textwrap
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from tools.docs.notebook import write_notebooks
from warehouse.errors import UsageError
from warehouse.rows import Run
from warehouse.settings import Settings
from warehouse.store import TABLES, connect, create_tables, fetch_rows, list_views, open_warehouse, read_table_sql

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


# Another command in a page, whose output may be cut: ```console, `$ revue explain … | head -20`, and its output.
_COMMAND = re.compile(
    r"^```console\n\$ revue (?P<words>(?!query )[^\n|]+?)(?: \| head -(?P<most>\d+))?\n(?P<answer>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_RUN_ID = re.compile(r"\b\d{8}T\d{6}-[0-9a-f]{4}\b")


def answer_commands(page: str, warehouse: Path) -> str:
    """Return a page with the output after every other `$ revue …` replaced by what it prints beside the warehouse.

    Run ids differ from run to run, so the output has one and the same.
    """

    def answer(match: re.Match[str]) -> str:
        lines = _RUN_ID.sub("20250904T0815-1a2b", run_command(shlex.split(match["words"]), warehouse.parent)).split(
            "\n"
        )
        lines = lines[: int(match["most"])] if match["most"] else lines
        head = match[0].split("\n")[1]
        return "\n".join(["```console", head, *(line.rstrip() for line in lines)]).rstrip() + "\n```"

    return _COMMAND.sub(answer, page)


def run_command(words: list[str], folder: Path) -> str:
    """What `revue WORDS` prints in a folder, without colour; raises `ValueError` when it fails."""
    from flows.cli import main

    page = io.StringIO()
    variables = {name: value for name, value in os.environ.items() if not name.startswith("REVUE_")}
    with (
        chdir(folder),
        patch.dict(os.environ, variables, clear=True),
        redirect_stdout(page),
        redirect_stderr(io.StringIO()),
    ):
        try:
            main(words)
        except SystemExit as ended:
            if ended.code:
                raise ValueError(f"revue {shlex.join(words)} ended with {ended.code}.") from ended
    return page.getvalue()


# The summary of `make run` in the README, with the seconds it took and the path of the command, which differ.
_SUMMARY = re.compile(r"(?<=<!-- run -->\n```\n).*?(?=\n```\n<!-- /run -->)", re.DOTALL)
_SECONDS = re.compile(r"(?<= quarantined, in )[\d.]+ s")
_CALL = re.compile(r"(?<!\S)(?:\S*/)?revue (?=query|explain|rejected|serve)")


def write_summary(page: str, warehouse: Path) -> str:
    """Return a page with the summary of the last run between `<!-- run -->` and `<!-- /run -->`."""
    if not _SUMMARY.search(page):
        return page
    from flows.cli.terminal.run_summary import print_run

    with open_warehouse(warehouse) as connection:
        [row] = fetch_rows(connection, "select * from runs order by run_id desc limit 1")
    # without its flow run: a reader's run has a server of its own, which has ended
    run = Run(**(row | {"inputs": tuple(row["inputs"]), "flow_run_id": None}))
    printed = io.StringIO()
    with chdir(warehouse.parent), redirect_stdout(printed):
        print_run(Settings(), run, run.started_at, quiet=False, as_json=False)
    text = "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())
    text = _CALL.sub(".venv/bin/revue ", _SECONDS.sub("14.7 s", text))
    return _SUMMARY.sub(lambda _: text, page)


def answer_page(page: str, warehouse: Path) -> str:
    """Return a page with the answers to all its questions and commands, and the summary of the run."""
    return write_summary(answer_commands(answer_questions(page, warehouse), warehouse), warehouse)


QUESTION_PAGES = tuple(
    ROOT / name for name in ("README.md", "docs/sql-cookbook.md", "docs/one-document.md", "docs/tutorial.md")
)
EXAMPLES = ROOT / "docs" / "examples"


def main() -> None:
    """Write the pages; the questions are put to `revue.duckdb`, which `make run` publishes."""

    from expectations.check_table import write_check_table

    (ROOT / "docs" / "tables.md").write_text(write_tables(), encoding="utf-8")
    write_check_table(ROOT / "docs" / "quality.md")
    for page in QUESTION_PAGES:
        page.write_text(answer_page(page.read_text(encoding="utf-8"), ROOT / "revue.duckdb"), encoding="utf-8")
    write_notebooks(EXAMPLES)


if __name__ == "__main__":
    main()
