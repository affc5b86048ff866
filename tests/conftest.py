"""What tests share: one real Prefect server for the session, one ingest function over it, and a last line on what was skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "articles"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fail-on-skip", action="store_true", help="fail when a test was skipped")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say at the very end what did not run, and how to make it run."""
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"skipped: {report.nodeid}: {report.longrepr[2].removeprefix('Skipped: ')}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--fail-on-skip") and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="session")
def server_url(prefect_home: Path) -> Iterator[str]:
    """The address of a real Prefect server, the only one of the session, on a home of its own."""
    from flows.runtime.server import Server, prepare_client

    os.environ["PREFECT_HOME"] = str(prefect_home)
    os.environ.pop("PREFECT_API_URL", None)
    with Server(os.environ) as server:
        url = server.wait()
        prepare_client(url)
        yield url
        from flows.runtime.run_flow import drain

        drain()


@pytest.fixture(scope="session")
def ingest(server_url: str) -> Callable[..., Any]:
    """`ingest(inputs, warehouse, retried=None, **settings)`: the real flow, with real workers, on the session's server."""

    def run(inputs: list[Any], warehouse: Path, retried: Any = None, **options: Any) -> Any:
        from flows.ingest import ingest
        from warehouse.settings import Settings

        return ingest(
            [str(one) for one in inputs],
            warehouse=str(warehouse),
            settings=Settings(**({"workers": 1} | options)),
            retried=retried,
        )

    return run


@pytest.fixture(scope="session")
def published(ingest: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages, published. Not to be written to: copy it first."""
    warehouse = tmp_path_factory.mktemp("published") / "revue.duckdb"
    ingest([SEEDS], warehouse)
    return warehouse


@pytest.fixture
def rows() -> Callable[..., list[Any]]:
    """`rows(warehouse, sql)`: what a query on a published warehouse gives."""
    from warehouse.store import open_warehouse

    def fetch(warehouse: Path, sql: str, values: Any = None) -> list[Any]:
        with open_warehouse(warehouse) as connection:
            return connection.execute(sql, values).fetchall()

    return fetch
