"""The flow run in Prefect and the run folder on disk: how a run begins, is locked, and ends."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from prefect import runtime
from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.runtime.interruption import end_at_signals, enter_run, leave_run
from tasks.runtime.history import list_killed, record_history
from tasks.runtime.run_folder import RunFolder, list_killed_at_the_ends, name_run
from tasks.runtime.run_plan import RunPlan
from warehouse.companions import Companions
from warehouse.rows import Run

# Inputs, and characters of them, in the name of a flow run.
_MOST_NAMES = 3
_MOST_CHARACTERS = 80


def begin_run(companions: Companions, inputs: Sequence[str], verb: str = "ingest") -> tuple[Run, RunFolder]:
    """A new run over `inputs` in the current flow run, and its folder; `verb` begins its name in Prefect."""
    started_at = datetime.now(UTC)
    _prepare_flow_run(companions)
    folder = RunFolder.create(companions.runs, name_run(started_at))
    plan = RunPlan(folder.run_id, started_at, tuple(inputs), verb=verb)
    _name_flow_run(verb, plan, companions)
    return plan.make_run("running", flow_run_id=runtime.flow_run.id), folder


def resume_run(companions: Companions, plan: RunPlan) -> Run:
    """An earlier run, under its own id, in the current flow run."""
    _prepare_flow_run(companions)
    _name_flow_run("publish", plan, companions)
    return plan.make_run("running", flow_run_id=runtime.flow_run.id)


@contextmanager
def run_lock(run: Run, folder: RunFolder) -> Iterator[None]:
    """Lock the run folder, and record the run as failed when it ends with an exception.

    The run of a deployment also ends at once at a signal, such as that of a cancellation; a command has seen to that.

    A run that was refused has recorded its history already; that record stays.
    """
    enter_run(run, folder)
    with end_at_signals() if runtime.deployment.id else nullcontext(), folder.hold(run.flow_run_id):
        try:
            yield
        except BaseException:
            if not folder.history.is_dir():
                record_history(folder, replace(run, state="failed", finished_at=datetime.now(UTC)))
            raise
        finally:
            leave_run()
            folder.release()


def mark_killed_runs(runs: Path) -> None:
    """Mark earlier runs whose process was killed as crashed, in Prefect and in their folders.

    Prefect would show them as running for ever, because their process can no longer report their end.
    """
    for folder, run in list_killed(runs):
        _mark_crashed(run.flow_run_id)
        record_history(folder, run)
    for folder in list_killed_at_the_ends(runs):
        _mark_crashed(folder.read_holder())
        if folder.is_published:
            folder.release()
        else:
            shutil.rmtree(folder.path)


def _mark_crashed(flow_run_id: str | None) -> None:
    """Set a flow run to Crashed, unless it has ended in another state."""
    if flow_run_id:
        try:
            with get_client(sync_client=True) as client:
                known = client.read_flow_run(UUID(flow_run_id)).state
                if known is not None and known.is_final():
                    return
                state = Crashed(message="The process of this run was killed. A later run continues its work.")  # type: ignore[var-annotated]
                client.set_flow_run_state(UUID(flow_run_id), state, force=True)
        except ObjectNotFound:
            pass  # that run was registered with another server


def _prepare_flow_run(companions: Companions) -> None:
    mark_killed_runs(companions.runs)
    _tag_flow_run(["revue", companions.path.stem])


def _name_flow_run(verb: str, plan: RunPlan, companions: Companions) -> None:
    """Name the current flow run after its inputs, its warehouse and its id; does nothing outside a flow run."""
    if flow_run_id := runtime.flow_run.id:
        names = [Path(name).name or name for name in plan.inputs]
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        inputs = textwrap.shorten(", ".join(names[:_MOST_NAMES]), _MOST_CHARACTERS, placeholder=" …")
        what = companions.path.name if verb == "refresh" else f"{inputs}{more} into {companions.path.name}"
        name = f"{verb} {what}, {plan.run_id}"
        with get_client(sync_client=True) as client:
            client.update_flow_run(UUID(flow_run_id), name=name)


def _tag_flow_run(tags: Sequence[str]) -> None:
    """Tag the current flow run, so that the UI can be filtered by it; does nothing outside a flow run."""
    if flow_run_id := runtime.flow_run.id:
        with get_client(sync_client=True) as client:
            known = client.read_flow_run(UUID(flow_run_id)).tags
            client.update_flow_run(UUID(flow_run_id), tags=sorted({*known, *tags}))
