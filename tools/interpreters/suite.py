"""The test suite on every interpreter from 3.11 on that this machine has; those it does not have are named.

Run `python -m tools.interpreters.suite [PYTEST ARGUMENTS]`, or `make test-interpreters`. Each interpreter gets an environment of its own, `.venv-3.11`
and so on, installed from the lock. The exit status is 1 when a suite failed or no interpreter was found.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13")  # those of requires-python


def main(arguments: Sequence[str] = ()) -> int:
    """Run the suites, each with these arguments of pytest, and return the exit status."""
    outcomes: dict[str, str] = {}
    for version in VERSIONS:
        python = find_interpreter(version)
        if python is None:
            outcomes[version] = "not found, not run"
        else:
            outcomes[version] = "passed" if run_suite(python, ROOT / f".venv-{version}", arguments) else "FAILED"
    print(*(f"Python {version}: {outcome}" for version, outcome in outcomes.items()), sep="\n")
    return int("FAILED" in outcomes.values() or "passed" not in outcomes.values())


def find_interpreter(version: str) -> str | None:
    """Return the path of an interpreter of this version ("3.12") that starts, or None.

    Looks in `PATH`, then in the folder of pyenv. An entry of `PATH` may be a shim of pyenv, which exists for every version
    that is installed and starts only the selected one: a file that does not start, or starts another version, is passed over.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    on_path = [Path(folder, f"python{version}") for folder in os.get_exec_path()]
    candidates = [*on_path, *sorted(pyenv.glob(f"versions/{version}*/bin/python{version}"))]
    return next((str(one) for one in candidates if one.is_file() and _read_version(str(one)) == version), None)


def _read_version(python: str) -> str | None:
    """Return the version that an interpreter says it has ("3.12"), None when it does not start."""
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        ran = subprocess.run([python, "-c", program], capture_output=True, text=True)
    except OSError:
        return None
    return ran.stdout.strip() if ran.returncode == 0 else None


def run_suite(python: str, environment: Path, arguments: Sequence[str]) -> bool:
    """Whether the suite passes in an environment of this interpreter, which is made first when it is not there."""
    own = environment / "bin" / "python"
    pip = [str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    steps = [
        [python, "-m", "venv", str(environment)],
        [*pip, "--require-hashes", "-r", "requirements.lock"],
        [*pip, "--no-build-isolation", "-e", "."],
        [str(own), "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-m", "not slow", *arguments],
    ]
    return all(subprocess.run(step, cwd=ROOT).returncode == 0 for step in steps)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
