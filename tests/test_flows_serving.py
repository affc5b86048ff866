"""`revue serve`: how other commands find its server, what it registers, and that it starts, runs and stops cleanly."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from chromium import BROWSER
from conftest import REVUE
from pages import write_check, write_page

from flows.runtime.served import find_served, note_served
from flows.runtime.server import Server
from flows.runtime.serving import write_deployments
from warehouse.errors import RevueError, UsageError

_PATIENCE_SECONDS = 200


def test_a_served_address_is_found_until_its_process_ends(tmp_path):
    environment = {"PREFECT_HOME": str(tmp_path)}
    assert find_served(environment) == ""
    with note_served(environment, "http://127.0.0.1:4299/api"):
        assert find_served(environment) == "http://127.0.0.1:4299/api"
        assert find_served({"PREFECT_HOME": str(tmp_path / "other")}) == ""
        with pytest.raises(UsageError, match="4299"), note_served(environment, "http://127.0.0.1:4300/api"):
            pass
        assert find_served(environment) == "http://127.0.0.1:4299/api"
    assert find_served(environment) == ""
    (tmp_path / "revue-serve.json").write_text('{"url": "http://127.0.0.1:4299/api"}')  # its process was killed
    assert find_served(environment) == ""


def test_the_users_own_address_goes_before_a_served_one(tmp_path):
    environment = {"PREFECT_HOME": str(tmp_path)}
    with note_served(environment, "http://127.0.0.1:4299/api"):
        served, named = Server(environment), Server({**environment, "PREFECT_API_URL": "http://elsewhere/api"})
        assert (served.url, served.is_own) == ("http://127.0.0.1:4299/api", False)
        assert named.url == "http://elsewhere/api"
    assert Server(environment).is_own


def test_a_server_that_does_not_start_in_time_is_said_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.runtime.server._LONGEST_START_SECONDS", 0.2)
    server = Server({**os.environ, "PREFECT_HOME": str(tmp_path), "PREFECT_API_URL": ""}).start()
    with pytest.raises(RevueError, match=r"did not start within 0 seconds\. Run the same command again"):
        server.wait()
    server.kill()


def test_a_prefect_home_that_cannot_be_made_is_named_before_a_server_starts(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"/file is not a folder\. Name another place with PREFECT_HOME\.$"):
        Server({"PREFECT_HOME": str(tmp_path / "file" / "home")}).start()


def test_deployments_have_names_of_their_own_and_take_inputs_and_warehouse():
    deployments = yaml.safe_load(write_deployments(["articles", "more/*.txt"], "press.duckdb"))["deployments"]
    names = [one["name"] for one in deployments]
    assert len(set(names)) == len(names) and set(names) == {"ingest", "refresh", "check"}
    for one in deployments:
        assert one["description"] and one["work_pool"] == {"name": "revue"}
        parameters = one["parameters"]
        assert parameters["warehouse"] == "press.duckdb"
    assert deployments[names.index("ingest")]["parameters"]["inputs"] == ["articles", "more/*.txt"]
    unchanged = yaml.safe_load(write_deployments([], "press.duckdb"))["deployments"]
    assert unchanged[names.index("ingest")]["parameters"]["inputs"] == ["seeds/articles"]


def test_every_parameter_of_a_deployed_flow_has_a_description():
    from flows.check import check
    from flows.ingest import ingest
    from flows.refresh import refresh

    for flow, expected in (
        (ingest, {"inputs", "warehouse", "settings"}),
        (refresh, {"warehouse", "settings"}),
        (check, {"warehouse"}),
    ):
        properties = flow.parameters.properties
        assert set(properties) == expected
        assert all(one.get("description") for one in properties.values()), properties
    assert list(ingest.parameters.properties) == ["inputs", "warehouse", "settings"]  # as Python callers give them
    assert "warehouse" not in ingest.parameters.definitions["Settings"]["properties"]  # the form shows it once


@dataclass
class Serving:
    """A running `revue serve` in a folder, with a Prefect home of its own."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int
    environment: dict[str, str]

    def ask(self, path: str, body: Any = None) -> Any:
        """An answer of the API, given as JSON. A busy server that answers with an error of its own is asked again."""
        import urllib.error
        import urllib.request

        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{path}", json.dumps(body or {}).encode(), method="POST",
            headers={"Content-Type": "application/json"},
        )  # fmt: skip
        for wait in (*range(1, 6), None):
            try:
                with urllib.request.urlopen(request, timeout=60) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                said = f"{path}: {error.code} {error.read().decode(errors='replace')[:2000]}"
                if error.code < 500 or wait is None:
                    pytest.fail(said)
            except OSError as error:  # the connection was refused, reset, or took too long
                if wait is None:
                    pytest.fail(f"{path}: {error}; revue serve ended with {self.process.poll()}")
            time.sleep(wait)

    def revue(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """A command in the same folder and with the same home."""
        return subprocess.run(
            [REVUE, *arguments], cwd=self.folder, env=self.environment, capture_output=True, timeout=_PATIENCE_SECONDS
        )

    def start_deployment(self, name: str, parameters: Any) -> str:
        """Start a flow run of a deployment; returns its id."""
        [found] = [one for one in self.ask("deployments/filter") if one["name"] == name]
        body = {"parameters": parameters, "idempotency_key": uuid.uuid4().hex}  # asked twice, it is started once
        return str(self.ask(f"deployments/{found['id']}/create_flow_run", body)["id"])

    def wait_for(self, flow_run: str, *states: str) -> dict[str, Any]:
        """Wait until a flow run is in one of the states."""
        for _ in range(_PATIENCE_SECONDS * 2):
            [run] = self.ask("flow_runs/filter", {"flow_runs": {"id": {"any_": [flow_run]}}})
            if run["state"]["name"] in states:
                return dict(run)
            time.sleep(0.5)
        pytest.fail(f"{flow_run} is {run['state']}")

    def page(self, path: str) -> str:
        """What a browser shows at a path of the UI, as HTML."""
        return subprocess.run(
            [
                _chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom",
                f"http://127.0.0.1:{self.port}/{path}",
            ],
            capture_output=True, text=True, timeout=_PATIENCE_SECONDS,
        ).stdout  # fmt: skip


def _chromium() -> str:
    if BROWSER is None:
        pytest.skip("no Chromium: apt-get install chromium")
    return BROWSER


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """`revue serve` on a free port; at the end it is stopped, and no process of it may be left."""
    folder = tmp_path_factory.mktemp("serving")
    write_page(folder / "articles" / "page.txt")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PREFECT_HOME": str(folder / "prefect")}
    environment.pop("PREFECT_API_URL", None)
    process = subprocess.Popen(
        [REVUE, "serve", "articles", "--port", str(port)],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = process.stdout.readline().decode()
    assert f"http://127.0.0.1:{port}" in said, said
    yield Serving(process, folder, port, environment)
    process.send_signal(signal.SIGINT)
    assert process.wait(_PATIENCE_SECONDS) == 0
    assert process.stdout.read().decode() == "Stopped.\n"
    for _ in range(200):
        if not (left := _processes(str(folder / "prefect"))):
            return
        time.sleep(0.05)
    pytest.fail(f"left: {left}")


def _processes(home: str) -> list[str]:
    found = []
    for path in Path("/proc").iterdir():
        try:
            if path.name.isdigit() and home.encode() in (path / "environ").read_bytes():
                found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_serve_runs_its_deployments_and_the_command_uses_its_server(serving: Serving) -> None:
    assert sorted(one["name"] for one in serving.ask("deployments/filter")) == ["check", "ingest", "refresh"]
    ended = serving.wait_for(
        serving.start_deployment("ingest", {}), "Completed", "Completed with warnings", "Failed", "Crashed"
    )
    assert ended["state"]["type"] == "COMPLETED", ended["state"]
    assert ended["name"].startswith("ingest articles into revue.duckdb, ")
    done = serving.revue("run", "articles", "--quiet")
    assert (done.returncode, done.stderr) == (0, b"")
    names = [one["name"] for one in serving.ask("flow_runs/filter")]
    assert len([name for name in names if name.startswith("ingest articles into")]) == 2


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_the_pages_of_a_refused_run_and_of_the_form_say_what_is_needed(serving: Serving) -> None:
    _chromium()
    write_page(serving.folder / "refused" / "page.txt", "Une page refusée")
    check = write_check(serving.folder / "revue.checks", "never", "select doc_id from documents", scope="run")
    run = serving.start_deployment("ingest", {"inputs": ["refused"]})
    ended = serving.wait_for(run, "Completed", "Completed with warnings", "Refused", "Failed", "Crashed")
    check.unlink()
    assert ended["state"]["name"] == "Refused"
    shown = serving.page(f"runs/flow-run/{run}")
    for part in ("Refused", "ingest refused into revue.duckdb"):
        assert part in shown, part
    [deployment] = [one["id"] for one in serving.ask("deployments/filter") if one["name"] == "ingest"]
    form = serving.page(f"deployments/deployment/{deployment}/run")
    for part in ("Files, folders or globs to read", "Worker processes for stripping and extracting"):
        assert part in form, part
    events = serving.ask("events/filter", {"filter": {"event": {"name": ["revue.run.refused"]}}})["events"]
    assert [event["payload"]["checks"] for event in events] == [["never"]]
