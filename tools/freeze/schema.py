"""Freeze a small warehouse of the present schema version, for the test that later versions can upgrade it.

Run `python -m tools.freeze.schema` after SCHEMA_VERSION was raised and its step written in `warehouse/sql/upgrades/`: it
publishes a few sample pages with the `revue` command and writes `tests/schemas/VERSION.gz`. A file that exists is never
written again, because users have warehouses of that schema.
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
    """Write the file and return the exit status: 1 when this version is frozen already."""
    target = ROOT / "tests" / "schemas" / f"{SCHEMA_VERSION}.gz"
    if target.exists():
        print(f"{target.name} is frozen already. Raise SCHEMA_VERSION first.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for pattern in PAGES:
            for page in (ROOT / "seeds" / "articles").glob(pattern):
                shutil.copy(page, folder / "in" / page.name)
        shutil.copy(folder / "in" / "01_crue-ardive-premier-bilan.txt", folder / "in" / "06_copy.txt")
        command = [str(Path(sys.executable).with_name("revue")), "run", "in", "--quiet"]
        subprocess.run(command, cwd=folder, check=True)
        target.write_bytes(gzip.compress((folder / "revue.duckdb").read_bytes(), compresslevel=9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
