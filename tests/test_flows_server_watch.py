"""A server that dies: a run that uses it ends with a sentence; one that comes back in time goes unnoticed."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.runtime.server_watch import wait_for_silence


class Health(BaseHTTPRequestHandler):
    """Answers as Prefect's health page does, a number of times, and then not for a number of times."""

    answers = iter(())

    def do_GET(self) -> None:
        self.send_response(next(self.answers, 503))
        self.end_headers()

    def log_message(self, *arguments) -> None:
        pass


def watch(statuses: list[int], silence_seconds: float) -> int:
    """How many answers were left when the silence was noticed."""
    Health.answers = iter(statuses)
    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ended: list[bool] = []
        url = f"http://127.0.0.1:{server.server_address[1]}"
        wait_for_silence(
            url, threading.Event(), lambda: ended.append(True), silence_seconds=silence_seconds, interval_seconds=0.01
        )
        server.shutdown()
    assert ended == [True]
    return len(list(Health.answers))


def test_a_run_ends_once_the_server_is_silent_for_long_and_not_at_a_short_silence() -> None:
    assert watch([200, 503, 200, 503, 200], silence_seconds=1) == 0


def test_a_server_that_is_gone_is_silent() -> None:
    ended = threading.Event()
    wait_for_silence("http://127.0.0.1:9", threading.Event(), ended.set, silence_seconds=0.02, interval_seconds=0.01)
    assert ended.is_set()


def test_the_watch_ends_with_the_run() -> None:
    over = threading.Event()
    over.set()
    wait_for_silence("http://127.0.0.1:9", over, lambda: pytest.fail("ended"), silence_seconds=0)
