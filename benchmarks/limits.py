"""The limits of the benchmarks: floors for quality, ceilings for cost, in `NAME_limits.toml` beside `NAME.py`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def read_limits(benchmark: str) -> dict[str, Any]:
    """Return the limits of a benchmark."""
    path = Path(__file__).with_name(f"{benchmark}_limits.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
