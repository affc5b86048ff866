"""The test suite on every interpreter from 3.11 on that this machine has; those it does not have are named.

Run `python -m tools.interpreters.suite`, or `make test-interpreters`; arguments are given to pytest, such as the files to run. Each interpreter gets an environment of its own, `.venv-3.11` and so on,
installed from the lock. The exit status is 1 when a suite failed or no interpreter was found.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13")  # those of requires-python


def main(arguments: Sequence[str] = ()) -> int:
    """Run the suites and return the exit status."""
    found = {version: find_interpreter(version, os.environ) for version in VERSIONS}
    outcomes: dict[str, str] = {}
    for version, python in found.items():
        if python is None:
            outcomes[version] = "not found, not run"
        else:
            outcomes[version] = "passed" if run_suite(python, ROOT / f".venv-{version}", arguments) else "FAILED"
    print(*(f"Python {version}: {outcome}" for version, outcome in outcomes.items()), sep="\n")
    return int("FAILED" in outcomes.values() or "passed" not in outcomes.values())


def find_interpreter(version: str, environment: Mapping[str, str]) -> Path | None:
    """The first program on the search path that is an interpreter of this version; a shim of pyenv may be none."""
    for folder in environment.get("PATH", "").split(os.pathsep):
        program = Path(folder) / f"python{version}"
        if program.is_file() and os.access(program, os.X_OK):
            done = subprocess.run([program, "--version"], capture_output=True, text=True)
            if done.returncode == 0 and done.stdout.startswith(f"Python {version}."):
                return program
    return None


def run_suite(python: Path, environment: Path, arguments: Sequence[str] = ()) -> bool:
    """Whether the suite passes in an environment of this interpreter, which is made first when it is not there."""
    own = environment / "bin" / "python"
    pip = [str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    steps = [
        [str(python), "-m", "venv", str(environment)],
        [*pip, "--require-hashes", "-r", "requirements.lock"],
        [*pip, "--no-build-isolation", "-e", "."],
        [str(own), "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-m", "not slow", *arguments],
    ]
    return all(subprocess.run(step, cwd=ROOT).returncode == 0 for step in steps)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
