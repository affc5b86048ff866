"""A page in headless Chromium, driven through its debugging protocol."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.request import urlopen

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


class NavigatedError(AssertionError):
    """The page was left while it was asked."""


class Chromium:
    """A browser with one page. `messages` are what its console, its log and its errors said, `requests` what it loaded."""

    def __init__(self) -> None:
        from websockets.sync.client import connect

        assert BROWSER
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             f"--user-data-dir={self.folder.name}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        port_file = Path(self.folder.name) / "DevToolsActivePort"
        for _ in range(1200):
            if port_file.is_file() and "\n" in port_file.read_text():
                break
            time.sleep(0.1)
        port = port_file.read_text().splitlines()[0]
        with urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            address = next(target["webSocketDebuggerUrl"] for target in json.load(answer) if target["type"] == "page")
        self.socket = connect(address, max_size=None, compression=None)
        self.number = 0
        self.messages: list[str] = []
        self.requests: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    def send(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol; returns its result. Raises `NavigatedError` when the page is left meanwhile."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv(timeout=120))
            if answer.get("id") == self.number:
                if "navigated" in str(answer.get("error")):
                    raise NavigatedError(answer)
                assert "error" not in answer, answer
                return answer["result"]
            self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        parameters = event.get("params", {})
        if event["method"] in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            self.messages.append(json.dumps(parameters)[:500])
        if event["method"] == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression, awaited."""
        answer = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript expression is true, on this page or on the one that it leads to."""
        for _ in range(300):
            with suppress(NavigatedError):
                if self.run(f"Boolean({condition})"):
                    return
            time.sleep(0.1)
        raise AssertionError(f"never true: {condition}")

    def open(
        self, path: Path, *, fragment: str = "", width: int = 1300, height: int = 900, charts: bool = True
    ) -> None:
        """Load a file and wait for it, and for its charts."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.send("Page.navigate", url="about:blank")
        self.wait("location.href === 'about:blank'")
        self.send("Page.navigate", url=path.resolve().as_uri() + fragment)
        self.wait("location.protocol === 'file:' && document.readyState === 'complete'")
        if charts:
            self.wait("document.querySelectorAll('.chart svg').length === document.querySelectorAll('.chart').length")

    def screenshot(self, path: Path) -> None:
        """Write what is in the window as PNG."""
        from base64 import b64decode

        path.write_bytes(b64decode(self.send("Page.captureScreenshot")["data"]))
