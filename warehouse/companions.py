"""The files beside a warehouse: run folders, report, Data Docs, the user's sources, aliases and checks."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

SEEDS = Path(str(files("seeds").joinpath("")))


@dataclass(frozen=True, slots=True)
class Companions:
    """Where everything that belongs to the warehouse `path` lies."""

    path: Path

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def runs(self) -> Path:
        """Run folders, and the last two files published."""
        return self.path.with_name(f"{self.path.name}.runs")

    @property
    def report(self) -> Path:
        return self.path.with_suffix(".report.html")

    @property
    def docs(self) -> Path:
        """Great Expectations' Data Docs."""
        return self.path.with_suffix(".docs")

    @property
    def checks(self) -> Path:
        """The user's own checks."""
        return self.path.with_suffix(".checks")

    @property
    def sources(self) -> Path:
        return self.folder / "sources.csv"

    @property
    def aliases(self) -> Path:
        return self.folder / "aliases.csv"

    def published(self) -> Path | None:
        """The published file, if there is one."""
        return self.path if self.path.is_file() else None

    def copy_seeds(self) -> None:
        """Put `sources.csv` and `aliases.csv` beside the warehouse on first use; from then on they are the user's."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for target in (self.sources, self.aliases):
            if not target.exists():
                shutil.copyfile(SEEDS / target.name, target)
