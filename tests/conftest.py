"""What tests share: one real Prefect server for the session, warehouses published on it, and the command line.

A warehouse is published once per session and only read; a test that changes one takes a copy of its folder. An ingest
costs three seconds, most of them in the audit, so a test starts from a published warehouse where it can.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import chdir
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pages import BODY, write_check, write_page

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "articles"
REVUE = Path(sys.executable).with_name("revue")


# Few and always the same examples in the suite; many and new ones with `make fuzz` (--hypothesis-profile=long).
_SLOW_PARTS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "short", max_examples=12, derandomize=True, database=None, deadline=None, suppress_health_check=_SLOW_PARTS
)
settings.register_profile("long", max_examples=5_000, deadline=None, suppress_health_check=_SLOW_PARTS)
settings.load_profile("short")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fail-on-skip", action="store_true", help="fail when a test was skipped")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say at the very end what did not run, and how to make it run."""
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"skipped: {report.nodeid}: {report.longrepr[2].removeprefix('Skipped: ')}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # a process of pytest-xdist; the one that reports decides
        return
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
        from flows.retry import retry
        from warehouse.settings import Settings

        settings = Settings(**({"workers": 1} | options | {"warehouse": str(warehouse)}))
        names = [str(one) for one in inputs]
        return ingest(names, str(warehouse), settings) if retried is None else retry(names, retried, settings)

    return run


