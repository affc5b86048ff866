"""Known vulnerabilities of what `requirements.lock` pins, by pip-audit; a package that could not be looked up is not checked.

Run `python -m tools.audit.vulnerabilities PIP_AUDIT`, or `make audit`, which installs pip-audit in an environment of its own. The exit status
is 1 when there is a vulnerability and 2 when not every package was checked, such as without network.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Audit the lock file and return the exit status."""
    command = [
        sys.argv[1],
        "-r",
        str(ROOT / "requirements.lock"),
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"Not checked: {(done.stderr.strip() or 'pip-audit said nothing').splitlines()[-1]}", file=sys.stderr)
        return 2
    status, lines = judge(found)
    print(*lines, sep="\n", file=sys.stderr if status else sys.stdout)
    return status


def judge(dependencies: Sequence[Mapping[str, Any]]) -> tuple[int, list[str]]:
    """The exit status, and what to print of the dependencies that pip-audit lists."""
    vulnerable = [
        f"{one['name']} {one['version']}: {bug['id']}, mended in {', '.join(bug['fix_versions']) or 'no version yet'}"
        for one in dependencies
        for bug in one.get("vulns", ())
    ]
    skipped = [one for one in dependencies if "skip_reason" in one]
    if skipped or not dependencies:
        reason = skipped[0]["skip_reason"] if skipped else "no dependency was listed"
        vulnerable.append(
            f"Not checked: {len(skipped)} of {len(dependencies)} packages, such as: {reason}. Try again with a network."
        )
        return 2, vulnerable
    if vulnerable:
        return 1, vulnerable
    return 0, [f"{len(dependencies)} packages, no known vulnerability."]


if __name__ == "__main__":
    sys.exit(main())
