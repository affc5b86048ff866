"""The plan of a run: what it was given and when it started, written before any input is read."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from warehouse.rows import Run


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What is known of a run once its inputs are listed.

    `count_passed_over` is the number of files in the folders given that are no inputs: hidden, or of an unknown type. `verb`
    is the flow: ingest, retry or refresh.
    """

    run_id: str
    started_at: datetime
    inputs: tuple[str, ...]
    flow_run_id: str | None = None
    recipe: str = ""
    count_passed_over: int = 0
    verb: str = "ingest"

    def make_run(self, state: str, *, flow_run_id: str | None) -> Run:
        """The row of `runs`, before anything is counted."""
        return Run(self.run_id, self.started_at, None, state, self.inputs, flow_run_id)

    @property
    def command(self) -> str:
        """The command that continues the run."""
        return "revue refresh" if self.verb == "refresh" else f"revue run {shlex.join(self.inputs) or 'INPUT...'}"

    def write(self, file: Path) -> None:
        """Write the plan as JSON."""
        file.write_text(json.dumps(asdict(self), indent=1, default=str), encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> RunPlan | None:
        """The plan in a file, also one of an earlier version of revue; None when there is none that can be read."""
        try:
            values = json.loads(file.read_text(encoding="utf-8"))
            started_at = datetime.fromisoformat(values["started_at"])
        except (FileNotFoundError, ValueError, KeyError):
            return None
        return cls(
            file.parent.name,
            started_at,
            tuple(values.get("inputs", ())),
            values.get("flow_run_id"),
            values.get("recipe", ""),
            values.get("count_passed_over", 0),
            values.get("verb", "ingest"),
        )