@pytest.fixture(scope="session")
def published_folder(ingest: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `revue.duckdb` holds the sample pages. Not to be written to."""
    folder = tmp_path_factory.mktemp("published")
    ingest([SEEDS], folder / "revue.duckdb")
    return folder


@pytest.fixture(scope="session")
def published(published_folder: Path) -> Path:
    """The warehouse of the sample pages. Not to be written to."""
    return published_folder / "revue.duckdb"


@pytest.fixture
def published_copy(published_folder: Path, tmp_path: Path) -> Path:
    """A copy of the folder of the sample pages' warehouse."""
    return _copy(published_folder, tmp_path)


@pytest.fixture(scope="session")
def page_folder(ingest: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page `a.txt`, published in its `revue.duckdb`. Not to be written to."""
    folder = tmp_path_factory.mktemp("page")
    ingest([write_page(folder / "a.txt")], folder / "revue.duckdb")
    return folder


@pytest.fixture
def page_copy(page_folder: Path, tmp_path: Path) -> Path:
    """A copy of the folder of one published page."""
    return _copy(page_folder, tmp_path)


@pytest.fixture(scope="session")
def quarantined(ingest: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published page, one that a user's check put in quarantine, and an empty file. Not to be written to."""
    folder = tmp_path_factory.mktemp("quarantined")
    sql = "select doc_id, title as detail from documents where text ilike '%abeilles%'"
    write_check(folder / "revue.checks", "no_bees", sql)
    bees = "Les abeilles, elles, ont été aperçues dès lundi sur les toits de la mairie de Port-Aubry."
    write_page(folder / "in" / "good.txt")
    write_page(folder / "in" / "sub" / "bees.txt", "Les abeilles reviennent", (*BODY[:2], bees, *BODY[2:]))
    (folder / "in" / "empty.txt").touch()
    with chdir(folder):  # inputs are recorded as they are given: those of a copy lie in the copy
        ingest(["in"], folder / "revue.duckdb")
    return folder


@pytest.fixture
def quarantined_copy(quarantined: Path, tmp_path: Path) -> Path:
    """A copy of the folder with a page in quarantine."""
    return _copy(quarantined, tmp_path)


@pytest.fixture(scope="session")
def refused(
    ingest: Callable[..., Any], page_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A folder with a published page and a run of two more files, refused by a check of the whole; and that run's id.

    Not to be written to.
    """
    from warehouse.errors import GateRefused

    folder = _copy(page_folder, tmp_path_factory.mktemp("refused"))
    sql = "select doc_id, uri as detail from documents where uri = 'b.txt'"
    write_check(folder / "revue.checks", "no_second", sql, scope="run")
    write_page(folder / "in" / "b.txt", "Une autre page", BODY[::-1])
    (folder / "in" / "empty.txt").touch()
    with chdir(folder), pytest.raises(GateRefused, match="no_second") as refusal:
        ingest(["in"], folder / "revue.duckdb")
    assert f"revue publish {refusal.value.run_id} --accept no_second" in str(refusal.value)
    return folder, refusal.value.run_id


@pytest.fixture
def refused_copy(refused: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of the folder with a refused run, and that run's id."""
    return _copy(refused[0], tmp_path), refused[1]


def _copy(folder: Path, target: Path) -> Path:
    return Path(shutil.copytree(folder, target, dirs_exist_ok=True))


@pytest.fixture
def rows() -> Callable[..., list[Any]]:
    """`rows(warehouse, sql)`: what a query on a published warehouse gives."""
    from warehouse.store import open_warehouse

    def fetch(warehouse: Path, sql: str, values: Any = None) -> list[Any]:
        with open_warehouse(warehouse) as connection:
            return connection.execute(sql, values).fetchall()

    return fetch


@pytest.fixture
def read_last_run(server_url: str) -> Callable[[], dict[str, Any]]:
    """`read_last_run()`: what Prefect shows of the last flow run: state, artifacts by key, log and task states."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        ArtifactFilter,
        ArtifactFilterFlowRunId,
        FlowRunFilter,
        FlowRunFilterId,
        LogFilter,
        LogFilterFlowRunId,
    )
    from prefect.client.schemas.sorting import FlowRunSort

    def look() -> dict[str, Any]:
        from flows.runtime.run_flow import drain

        drain()
        with get_client(sync_client=True) as client:
            [run] = client.read_flow_runs(sort=FlowRunSort.EXPECTED_START_TIME_DESC, limit=1)
            artifacts = client.read_artifacts(
                artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
            )
            logs = client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run.id])), limit=200)
            for _ in range(100):  # task runs are written from events
                tasks = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])))
                if tasks and all(task.state and task.state.is_final() for task in tasks):
                    break
                time.sleep(0.1)
        assert run.state is not None
        return {
            "id": str(run.id),
            "name": run.name,
            "state": (run.state.type.value, run.state.name),
            "message": run.state.message,
            "progress": next(((one.data, one.description) for one in artifacts if one.key == "revue-progress"), None),
            "artifacts": {artifact.key: str(artifact.data) for artifact in artifacts},
            "log": "\n".join(log.message for log in logs),
            "tasks": {task.name: task.state.name for task in tasks if task.state},
        }

    return look


@pytest.fixture
def worker_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was run in worker processes since the start of the test: the functions, one per shard and step, and the uris read."""
    from tasks.runtime.workers import Workers

    calls: list[str] = []
    guarded = Workers.run_guarded

    def run(self: Workers, function: Callable[..., Any], journal: Path, first: Any, *rest: Any) -> Any:
        uris = [f" {item.uri}" for item in first] if function.__name__ == "read_shard_inputs" else [""]
        calls.extend(f"{function.__name__}{uri}" for uri in uris)
        return guarded(self, function, journal, first, *rest)

    monkeypatch.setattr(Workers, "run_guarded", run)
    return calls


@pytest.fixture
def start(tmp_path: Path, server_url: str) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """`start(*arguments, cwd=…, stdin=…, **variables)`: the `revue` command as a process of its own, in an empty folder."""

    def run(
        *arguments: Any, cwd: Path = tmp_path, stdin: bytes = b"", **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PREFECT_API_URL": server_url, **variables}
        return subprocess.run(
            [REVUE, *map(str, arguments)], cwd=cwd, input=stdin, capture_output=True, env=environment, timeout=280
        )

    return run


@pytest.fixture
def revue(
    tmp_path: Path, server_url: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """`revue(*arguments, cwd=…, **variables)`: the same command in this process, which has imported what takes seconds."""
    from flows.cli import main

    def run(*arguments: Any, cwd: Path = tmp_path, **variables: str) -> subprocess.CompletedProcess[bytes]:
        command = [str(REVUE), *map(str, arguments)]
        capfdbinary.readouterr()
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            patch.setattr(sys, "argv", command)
            for name, value in variables.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                copy_context().run(main)  # what a command sets in a context variable ends with it
        assert isinstance(ended.value.code, int)
        return subprocess.CompletedProcess(command, ended.value.code, *capfdbinary.readouterr())

    return run
