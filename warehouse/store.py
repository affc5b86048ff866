"""The only importer of DuckDB: connections, SQL files, and quoting of what cannot be bound."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.errors import UsageError
from warehouse.facts import FACT_KINDS, SENTENCE, select_facts

if TYPE_CHECKING:
    import duckdb
    import pyarrow

# The schema version is the number of the last upgrade step; each version has a frozen file in tests/schemas/.
SCHEMA_VERSION = max(
    int(step.name.removesuffix(".sql")) for step in files("warehouse").joinpath("sql/upgrades").iterdir()
)
_MAGIC = slice(8, 12)  # bytes of the header of a DuckDB file: "DUCK", after the checksum
_STORAGE_VERSION = slice(12, 20)
_BATCH_ROWS = 10_000
_DAMAGED = ("Corrupt database file", "Could not read enough bytes from file")
_LOCKED = "Could not set lock on file"  # "block" in a message about a damaged file holds "lock" too

# What extract makes of a text: rows that are deleted when the document leaves `documents`. `lines` and `evidence` stay,
# so that a rejected document can still be explained.
FACT_TABLES = (SENTENCE.table, *(kind.table for kind in FACT_KINDS), "bands")
DOCUMENT_TABLES = ("documents", "lines", "evidence", *FACT_TABLES)
TABLES = (
    *DOCUMENT_TABLES, "entities", "entity_names", "dropped_names", "sources", "duplicates", "inputs", "rejections", "runs", "checks",
    "line_counts", "forgotten", "meta",
)  # fmt: skip

# What a reader of a published file may use at most.
_READER_MEMORY, _READER_DISK = "4GB", "8GB"


def connect(
    path: Path | str = ":memory:", *, read_only: bool = False, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file (or memory) with revue's session settings: UTC, no extension installed or loaded by itself."""
    import duckdb

    config: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(str(path), read_only=read_only, config=config)
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set enable_progress_bar = false")  # DuckDB draws it on stdout, among the rows
    return connection


def open_warehouse(path: Path | str) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse read-only, without access to files and network, so that any SQL may be run on it.

    Raises `UsageError` when the file does not exist or may not be read, is not a revue warehouse, is damaged, was written by another version
    of DuckDB or with a newer schema, or is open for writing in another program.
    """
    import duckdb

    path = Path(path)
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is not a file. Name another with --warehouse.")
    if not path.is_file():
        raise UsageError(
            f"There is no warehouse at {path}. Run `revue run INPUT...` first, or name it with --warehouse."
        )
    if not os.access(path, os.R_OK):
        raise UsageError(f"{path} cannot be read. Change its permissions, or name another file with --warehouse.")
    try:
        connection = connect(path, read_only=True)
        # Before anything is read: a view of a file of unknown origin may be written to read files, or to use up memory or disk.
        connection.execute(f"set memory_limit = '{_READER_MEMORY}'")
        connection.execute(f"set max_temp_directory_size = '{_READER_DISK}'")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        schema = read_schema_version(connection)
    except duckdb.Error as error:
        raise UsageError(_describe_unopened(path, error)) from error
    if schema > SCHEMA_VERSION:
        raise UsageError(
            f"{path} was written by a newer revue (schema {schema}, this one reads up to {SCHEMA_VERSION}). Upgrade revue."
        )
    return connection


def _describe_unopened(path: Path, error: Exception) -> str:
    """Why DuckDB could not open a file, and the next step, in two sentences."""
    import duckdb

    message = str(error)
    with path.open("rb") as file:
        header = file.read(_STORAGE_VERSION.stop)
    if header[_MAGIC] != b"DUCK" or not isinstance(error, duckdb.OperationalError | duckdb.InternalError):
        return f"{path} is not a revue warehouse. Name another file with --warehouse."
    if _LOCKED in message:
        return f"Another program has {path} open for writing. Close it there, then try again."
    if "version number" in message:
        version = int.from_bytes(header[_STORAGE_VERSION], "little")
        return (
            f"{path} was written by another version of DuckDB (storage version {version}), which DuckDB "
            f"{duckdb.__version__} cannot read. Use the revue that wrote it, or name another file with --warehouse."
        )
    return describe_damage(path, message)


def describe_damage(path: Path, message: str) -> str:
    """That a warehouse is damaged, by the first line of DuckDB's message, and the next step, in two sentences."""
    kept = sorted(path.with_name(f"{path.name}.runs").glob("*/previous.duckdb"), key=lambda one: one.parent.name)
    step = f"Copy {kept[-1]} over it" if kept else "Put a copy of it in its place"
    return f"{path} is damaged: {message.splitlines()[0].rstrip('.')}. {step}, or name another file with --warehouse."


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Load an extension of DuckDB from its Python package, `duckdb-extension-NAME`; False when none of this version is installed.

    Nothing is downloaded. The connection must have access to files.
    """
    import duckdb

    found = find_spec(f"duckdb_extension_{name}")
    if found is None or not found.submodule_search_locations:
        return False
    folder = Path(found.submodule_search_locations[0])
    file = folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not file.is_file():
        return False
    try:
        connection.execute(f"load {quote_text(str(file))}")
    except (duckdb.IOException, duckdb.InvalidInputException):  # for another platform
        return False
    return True


def is_database_error(error: Exception) -> bool:
    """Whether DuckDB raised the error."""
    import duckdb

    return isinstance(error, duckdb.Error)


def is_damaged(error: Exception) -> bool:
    """Whether the error says that a DuckDB file is damaged or cut short."""
    said = str(error)
    return any(words in said for words in _DAMAGED) and "parquet" not in said.lower()


def is_interruption(error: Exception) -> bool:
    """Whether the error is that of a query that was interrupted."""
    import duckdb

    return isinstance(error, duckdb.InterruptException)


def is_out_of_memory(error: Exception) -> bool:
    """Whether a query needed more memory or temporary disk than the connection may use."""
    import duckdb

    return isinstance(error, duckdb.OutOfMemoryException)


def read_schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The schema version of the open file; 0 when its table `meta` is empty."""
    row = connection.execute("select schema_version from meta").fetchone()
    return int(row[0]) if row else 0


