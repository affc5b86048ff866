"""The interpreters that the suite is run on: those that run, not those whose name is on the search path."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.interpreters.suite import find_interpreter

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_a_shim_that_runs_no_interpreter_is_passed_over(tmp_path: Path) -> None:
    shim, real = tmp_path / "shims" / f"python{VERSION}", tmp_path / "bin" / f"python{VERSION}"
    for program in (shim, real):
        program.parent.mkdir()
    shim.write_text("#!/bin/sh\necho not installed >&2\nexit 127\n")
    shim.chmod(0o755)
    real.symlink_to(sys.executable)
    assert find_interpreter(VERSION, {"PATH": str(shim.parent)}) is None
    assert find_interpreter(VERSION, {"PATH": f"{shim.parent}:{real.parent}"}) == real
    assert find_interpreter("3.99", {"PATH": str(real.parent)}) is None
