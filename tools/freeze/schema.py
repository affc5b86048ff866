"""Freeze a small warehouse of the present schema version, for the test that later versions can take it over.

`python -m tools.freeze.schema` after the next step was written in `warehouse/sql/upgrades/`: publishes a few sample pages with the command and writes `tests/schemas/VERSION.gz`. What is there is never written again:
it is what people have.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from warehouse.store import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]
PAGES = ("01_*", "02_*", "03_*", "05_*", "15_*")


def main() -> int:
    """Write the file; returns the exit status: 1 when this version is frozen already."""
    target = ROOT / "tests" / "schemas" / f"{SCHEMA_VERSION}.gz"
    if target.exists():
        print(f"{target.name} is frozen. Write the next step in warehouse/sql/upgrades/ first.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for pattern in PAGES:
            for page in (ROOT / "seeds" / "articles").glob(pattern):
                shutil.copy(page, folder / "in" / page.name)
        shutil.copy(folder / "in" / "01_crue-ardive-premier-bilan.txt", folder / "in" / "06_copy.txt")
        command = [Path(sys.executable).with_name("revue"), "run", "in", "--quiet"]
        subprocess.run(command, cwd=folder, check=True)
        target.write_bytes(gzip.compress((folder / "revue.duckdb").read_bytes(), compresslevel=9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
