"""Great Expectations on DuckDB: the engine and the datasource it lacks, and an expectation for checks in SQL.

Great Expectations has no DuckDB support: its engine returns the connection to the pool before it reads the rows, and
this discards DuckDB's result. Here one connection stays open, so that every expectation also sees the temporary tables
and variables set on it beforehand.

Importing this module imports Great Expectations (2 to 5 seconds): import it where it is used.
"""

from __future__ import annotations

import builtins
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from expectations.checks import KEPT_ROWS
from expectations.inherited_fields import copy_fields_alone
from warehouse.deferred import defer_imports

with defer_imports("altair", "scipy.stats"), copy_fields_alone():
    import sqlalchemy
    from duckdb_engine import ConnectionWrapper
    from great_expectations.compatibility import pydantic
    from great_expectations.datasource.fluent import SQLDatasource
    from great_expectations.execution_engine import SqlAlchemyExecutionEngine
    from great_expectations.expectations import UnexpectedRowsExpectation
    from great_expectations.render import LegacyDiagnosticRendererType, RenderedTableContent
    from great_expectations.render.renderer.renderer import renderer

    from expectations.computed_once import compute_once, keep_unsaved

if TYPE_CHECKING:
    import duckdb
    from great_expectations.data_context import EphemeralDataContext


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """GX's SQL engine with one connection that stays open."""

    _kept_inspector: sqlalchemy.Inspector | None = None

    @contextmanager
    def get_connection(self) -> Generator[sqlalchemy.Connection, None, None]:
        """The one connection, opened at first use and never returned to the pool."""
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection

    def get_inspector(self) -> sqlalchemy.Inspector:
        """One inspector for all batches: the file is read-only, so a table read for one batch is the same for the next."""
        if self._kept_inspector is None:
            self._kept_inspector = super().get_inspector()
        return self._kept_inspector


class DuckDBDatasource(SQLDatasource):
    """GX's SQL datasource for DuckDB; gives contexts `data_sources.add_duckdb`."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> builtins.type[SqlAlchemyExecutionEngine]:
        return DuckDBExecutionEngine


class ExpectFewFailingRows(UnexpectedRowsExpectation):
    """A check in SQL: its query returns the failing rows, of which at most `most` may be.

    The query runs once: every row it returns has the total in `count_failing`, and 100 rows are fetched.
    """

    most: float = 0

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)

    @pydantic.validator("unexpected_rows_query", allow_reuse=True)
    def _validate_query(cls, query: Any) -> Any:
        # GX's own validator warns about every query that does not read the batch.
        return query

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None
    ) -> dict[str, Any]:
        rows = metrics["unexpected_rows_query.table"]
        count = rows[0]["count_failing"] if rows else 0
        kept = [{key: value for key, value in row.items() if key != "count_failing"} for row in rows]
        return {
            "success": count <= self.most,
            "result": {"observed_value": count, "details": {"unexpected_rows": kept}},
        }

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> Any:
        """The failing rows as a table of the Data Docs, where GX only gives their number."""
        rows = result.result.get("details", {}).get("unexpected_rows") if result is not None else None
        if not rows:
            return None
        return [
            RenderedTableContent(
                header_row=list(rows[0]),
                table=[[str(value) for value in row.values()] for row in rows],
            )
        ]


def failing_rows_query(sql: str) -> str:
    """A check's query as GX can run it: its rows counted, ordered and limited to 100.

    GX takes braces as format fields, SQLAlchemy `:word` as a bound parameter; both are escaped.
    """
    query = f"select *, count(*) over () as count_failing from (\n{sql}\n) order by all limit {KEPT_ROWS}"
    return query.replace(":", "\\:").replace("{", "{{").replace("}", "}}")


def open_context(connection: duckdb.DuckDBPyConnection) -> EphemeralDataContext:
    """A GX context in memory, without telemetry and progress bars, with one datasource: `warehouse`."""
    import great_expectations
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    compute_once()
    config = DataContextConfig(
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        data_docs_sites={},
    )
    context = great_expectations.get_context(mode="ephemeral", project_config=config)
    keep_unsaved(context)
    context.data_sources.add_duckdb(
        "warehouse",
        connection_string="duckdb://",
        create_temp_table=False,
        kwargs={"poolclass": sqlalchemy.StaticPool, "creator": lambda: ConnectionWrapper(connection)},
    )
    return context
