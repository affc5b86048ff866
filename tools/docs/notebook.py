"""Make the notebooks of `docs/examples/` from the scripts beside them, cell by cell: one source, two forms."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_CELL = re.compile(r"^# %%(?P<markdown> \[markdown\])?\n", re.MULTILINE)


def read_cells(script: str) -> list[tuple[str, str]]:
    """The cells of a `# %%` script: `code` or `markdown`, and the source; Markdown without its comment marks."""
    found = list(_CELL.finditer(script))
    cells = []
    for match, following in zip(found, [*found[1:], None], strict=True):
        source = script[match.end() : following.start() if following else None].strip("\n")
        if match["markdown"]:
            cells.append(("markdown", re.sub(r"^# ?", "", source, flags=re.MULTILINE)))
        else:
            cells.append(("code", source))
    return cells


def write_notebook(script: str) -> str:
    """The notebook of a script, in Jupyter's format 4.5, without outputs."""
    cells: list[dict[str, Any]] = []
    for number, (kind, source) in enumerate(read_cells(script), 1):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
        cell["source"] = source.splitlines(keepends=True)
        cells.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def write_notebooks(folder: Path) -> None:
    """Write the notebook of each script of a folder."""
    for script in sorted(folder.glob("*.py")):
        script.with_suffix(".ipynb").write_text(write_notebook(script.read_text(encoding="utf-8")), encoding="utf-8")
