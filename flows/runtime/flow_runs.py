"""What a run says of flow runs to the Prefect API: the tags of its own, and the end of those that were killed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from tasks.runtime.history import list_killed, record_history


def tag_run(flow_run_id: str | None, tags: Sequence[str]) -> None:
    """Tag a flow run, so that the UI can be filtered by it; outside a flow run there is nothing to tag."""
    if flow_run_id:
        with get_client(sync_client=True) as client:
            known = client.read_flow_run(UUID(flow_run_id)).tags
            client.update_flow_run(UUID(flow_run_id), tags=sorted({*known, *tags}))


def mark_killed_runs(runs: Path) -> None:
    """Mark earlier runs whose process was killed as crashed, in Prefect and in their folders.

    Prefect would show them as running for ever: nobody is left to say otherwise.
    """
    for folder, run in list_killed(runs):
        if run.flow_run_id:
            try:
                with get_client(sync_client=True) as client:
                    state = Crashed(message="The process of this run was killed. A later run continues its work.")  # type: ignore[var-annotated]
                    client.set_flow_run_state(UUID(run.flow_run_id), state, force=True)
            except ObjectNotFound:
                pass  # that run was told to another server
        record_history(folder, run)