def create_tables(connection: duckdb.DuckDBPyConnection, *, created_at: datetime | None = None) -> None:
    """Make the tables that are missing, all views, all comments, and the row of `meta`."""
    with transaction(connection):
        for table in TABLES:
            connection.execute(read_table_sql(table))
        for view in list_views():
            connection.execute(read_view_sql(view))
        if connection.execute("select count(*) from meta").fetchone() == (0,):
            connection.execute(
                "insert into meta values (?, ?, ?)", [SCHEMA_VERSION, revue_version(), created_at or datetime.now(UTC)]
            )


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run the statements of the block in one transaction: all take effect or none, with one write to disk."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


@functools.cache
def read_sql(package: str, name: str) -> str:
    """Read the SQL file `<name>.sql` of a package, such as `read_sql("tasks.load", "merge")`."""
    return files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def read_query(package: str, name: str) -> str:
    """The one query of an SQL file, without its closing semicolon, to be put into `copy (…)` or `create table … as …`."""
    return read_sql(package, name).rstrip().removesuffix(";")


def read_table_sql(table: str) -> str:
    """The definition of a table with its comments."""
    return read_sql("warehouse", f"sql/tables/{table}")


def read_view_sql(view: str) -> str:
    """The definition of a view with its comments; that of `facts` is completed from the registry of fact kinds."""
    return read_sql("warehouse", f"sql/views/{view}").replace("{facts}", select_facts())


@functools.cache
def list_views() -> tuple[str, ...]:
    """The names of the views, sorted."""
    found = files("warehouse").joinpath("sql/views").iterdir()
    return tuple(sorted(file.name.removesuffix(".sql") for file in found if file.name.endswith(".sql")))


def run_sql(
    connection: duckdb.DuckDBPyConnection, package: str, name: str, values: Mapping[str, Any] | None = None
) -> None:
    """Run the statements of a package's SQL file `<name>.sql` in order; `values` are bound where one has `$name`."""
    import duckdb

    for statement in duckdb.extract_statements(read_sql(package, name)):
        bound = {key: value for key, value in (values or {}).items() if key in statement.named_parameters}
        connection.execute(statement, bound or None)


