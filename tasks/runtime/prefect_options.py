"""Options of all Prefect tasks.

Tasks carry no tags: for each set of tags Prefect opens a client to ask for concurrency limits, which takes two seconds;
the flow run is tagged instead. Results are not persisted and not cached: shard files are revue's own.
"""

from __future__ import annotations

from typing import Any

from prefect.cache_policies import NO_CACHE

from warehouse.errors import RevueError

OPTIONS: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False, "log_prints": False}


def is_worth_retrying(task: Any, task_run: Any, state: Any) -> bool:
    """Whether a failure may pass by itself; one that revue describes, such as a missing input, does not."""
    return not isinstance(state.result(raise_on_failure=False), RevueError)


# Only where the outside world is touched: inputs may lie on a network share.
RETRIES: dict[str, Any] = {"retries": 2, "retry_delay_seconds": 2, "retry_condition_fn": is_worth_retrying}
