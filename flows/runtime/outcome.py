"""How a flow run ends in Prefect: Completed, Completed with warnings, Refused or Failed, with a sentence and, if need be, an event."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from prefect import get_run_logger, runtime
from prefect.events import emit_event
from prefect.states import Completed, Failed

from flows.runtime.faults import describe_fault
from tasks.report.wording import describe_counts
from warehouse.errors import GateRefused, RevueError
from warehouse.rows import Run
from warehouse.settings import Settings
from warehouse.suggestions import name_warehouse

R = TypeVar("R")
_TASK_LOG = logging.getLogger("prefect.task_runs")
REFUSED, WITH_WARNINGS = "Refused", "Completed with warnings"


def end_flow(warehouse: str, body: Callable[[list[str]], R]) -> R:
    """Run the body of a flow, which appends sentences to a list of warnings, and return the state the flow run ends in.

    A `RevueError` is logged as its sentence, without a traceback. The state carries what the body returned, or the error:
    Prefect returns or raises it to the caller of the flow, therefore the type.
    """
    warnings: list[str] = []
    path = Settings(warehouse=warehouse).path
    _TASK_LOG.addFilter(_drop_traceback)
    try:
        result = body(warnings)
    except GateRefused as refusal:
        get_run_logger().error("%s", refusal)
        _announce("refused", warehouse, str(refusal), checks=list(refusal.checks), revue_run=refusal.run_id)
        return cast(R, Failed(name=REFUSED, message=str(refusal), data=refusal))
    except RevueError as error:
        error.args = (name_warehouse(str(error), path), *error.args[1:])
        get_run_logger().error("%s", error)
        _announce("failed", warehouse, str(error))
        return cast(R, Failed(message=str(error), data=error))
    except Exception as error:
        fault = describe_fault(error, path)
        if fault is None:
            _announce("failed", warehouse, f"{type(error).__name__}: {error}")
            raise
        refused = RevueError(name_warehouse(fault, path))
        get_run_logger().error("%s", refused)
        _announce("failed", warehouse, str(refused))
        return cast(R, Failed(message=str(refused), data=refused))
    for warning in warnings:
        get_run_logger().warning("%s", warning)
    said = f"{describe_counts(result)}." if isinstance(result, Run) else "No critical check failed."
    if warnings:
        return cast(R, Completed(name=WITH_WARNINGS, message=" ".join([said, *warnings]), data=result))
    return cast(R, Completed(message=said, data=result))


def describe_failing(checks: Sequence[Mapping[str, Any]]) -> list[str]:
    """A warning that names the checks (rows of `checks`) that failed and did not stop the run; none when all passed."""
    names = dict.fromkeys(check["check_name"] for check in checks if not check["success"])
    return [f"Checks that failed: {', '.join(names)}."] if names else []


def _drop_traceback(record: logging.LogRecord) -> bool:
    """Let the log of a task run that raised a `RevueError` show its sentence alone."""
    if record.exc_info and isinstance(record.exc_info[1], RevueError):
        record.exc_info = None
    return True


def _announce(end: str, warehouse: str, sentence: str, **payload: Any) -> None:
    """Emit the event `revue.run.refused` or `revue.run.failed`, on which an automation can act."""
    emit_event(
        f"revue.run.{end}",
        resource={"prefect.resource.id": f"revue.warehouse.{warehouse}", "prefect.resource.name": warehouse},
        payload={"sentence": sentence, "flow_run_id": runtime.flow_run.id, **payload},
    )
