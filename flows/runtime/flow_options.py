"""Options of the flows that make a run."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import ThreadPoolTaskRunner

# Each task run occupies a thread, and as many run at once as there are workers; a thread is made only when it is needed.
_TASK_THREADS = 256

FLOW_OPTIONS: dict[str, Any] = {
    "task_runner": ThreadPoolTaskRunner(max_workers=_TASK_THREADS),
    "persist_result": False,  # what a run makes is in its folder
}