def fetch_rows(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    values: Sequence[Any] | Mapping[str, Any] | None = None,
    *,
    most: int | None = None,
) -> list[dict[str, Any]]:
    """Run a query; returns its rows as mappings of column names to Python values.

    Raises `UsageError` when there are more than `most`.
    """
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description or ()]
    rows: list[dict[str, Any]] = []
    while batch := cursor.fetchmany(_BATCH_ROWS):
        rows += (dict(zip(names, row, strict=True)) for row in batch)
        if most is not None and len(rows) > most:
            raise UsageError(
                f"The warehouse has more than {most:,} rows where they would all be read. Ask for less with `revue query`."
            )
    return rows


def arrow_schema(table: str) -> pyarrow.Schema:
    """The Arrow schema of a table, derived from its SQL definition."""
    return _arrow_schemas()[table]


@functools.cache
def _arrow_schemas() -> dict[str, pyarrow.Schema]:
    """The schemas of all tables: most of their cost is the connection, and workers have them from the process they are forked from."""
    connection = connect(threads=1)
    try:
        for table in TABLES:
            connection.execute(read_table_sql(table))
        return {
            table: connection.execute(f"select * from {quote_name(table)} limit 0").to_arrow_table().schema
            for table in TABLES
        }
    finally:
        connection.close()


def view_parquet(connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path]) -> None:
    """Make a temporary view of Parquet files of one table; at least one file must be given.

    A column that a file does not have is null: a run may be continued by a later version that added one.
    """
    listed = ", ".join(quote_text(str(file)) for file in files)
    connection.execute(
        f"create or replace temp view {quote_name(name)} as "
        f"select * from read_parquet([{listed}], union_by_name = true)"
    )


def attach(connection: duckdb.DuckDBPyConnection, path: Path | str, name: str, *, read_only: bool = True) -> None:
    """Attach another DuckDB file under a name."""
    connection.execute(f"attach {quote_text(str(path))} as {quote_name(name)}{' (read_only)' if read_only else ''}")


def attach_lake(connection: duckdb.DuckDBPyConnection, catalog: Path, name: str) -> None:
    """Attach a DuckLake, made when there is none, whose data files are in `data` beside its catalog; needs the extension ducklake."""
    data = quote_text(f"{catalog.resolve().parent / 'data'}/")
    options = f"data_path {data}, override_data_path true" if catalog.exists() else f"data_path {data}"
    connection.execute(f"attach {quote_text(f'ducklake:{catalog.resolve()}')} as {quote_name(name)} ({options})")


def locate_lake(catalog: Path) -> None:
    """Write into the catalog of a DuckLake that was moved where its data files are now, so that others need not say it."""
    with connect(catalog) as connection:
        connection.execute(
            "update ducklake_metadata set value = ? where key = 'data_path'", [f"{catalog.resolve().parent / 'data'}/"]
        )


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows to a table; a column that a row does not have is null."""
    if not rows:
        return
    import pyarrow

    batch = pyarrow.Table.from_pylist([dict(row) for row in rows], schema=arrow_schema(table))
    connection.register("incoming_rows", batch)
    try:
        connection.execute(f"insert into {quote_name(table)} by name select * from incoming_rows")
    finally:
        connection.unregister("incoming_rows")


_ERROR_KIND = re.compile(r"^(\(\S+\) )?(\w+ )*Error: ")
_ERROR_ADVICE = re.compile(r"\n\nLINE |\n+Did you mean|\n+Candidate bindings")


def describe_error(error: Exception | str) -> str:
    """The message of a DuckDB error, without the error class before it and the advice after it."""
    message = _ERROR_KIND.sub("", _ERROR_ADVICE.split(str(error).strip())[0])
    return " ".join(message.split()).rstrip(".!") + "."


def quote_name(name: str) -> str:
    """An SQL identifier, quoted."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """An SQL string literal, quoted, for the places where DuckDB takes no bound value (paths in `attach`)."""
    return "'" + text.replace("'", "''") + "'"


@functools.cache
def revue_version() -> str:
    """The installed version of revue."""
    try:
        return version("revue")
    except PackageNotFoundError:
        return "0+unknown"
