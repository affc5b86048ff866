"""Runs that were killed stay «Running» in Prefect for ever, unless somebody says otherwise: the next run does."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from tasks.history import list_killed, record_history


def mark_killed_runs(runs: Path) -> None:
    """Mark earlier runs whose process was killed as crashed, in Prefect and in their folders."""
    for folder, run in list_killed(runs):
        if run.flow_run_id:
            try:
                with get_client(sync_client=True) as client:
                    state = Crashed(message="The process of this run was killed. A later run continues its work.")  # type: ignore[var-annotated]
                    client.set_flow_run_state(UUID(run.flow_run_id), state, force=True)
            except ObjectNotFound:
                pass  # that run was told to another server
        record_history(folder, run)
