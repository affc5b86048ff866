"""`revue doctor`: what is wrong with this set-up."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from flows.cli.options import Debug, Json, Model, Warehouse, find_settings


def doctor(*, warehouse: Warehouse = None, model: Model = None, as_json: Json = False, debug: Debug = False) -> int:
    """Examine this set-up: versions, model, Prefect server, warehouse and who has it open, disk, packages of other projects.

    Exits 2 when something is wrong that would stop a run.

    Example: `revue doctor --warehouse revue.duckdb`
    """
    from flows.cli.terminal.escapes import escape_text
    from flows.cli.terminal.tables import open_console
    from flows.runtime.doctor import examine

    findings = examine(find_settings(warehouse=warehouse, model=model), os.environ, Path.cwd())
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        console = open_console()
        width = max(len(finding.subject) for finding in findings)
        styles = {"ok": "green", "note": "yellow", "wrong": "bold red"}
        for finding in findings:
            state = f"[{styles[finding.state]}]{finding.state:<5}[/]"
            console.print(f"{state}  {finding.subject:<{width}}  {escape_text(finding.sentence)}", soft_wrap=True)
    return 2 if any(finding.state == "wrong" for finding in findings) else 0
