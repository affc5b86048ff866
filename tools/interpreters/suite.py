"""The test suite on every interpreter from 3.11 on that this machine has; those it does not have are named.

Run `python -m tools.interpreters.suite`, or `make test-interpreters`. Each interpreter gets an environment of its own, `.venv-3.11` and so on,
installed from the lock. The exit status is 1 when a suite failed or no interpreter was found.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13")  # those of requires-python


def main() -> int:
    """Run the suites and return the exit status."""
    found = {version: shutil.which(f"python{version}") for version in VERSIONS}
    outcomes: dict[str, str] = {}
    for version, python in found.items():
        if python is None:
            outcomes[version] = "not found, not run"
        else:
            outcomes[version] = "passed" if run_suite(python, ROOT / f".venv-{version}") else "FAILED"
    print(*(f"Python {version}: {outcome}" for version, outcome in outcomes.items()), sep="\n")
    return int("FAILED" in outcomes.values() or "passed" not in outcomes.values())


def run_suite(python: str, environment: Path) -> bool:
    """Whether the suite passes in an environment of this interpreter, which is made first when it is not there."""
    own = environment / "bin" / "python"
    pip = [str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    steps = [
        [python, "-m", "venv", str(environment)],
        [*pip, "--require-hashes", "-r", "requirements.lock"],
        [*pip, "--no-build-isolation", "-e", "."],
        [str(own), "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-m", "not slow"],
    ]
    return all(subprocess.run(step, cwd=ROOT).returncode == 0 for step in steps)


if __name__ == "__main__":
    sys.exit(main())
