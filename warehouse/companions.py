"""The files beside a warehouse: run folders, report, Data Docs, the user's sources, aliases and checks."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

SEEDS = Path(str(files("seeds").joinpath("")))


@dataclass(frozen=True, slots=True)
class Companions:
    """The paths of the files and folders that belong to the warehouse `path`."""

    path: Path

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def runs(self) -> Path:
        """The folder of run folders and of the last two published files."""
        return self.path.with_name(f"{self.path.name}.runs")

    @property
    def report(self) -> Path:
        return self.path.with_suffix(".report.html")

    @property
    def search_index(self) -> Path:
        """The full-text index of `revue search`; made again when it is missing."""
        return self.path.with_name(f"{self.path.name}.search")

    @property
    def docs(self) -> Path:
        """The folder of Great Expectations' Data Docs."""
        return self.path.with_suffix(".docs")

    @property
    def checks(self) -> Path:
        """The folder of the user's own checks."""
        return self.path.with_suffix(".checks")

    def unread_checks(self) -> list[Path]:
        """The folders of checks beside the warehouse that have the name of no warehouse there: nothing reads them."""
        folders = sorted(path for path in self.folder.glob("*.checks") if path.is_dir() and path != self.checks)
        return [path for path in folders if not any(path.with_suffix(end).exists() for end in (".duckdb", ".db"))]

    @property
    def sources(self) -> Path:
        return self.folder / "sources.csv"

    @property
    def aliases(self) -> Path:
        return self.folder / "aliases.csv"

    def list_all(self) -> tuple[Path, ...]:
        """The paths of the warehouse and of all that may stand beside it."""
        log, lock = (self.path.with_name(f"{self.path.name}.{one}") for one in ("wal", "lock"))
        pages = self.path.with_suffix(".report")
        return self.path, log, lock, self.runs, self.report, pages, self.docs, self.checks, self.sources, self.aliases

    def published(self) -> Path | None:
        """The published file; null when there is none."""
        return self.path if self.path.is_file() else None

    def copy_seeds(self) -> None:
        """Copy `sources.csv` and `aliases.csv` beside the warehouse unless they are there; the user edits these copies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for target in (self.sources, self.aliases):
            if not target.exists():
                shutil.copyfile(SEEDS / target.name, target)
